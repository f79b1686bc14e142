package examples.redis

/** What one client listens to. */
internal class Subscriptions(
    private val client: Client,
    all: Channels,
) {
    /** The channels: of `SUBSCRIBE` and `UNSUBSCRIBE`. */
    val channels = Names(all.byName, "")

    /** The patterns: of `PSUBSCRIBE` and `PUNSUBSCRIBE`. */
    val patterns = Names(all.byPattern, "p")

    private fun changed() = client.session.subscriptions(channels.size, patterns.size)

    /** The client listens to nothing any more. */
    fun clear() {
        channels.clear()
        patterns.clear()
        changed()
    }

    /** Names of one kind. */
    inner class Names(
        private val all: Listeners,
        private val initial: String,
    ) {
        private val own = LinkedHashSet<Key>()
        val size get() = own.size

        /** Adds those that a request names. */
        fun add(request: Request, replies: Replies) {
            for (name in named(request)) {
                if (own.add(name)) {
                    all.join(client, name)
                    changed()
                }
                replies.tell("subscribe", name)
            }
        }

        /** Removes those that a request names, or all if it names none. */
        fun remove(request: Request, replies: Replies) {
            val wanted = named(request).ifEmpty { own.toList() }
            for (name in wanted) {
                if (own.remove(name)) {
                    all.leave(client, name)
                    changed()
                }
                replies.tell("unsubscribe", name)
            }
            if (wanted.isEmpty()) {
                replies.tell("unsubscribe", null)
            }
        }

        private fun named(request: Request) = (1..<request.count()).map { Key(request.copy(it)) }

        private fun Replies.tell(change: String, name: Key?) {
            push(3)
            bulk(initial + change)
            bulkOrNil(name?.bytes())
            integer((channels.size + patterns.size).toLong())
        }

        fun clear() {
            own.forEach { all.leave(client, it) }
            own.clear()
        }
    }
}
