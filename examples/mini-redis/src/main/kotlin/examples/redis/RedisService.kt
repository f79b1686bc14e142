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
import kotlin.time.Duration.Companion.seconds

private val OPTIONS = ServerOptions.DEFAULT.withBacklog(1024)
private val SWEEP_EVERY = 100.milliseconds

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

    internal val server = Server(Store(::now))
    internal val replies = Replies()
    internal val engine = Engine(server, replies)

    /** For what a client hears while it is another one's turn. */
    internal val asides = Replies()
    internal val scratch = ByteArray(limits.turnBytes)
    internal val channels = Channels(asides)
    internal val waiters = ListWaiters(server.store())

    private val clients = LinkedHashSet<Client>()
    private var listening: io.jasyncio.stream.Server? = null

    /** Whether it answers what has come, and nothing more. */
    internal var draining = false
        private set

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

    /** Frees what has expired and nobody asks for. */
    private suspend fun sweep() {
        while (true) {
            delay(SWEEP_EVERY)
            server.store().sweep()
        }
    }

    /**
     * Accepts no more clients, answers what has come, ends the waits of those who are blocked, and closes the connections.
     * Who has not read its answer when the patience is over is cut off.
     */
    suspend fun drain() {
        draining = true
        val server = listening ?: return
        server.close()
        waiters.endAll()
        yield() // some of the idle have a request already, and take it in this pass
        clients.toList().forEach { it.closeIfIdle() }
        withTimeoutOrNull(patience) { server.waitClosed() } ?: server.abortClients()
    }
}
