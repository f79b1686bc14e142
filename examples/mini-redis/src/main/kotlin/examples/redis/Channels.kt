package examples.redis

import java.io.ByteArrayOutputStream

/** Who listens in which channel. */
internal class Channels(private val asides: Replies) {
    private val listeners = HashMap<Key, LinkedHashSet<Client>>()

    fun join(client: Client, channel: Key) {
        listeners.getOrPut(channel, ::LinkedHashSet).add(client)
    }

    fun leave(client: Client, channel: Key) {
        val left = listeners.getValue(channel)
        left.remove(client)
        if (left.isEmpty()) {
            listeners.remove(channel)
        }
    }

    /** Sends a message to all who listen, and tells to how many. */
    fun publish(channel: Key, message: ByteArray): Int {
        val audience = listeners[channel] ?: return 0
        // Made once for each protocol, however many listen.
        val encoded = arrayOfNulls<ByteArray>(4)
        for (client in audience) {
            val protocol = client.session.protocol()
            client.hear(encoded[protocol] ?: encode(protocol, channel, message).also { encoded[protocol] = it })
        }
        return audience.size
    }

    private fun encode(protocol: Int, channel: Key, message: ByteArray): ByteArray {
        val bytes = ByteArrayOutputStream()
        with(asides) {
            begin({ bytes.write(it.array(), it.position(), it.remaining()) }, protocol)
            push(3)
            bulk("message")
            bulk(channel.bytes())
            bulk(message)
            flush()
        }
        return bytes.toByteArray()
    }
}
