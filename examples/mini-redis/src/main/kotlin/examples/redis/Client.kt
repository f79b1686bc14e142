package examples.redis

import examples.redis.ListWaiter.State
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
    private val valueWait = ValueWait(service, session, reader, writer, parser, this)

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
                Turn.BLOCKED ->
                    when (valueWait.wait()) {
                        State.GONE -> return
                        State.FLOODING -> return linger()
                        else -> unfinished = true
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
            return service.comesSoon(reader)
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
        // More than that is there if it was sent ahead of an answer.
        val enough = parser.unread() - service.limits.turnBytes
        do {
            val over = finish(service.engine.execute(parser.request()))
            if (over != null) {
                return over
            }
            if (replies.size() > service.limits.replyBytes || parser.unread() < enough) {
                return Turn.PAUSED
            }
        } while (parser.next())
        return Turn.NEEDS_MORE
    }

    /** Does what a command leaves to do for the connection; null if the turn goes on. */
    private fun finish(outcome: Outcome): Turn? {
        val request = parser.request()
        when (outcome) {
            DONE -> {}
            PUSHED -> service.waitersOf(session).pushed(request)
            SUBSCRIBE -> subscriptions.channels.add(request, replies)
            UNSUBSCRIBE -> subscriptions.channels.remove(request, replies)
            PATTERN_SUBSCRIBE -> subscriptions.patterns.add(request, replies)
            PATTERN_UNSUBSCRIBE -> subscriptions.patterns.remove(request, replies)
            PUBSUB -> service.channels.describe(request, replies)
            PUBLISH -> publish(request)
            RESET -> subscriptions.clear()
            BLOCK -> return Turn.BLOCKED
            CLOSE -> return Turn.OVER
        }
        return null
    }

    /** Takes its replies. It may have gone while it was served. */
    override fun write(replies: ByteBuffer) = write(replies, service.limits.unsentBytes)

    private fun write(bytes: ByteBuffer, mostUnsent: Int) {
        if (!writer.isClosing) {
            writer.write(bytes)
            if (transport.getWriteBufferSize() > mostUnsent) {
                transport.abort()
            }
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
        } else {
            write(ByteBuffer.wrap(message), service.limits.subscriberBytes)
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
