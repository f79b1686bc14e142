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
    private int subscriptions;
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

    /** In how many channels the client listens. */
    public int subscriptions() {
        return subscriptions;
    }

    /** The client listens in so many channels now. */
    public void subscriptions(int count) {
        subscriptions = count;
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
        return protocol == 2 && subscriptions > 0;
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

    void reset() {
        name = "";
        protocol = 2;
    }

    /** The line of {@code CLIENT LIST}. */
    String line(long now) {
        var flags = blockingPop != null ? "b" : subscriptions > 0 ? "P" : "N";
        return "id=" + id + " addr=" + address + " laddr=" + localAddress + " name=" + name + " age="
                + (now - connectedAt) / 1000 + " idle=" + (now - activeAt) / 1000 + " flags=" + flags
                + " db=0 sub=" + subscriptions + " psub=0 multi=-1 cmd=" + lastCommand + " user=default resp="
                + protocol;
    }
}
