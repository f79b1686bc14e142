package examples.redis;

/**
 * How much one client may ask for. Whoever asks for more is told so, and its connection ends; nobody else notices.
 *
 * @param inlineBytes the longest inline command
 * @param arguments the most arguments of one command
 * @param bulkBytes the longest argument
 * @param requestBytes the longest command, with all of its arguments
 * @param turnBytes how many bytes of requests one client may have served before the others get their turn
 * @param replyBytes how many bytes of replies a client may have unsent before its next command has to wait
 * @param subscriberBytes how many bytes of messages a subscriber may have unsent before it is cut off
 */
public record Limits(
        int inlineBytes,
        int arguments,
        int bulkBytes,
        int requestBytes,
        int turnBytes,
        int replyBytes,
        int subscriberBytes) {

    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    /** As in Redis, but for bulks and requests, which are 16 and 64 MiB here and 512 MB and 1 GB there. */
    public static final Limits DEFAULT = new Limits(64 * KIB, MIB, 16 * MIB, 64 * MIB, 64 * KIB, MIB, MIB);
}
