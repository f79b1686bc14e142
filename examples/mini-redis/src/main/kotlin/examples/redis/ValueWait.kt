package examples.redis

import examples.redis.ListWaiter.State.GONE
import examples.redis.ListWaiter.State.LEFT_EMPTY_HANDED
import io.jasyncio.coroutines.*
import io.jasyncio.stream.LimitOverrunException
import io.jasyncio.stream.StreamReader
import io.jasyncio.stream.StreamWriter
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.withTimeoutOrNull
import java.io.IOException
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds

/** The wait of a client whose `BLPOP` has found nothing. */
internal class ValueWait(
    private val service: RedisService,
    private val session: Session,
    private val reader: StreamReader,
    private val writer: StreamWriter,
    private val replies: Replies.Sink,
) {
    /**
     * Waits until a list has a value, or the time is over, and has the reply written; false if the client has gone. Its
     * further commands wait too.
     */
    suspend fun wait(): Boolean =
        coroutineScope {
            val pop = session.blockingPop()
            val waiter = ListWaiter(pop, ::isThere) { key, value -> reply(key, value) }
            service.waiters.add(waiter)
            val watcher = launch { waitForEnd(waiter) }
            try {
                withTimeoutOrNull(timeout(pop)) { waiter.over.await() }
            } finally {
                session.blockingPop(null)
                service.waiters.end(waiter, LEFT_EMPTY_HANDED)
                watcher.cancelAndJoin()
            }
            if (waiter.state == LEFT_EMPTY_HANDED) {
                reply { nilArray() }
            }
            waiter.state != GONE
        }

    private fun isThere() = !reader.atEof() && !writer.isClosing

    private fun timeout(pop: BlockingPop) =
        when {
            service.draining -> Duration.ZERO // nobody is to begin a wait any more
            pop.timeoutMillis == 0L -> Duration.INFINITE
            else -> pop.timeoutMillis.milliseconds
        }

    /** Who has gone gets no value, so the end must be seen though nothing is read. */
    private suspend fun waitForEnd(waiter: ListWaiter) {
        try {
            while (reader.more()) {
                reader.view() // at a further command, which stays where it is
            }
            service.waiters.end(waiter, GONE)
        } catch (_: LimitOverrunException) {
            // So many commands have come that the rest was not even read, and an end behind them cannot be seen.
        } catch (_: IOException) {
            service.waiters.end(waiter, GONE)
        }
    }

    private fun reply(key: Key, value: ByteArray) =
        reply {
            array(2)
            bulk(key.bytes())
            bulk(value)
        }

    /** Writes a reply though it is not this client's turn. */
    private fun reply(write: Replies.() -> Unit) =
        with(service.asides) {
            begin(replies, session.protocol())
            write()
            flush()
        }
}
