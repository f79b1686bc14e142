package examples.redis;

/** What is to be known of a client. For the loop's thread. */
public final class Session {

    private final long id;
    private final String address;
    private final String localAddress;
    private final long connectedAt;
    private long activeAt;
    private String name = "";
    private String lastCommand = "NULL";
    private int protocol = 2;
    private int database;
    private int channels;
    private int patterns;
    private BlockingPop blockingPop;

    /**
     * A new client.
     *
     * @param id no other client has had it
     * @param now the time in milliseconds
     */
    public Session(long id, String address, String localAddress, long now) {
        this.id = id;
        this.address = address;
        this.localAddress = localAddress;
        this.connectedAt = now;
        this.activeAt = now;
    }

    /** The number of this client. */
    public long id() {
        return id;
    }

    /** The name that the client gave itself; empty if it did not. */
    public String name() {
        return name;
    }

    /** Which protocol the client speaks: 2 or 3. */
    public int protocol() {
        return protocol;
    }

    /** Which database the client works in. */
    public int database() {
        return database;
    }

    /** The client listens in so many channels, and with so many patterns. */
    public void subscriptions(int channelCount, int patternCount) {
        channels = channelCount;
        patterns = patternCount;
    }

    private boolean listens() {
        return channels + patterns > 0;
    }

    /** What the client waits for; null if for nothing. */
    public BlockingPop blockingPop() {
        return blockingPop;
    }

    /** The client waits for this; for nothing if null. */
    public void blockingPop(BlockingPop pop) {
        blockingPop = pop;
    }

    /** The protocol up to which a client hears of nothing but its channels once it listens in one. */
    boolean hearsOnlyMessages() {
        return protocol == 2 && listens();
    }

    void active(long now) {
        activeAt = now;
    }

    void lastCommand(String command) {
        lastCommand = command;
    }

    void name(String text) {
        name = text;
    }

    void protocol(int version) {
        protocol = version;
    }

    void database(int number) {
        database = number;
    }

    void reset() {
        name = "";
        protocol = 2;
        database = 0;
    }

    /** The line of {@code CLIENT LIST}. */
    String line(long now) {
        var flags = blockingPop != null ? "b" : listens() ? "P" : "N";
        return "id=" + id + " addr=" + address + " laddr=" + localAddress + " name=" + name + " age="
                + (now - connectedAt) / 1000 + " idle=" + (now - activeAt) / 1000 + " flags=" + flags
                + " db=" + database + " sub=" + channels + " psub=" + patterns + " multi=-1 cmd=" + lastCommand
                + " user=default resp="
                + protocol;
    }
}
