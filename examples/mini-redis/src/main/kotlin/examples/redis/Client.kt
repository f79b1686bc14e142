package examples.redis

import examples.redis.Outcome.*
import io.jasyncio.coroutines.*
import io.jasyncio.stream.StreamReader
import io.jasyncio.stream.StreamWriter
import io.jasyncio.transport.ExtraInfo
import kotlinx.coroutines.withTimeoutOrNull
import kotlinx.coroutines.yield
import java.io.IOException
import java.nio.ByteBuffer
import kotlin.time.Duration.Companion.seconds

private const val MOST_DISCARDED_BYTES = 1024 * 1024
private val LINGER = 2.seconds

/**
 * A connection. It takes turns: a turn reads what has come, executes all whole commands in it without a single await, and
 * writes their replies in one piece. So sixteen commands in a packet cost one wake-up and one write.
 */
internal class Client(
    private val service: RedisService,
    private val reader: StreamReader,
    private val writer: StreamWriter,
) : Replies.Sink {
    private val transport = writer.transport()
    private val parser = RespParser(service.limits, service.scratch)
    private val replies get() = service.replies
    val session: Session =
        service.server.open(address(ExtraInfo.PEER_ADDRESS), address(ExtraInfo.LOCAL_ADDRESS))

    private val subscriptions = Subscriptions(this, service.channels)
    private val valueWait = ValueWait(service, session, reader, writer, this)

    private var idle = false
    private var onTurn = false

    private fun address(key: ExtraInfo<out Any>) = writer.getExtraInfo(key).toString().removePrefix("/")

    /** Serves it to its end. */
    suspend fun serve() {
        try {
            takeTurns()
        } catch (_: IOException) {
            // It has gone in the middle of something. Its own business.
        } finally {
            subscriptions.clear()
            service.server.close(session)
        }
    }

    private suspend fun takeTurns() {
        var unfinished = false
        while (!writer.isClosing && (unfinished || hasMore())) {
            when (turn()) {
                Turn.NEEDS_MORE -> unfinished = false
                Turn.PAUSED -> {
                    unfinished = true
                    yield() // others wait for their turns
                }
                Turn.BLOCKED -> {
                    if (!valueWait.wait()) {
                        return
                    }
                    unfinished = true
                }
                Turn.OVER -> return
                Turn.REFUSED -> return linger()
            }
            if (transport.getWriteBufferSize() > 0) {
                writer.drain()
            }
        }
    }

    /** Waits until something has come; false if nothing will. */
    private suspend fun hasMore(): Boolean {
        if (reader.view().hasRemaining()) {
            yield() // it had a whole turn just now, and others wait for theirs
            return true
        }
        if (service.draining) {
            return false
        }
        idle = true
        return try {
            reader.more()
        } finally {
            idle = false
        }
    }

    /** Closes it unless it is in the middle of something, or something has come that it has not seen yet. */
    fun closeIfIdle() {
        if (idle && !reader.view().hasRemaining()) {
            writer.close()
        }
    }

    // ---- A turn ----------------------------------------------------------------------------------------------------

    private enum class Turn { NEEDS_MORE, PAUSED, BLOCKED, REFUSED, OVER }

    private fun turn(): Turn {
        service.engine.begin(session, this)
        onTurn = true
        return try {
            executeAll()
        } catch (refused: RespException) {
            replies.error("ERR Protocol error: ${refused.message}")
            Turn.REFUSED
        } finally {
            onTurn = false
            parser.rest()
            replies.flush()
        }
    }

    private fun executeAll(): Turn {
        if (!parser.next()) {
            val view = reader.view()
            val before = view.remaining()
            parser.feed(view)
            reader.skip(before - view.remaining())
            if (!parser.next()) {
                return Turn.NEEDS_MORE
            }
        }
        do {
            when (service.engine.execute(parser.request())) {
                DONE -> {}
                PUSHED -> service.waiters.pushed(parser.request())
                SUBSCRIBE -> subscriptions.add(parser.request(), replies)
                UNSUBSCRIBE -> subscriptions.remove(parser.request(), replies)
                PUBLISH -> publish(parser.request())
                RESET -> subscriptions.clear()
                BLOCK -> return Turn.BLOCKED
                CLOSE -> return Turn.OVER
            }
            if (replies.size() > service.limits.replyBytes) {
                return Turn.PAUSED
            }
        } while (parser.next())
        return Turn.NEEDS_MORE
    }

    /** Takes its replies. It may have gone while it was served. */
    override fun write(replies: ByteBuffer) {
        if (!writer.isClosing) {
            writer.write(replies)
        }
    }

    // ---- Channels --------------------------------------------------------------------------------------------------

    private fun publish(request: Request) {
        replies.integer(service.channels.publish(Key(request.copy(1)), request.copy(2)).toLong())
    }

    /** Hears a message. One that does not read its messages is cut off. */
    fun hear(message: ByteArray) {
        if (onTurn) {
            replies.raw(message) // what it publishes comes after the replies that it has not got yet
        } else if (!writer.isClosing) {
            writer.write(message)
            if (transport.getWriteBufferSize() > service.limits.subscriberBytes) {
                transport.abort()
            }
        }
    }

    // ---- The end of a client that broke the protocol -----------------------------------------------------------------

    /**
     * Lets it read its error. Were the connection closed while something unread is there, the other side's system would throw
     * the error away with the connection.
     */
    private suspend fun linger() {
        subscriptions.clear() // it must not be written to any more
        writer.writeEof()
        withTimeoutOrNull(LINGER) {
            var discarded = 0
            while (discarded < MOST_DISCARDED_BYTES) {
                val count = reader.view().remaining()
                reader.skip(count)
                discarded += count
                if (!reader.more()) {
                    break
                }
            }
        }
    }
}
