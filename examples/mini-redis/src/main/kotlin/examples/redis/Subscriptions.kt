package examples.redis

/** The channels in which one client listens. */
internal class Subscriptions(
    private val client: Client,
    private val all: Channels,
) {
    private val channels = LinkedHashSet<Key>()

    /** Does a `SUBSCRIBE`. */
    fun add(request: Request, replies: Replies) {
        for (channel in named(request)) {
            if (channels.add(channel)) {
                all.join(client, channel)
                client.session.subscriptions(channels.size)
            }
            replies.tell("subscribe", channel)
        }
    }

    /** Does an `UNSUBSCRIBE`, which is from all channels if it names none. */
    fun remove(request: Request, replies: Replies) {
        val wanted = named(request).ifEmpty { channels.toList() }
        for (channel in wanted) {
            if (channels.remove(channel)) {
                all.leave(client, channel)
                client.session.subscriptions(channels.size)
            }
            replies.tell("unsubscribe", channel)
        }
        if (wanted.isEmpty()) {
            replies.tell("unsubscribe", null)
        }
    }

    private fun named(request: Request) = (1..<request.count()).map { Key(request.copy(it)) }

    private fun Replies.tell(change: String, channel: Key?) {
        push(3)
        bulk(change)
        bulkOrNil(channel?.bytes())
        integer(channels.size.toLong())
    }

    /** The client listens nowhere any more. */
    fun clear() {
        channels.forEach { all.leave(client, it) }
        channels.clear()
        client.session.subscriptions(0)
    }
}
