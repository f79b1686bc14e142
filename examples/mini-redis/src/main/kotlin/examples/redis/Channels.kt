package examples.redis

import java.io.ByteArrayOutputStream

/** Names of channels, or patterns, and who listens to each. */
internal class Listeners {
    private val byName = HashMap<Key, LinkedHashSet<Client>>()

    /** To what somebody listens. */
    val names: Set<Key> get() = byName.keys

    fun join(client: Client, name: Key) {
        byName.getOrPut(name, ::LinkedHashSet).add(client)
    }

    fun leave(client: Client, name: Key) {
        val left = byName.getValue(name)
        left.remove(client)
        if (left.isEmpty()) {
            byName.remove(name)
        }
    }

    fun of(name: Key): Set<Client> = byName[name].orEmpty()
}

/** Who listens in which channel, and with which pattern. */
internal class Channels(private val asides: Replies) {
    val byName = Listeners()
    val byPattern = Listeners()

    /** Sends a message to all who listen, and tells to how many; whoever does so in two ways gets and counts two. */
    fun publish(channel: Key, message: ByteArray): Int {
        val name = channel.bytes()
        var reached = tell(byName.of(channel), "message", name, message)
        for (key in byPattern.names) {
            val pattern = key.bytes()
            if (Glob.matches(pattern, name)) {
                reached += tell(byPattern.of(key), "pmessage", pattern, name, message)
            }
        }
        return reached
    }

    private fun tell(audience: Set<Client>, kind: String, vararg parts: ByteArray): Int {
        // Made once for each protocol, however many listen.
        val encoded = arrayOfNulls<ByteArray>(4)
        for (client in audience) {
            val protocol = client.session.protocol()
            client.hear(encoded[protocol] ?: encode(protocol, kind, parts).also { encoded[protocol] = it })
        }
        return audience.size
    }

    private fun encode(protocol: Int, kind: String, parts: Array<out ByteArray>): ByteArray {
        val bytes = ByteArrayOutputStream()
        with(asides) {
            begin({ bytes.write(it.array(), it.position(), it.remaining()) }, protocol)
            push(1 + parts.size)
            bulk(kind)
            parts.forEach(::bulk)
            flush()
        }
        return bytes.toByteArray()
    }

    // ---- PUBSUB ----------------------------------------------------------------------------------------------------

    /** Does a `PUBSUB` that is in order. */
    fun describe(request: Request, replies: Replies) =
        when (ConnectionCommands.subcommand(request)) {
            "numpat" -> replies.integer(byPattern.names.size.toLong())
            "numsub" -> countListeners(request, replies)
            else -> list(if (request.count() == 3) request.copy(2) else null, replies)
        }

    private fun countListeners(request: Request, replies: Replies) {
        replies.array(2 * (request.count() - 2))
        for (i in 2..<request.count()) {
            val name = Key(request.copy(i))
            replies.bulk(name.bytes())
            replies.integer(byName.of(name).size.toLong())
        }
    }

    private fun list(pattern: ByteArray?, replies: Replies) {
        val names = byName.names.map { it.bytes() }.filter { pattern == null || Glob.matches(pattern, it) }
        replies.array(names.size)
        names.forEach(replies::bulk)
    }
}
