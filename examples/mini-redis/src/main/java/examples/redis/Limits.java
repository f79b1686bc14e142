package examples.redis;

/**
 * How much one client may ask for, and how much it may leave lying about. Nobody else notices what happens to one who wants
 * more: a request is refused with an error that ends the connection, and whoever does not read has to wait or is cut off.
 *
 * @param inlineBytes the longest inline command; a longer one is refused
 * @param arguments the most arguments of one command, with its name; a command with more is refused
 * @param bulkBytes the longest argument; a longer one is refused
 * @param requestBytes the longest command, with all of its arguments, and the most that a client may send ahead while it
 *     waits for a value; what is more is refused
 * @param turnBytes how many bytes of requests one client may have served before the others get their turn
 * @param replyBytes how many bytes of replies a client may have unsent before its next command has to wait
 * @param unsentBytes how many bytes of replies a client may have unsent before it is cut off: one reply can be that long
 * @param subscriberBytes how many bytes of messages a subscriber may have unsent before it is cut off
 */
public record Limits(
        int inlineBytes,
        int arguments,
        int bulkBytes,
        int requestBytes,
        int turnBytes,
        int replyBytes,
        int unsentBytes,
        int subscriberBytes) {

    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    /**
     * For clients that mean no harm these are those of Redis. They are smaller, because a heap is: an argument has 512 MB
     * there, what waits to be executed 1 GB, and a reply has no limit.
     */
    public static final Limits DEFAULT = new Limits(64 * KIB, MIB, 16 * MIB, 64 * MIB, 64 * KIB, MIB, 64 * MIB, MIB);
}
