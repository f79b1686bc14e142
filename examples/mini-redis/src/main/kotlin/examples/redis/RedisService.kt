package examples.redis

import io.jasyncio.EventLoop
import io.jasyncio.coroutines.*
import io.jasyncio.stream.StreamReader
import io.jasyncio.stream.StreamWriter
import io.jasyncio.transport.ServerOptions
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.withTimeoutOrNull
import kotlinx.coroutines.yield
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.nanoseconds
import kotlin.time.Duration.Companion.seconds

private val OPTIONS = ServerOptions.DEFAULT.withBacklog(1024)
private val SWEEP_EVERY = 100.milliseconds

/** How long those are served on, at the end, who send and send. */
private val LAST_MOMENT = 1.seconds

/** How long it takes until the rest comes of what did not fit into the other side's system. */
private val ON_ITS_WAY = 50.milliseconds

/**
 * A small Redis: its clients, and what they have in common. All of it runs on the loop that made it, so there is no lock.
 *
 * @param limits how much one client may ask for
 * @param patience how long [drain] waits for clients that do not read their answers
 */
class RedisService(
    internal val limits: Limits = Limits.DEFAULT,
    private val patience: Duration = 5.seconds,
) {
    private val loop = EventLoop.current()
    private val startMillis = System.currentTimeMillis()
    private val startNanos = loop.time()

    internal val server = Server(::now)
    internal val replies = Replies()
    internal val engine = Engine(server, replies)

    /** For what a client hears while it is another one's turn. */
    internal val asides = Replies()
    internal val scratch = ByteArray(limits.turnBytes)
    internal val channels = Channels(asides)
    private val waiters = server.stores().map(::ListWaiters)

    private val clients = LinkedHashSet<Client>()
    private var listening: io.jasyncio.stream.Server? = null

    /** Whether it answers what has come, and nothing more. */
    internal var draining = false
        private set

    /** Until when it does that for those who send and send. */
    private var lastMoment = 0L

    /** The time, by the loop's clock: it is never set back, and a test may turn it. */
    private fun now(): Long = startMillis + (loop.time() - startNanos) / 1_000_000

    /**
     * Serves clients until [drain] was called and the last of them has gone.
     *
     * *Cancellation*: cuts the clients off.
     *
     * @param port 0 for any
     * @param onServing is called once clients can come, with the port; they are served meanwhile
     * @throws java.net.BindException if the port is taken
     */
    suspend fun run(host: String, port: Int, onServing: suspend (Int) -> Unit) =
        coroutineScope {
            val sweeper = launch { sweep() }
            val begin: suspend (io.jasyncio.stream.Server) -> Unit = {
                listening = it
                if (draining) {
                    it.close() // that was quick
                } else {
                    server.port(it.port())
                    onServing(it.port())
                }
            }
            serve(host, port, OPTIONS, onServing = begin) { reader, writer -> serve(reader, writer) }
            sweeper.cancel()
        }

    private suspend fun serve(reader: StreamReader, writer: StreamWriter) {
        val client = Client(this, reader, writer)
        clients += client
        try {
            client.serve()
        } finally {
            clients -= client
        }
    }

    /** Who waits for lists of the database in which a client works. */
    internal fun waitersOf(session: Session): ListWaiters = waiters[session.database()]

    /** Frees what has expired and nobody asks for. A million keys that expire at once cost nobody more than a moment. */
    private suspend fun sweep() {
        while (true) {
            delay(SWEEP_EVERY)
            for (store in server.stores()) {
                while (store.sweep()) {
                    yield()
                }
            }
        }
    }

    // ---- The end ---------------------------------------------------------------------------------------------------

    /**
     * Accepts no more clients, answers what has come, ends the waits of those who are blocked, and closes the connections.
     * Who has not read its answer when the patience is over is cut off.
     */
    suspend fun drain() {
        draining = true
        lastMoment = loop.time() + LAST_MOMENT.inWholeNanoseconds
        val server = listening ?: return
        server.close()
        waiters.forEach { it.endAll() }
        everybodysTurn { true }
        clients.toList().forEach { it.closeIfIdle() }
        withTimeoutOrNull(patience) { server.waitClosed() } ?: server.abortClients()
    }

    /** Whether something has come that was sent before the end began. */
    internal suspend fun comesSoon(reader: StreamReader): Boolean {
        everybodysTurn { !reader.view().hasRemaining() }
        val rest = minOf(ON_ITS_WAY, (lastMoment - loop.time()).nanoseconds)
        return reader.view().hasRemaining() || withTimeoutOrNull(rest) { reader.more() } ?: false
    }

    /**
     * Waits until everything was read that had come when this began. There is no other way to find out: the loop reads what
     * the selector has found, from a few channels in a pass, but from one at least. So it is as many passes as there are
     * clients, twice because there may be some left of an earlier finding, and a few to begin and to end with.
     */
    private suspend fun everybodysTurn(further: () -> Boolean) {
        var passes = 2 * clients.size + 4
        while (passes-- > 0 && loop.time() < lastMoment && further()) {
            yield()
        }
    }
}
