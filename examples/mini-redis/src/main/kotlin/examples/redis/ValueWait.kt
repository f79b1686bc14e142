package examples.redis

import examples.redis.ListWaiter.State
import io.jasyncio.coroutines.*
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
    private val parser: RespParser,
    private val replies: Replies.Sink,
) {
    private val waiters get() = service.waitersOf(session)

    /**
     * Waits until a list has a value, or the time is over, and has the reply written, unless the client has gone. Its further
     * commands wait too.
     */
    suspend fun wait(): State =
        coroutineScope {
            val pop = session.blockingPop()
            val waiter = ListWaiter(pop, ::isThere) { key, value -> reply(key, value) }
            waiters.add(waiter)
            val watcher = launch { readAhead(waiter) }
            try {
                withTimeoutOrNull(timeout(pop)) { waiter.over.await() }
            } finally {
                session.blockingPop(null)
                waiters.end(waiter, State.LEFT_EMPTY_HANDED)
                watcher.cancelAndJoin()
            }
            when (waiter.state) {
                State.LEFT_EMPTY_HANDED -> reply { nilArray() }
                State.FLOODING -> reply { error("ERR Protocol error: too much sent ahead") }
                else -> {}
            }
            waiter.state
        }

    private fun isThere() = !reader.atEof() && !writer.isClosing

    private fun timeout(pop: BlockingPop) =
        when {
            service.draining -> Duration.ZERO // nobody is to begin a wait any more
            pop.timeoutMillis == 0L -> Duration.INFINITE
            else -> pop.timeoutMillis.milliseconds
        }

    /**
     * Who has gone gets no value, so the end must be seen. It comes behind all that was sent, and no system tells of it before
     * that is read. So further commands are kept here, as in Redis: to leave them where they are would hide the end.
     */
    private suspend fun readAhead(waiter: ListWaiter) {
        try {
            do {
                takeAll()
                if (parser.unread() > service.limits.requestBytes) {
                    return waiters.end(waiter, State.FLOODING)
                }
            } while (reader.more())
            waiters.end(waiter, State.GONE)
        } catch (_: IOException) {
            waiters.end(waiter, State.GONE)
        }
    }

    private fun takeAll() {
        val view = reader.view()
        val count = view.remaining()
        while (view.hasRemaining()) {
            parser.feed(view)
        }
        reader.skip(count)
        parser.rest()
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
