package examples.redis;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** What is to be known of the whole: its clients and its figures. For the loop's thread. */
public final class Server {

    /** The version of Redis whose replies these are. */
    static final String REDIS_VERSION = "7.0.15";

    /** How many databases there are, as in Redis: {@code SELECT 0} to {@code SELECT 15}. */
    static final int DATABASES = 16;

    private final LongSupplier clock;
    private final List<Store> stores;
    private final long startedAt;
    private final Set<Session> sessions = new LinkedHashSet<>();
    private long connections;
    private long commands;
    private int port;

    /**
     * A server without clients, in which nothing is stored.
     *
     * @param clock milliseconds since 1970 by a clock that is never set back
     */
    public Server(LongSupplier clock) {
        this.clock = clock;
        this.startedAt = clock.getAsLong();
        this.stores = Stream.generate(() -> new Store(clock)).limit(DATABASES).toList();
    }

    /** The databases, by their numbers. */
    public List<Store> stores() {
        return stores;
    }

    /** The time, in milliseconds since 1970. */
    long now() {
        return clock.getAsLong();
    }

    /** The port that {@code INFO} tells. */
    public void port(int number) {
        port = number;
    }

    /** A client has come. */
    public Session open(String address, String localAddress) {
        var session = new Session(++connections, address, localAddress, now());
        sessions.add(session);
        return session;
    }

    /** A client has gone. */
    public void close(Session session) {
        sessions.remove(session);
    }

    /** The clients, in the order in which they came. */
    public Collection<Session> sessions() {
        return sessions;
    }

    void countCommand() {
        commands++;
    }

    void resetStatistics() {
        commands = 0;
    }

    // ---- INFO ------------------------------------------------------------------------------------------------------

    /** The text of {@code INFO}; all sections if none is named. */
    String info(List<String> names) {
        var all = names.isEmpty() || names.stream().anyMatch(List.of("all", "default", "everything")::contains);
        var text = new ArrayList<String>();
        sections().forEach((title, lines) -> {
            if (all || names.contains(title.toLowerCase(Locale.ROOT))) {
                text.add("# " + title + "\r\n"
                        + lines.stream().map(line -> line + "\r\n").collect(joining()));
            }
        });
        return String.join("\r\n", text);
    }

    private Map<String, List<String>> sections() {
        var sections = new LinkedHashMap<String, List<String>>();
        sections.put("Server", serverLines());
        sections.put("Clients", List.of("connected_clients:" + sessions.size(), "blocked_clients:" + blocked()));
        sections.put("Memory", List.of("used_memory:" + usedMemory()));
        sections.put("Stats", statisticLines());
        sections.put("Replication", List.of("role:master", "connected_slaves:0"));
        sections.put("Keyspace", keyspaceLines());
        return sections;
    }

    private List<String> serverLines() {
        return List.of(
                "redis_version:" + REDIS_VERSION,
                "redis_mode:standalone",
                "server_name:jasyncio-mini-redis",
                "java_version:" + System.getProperty("java.version"),
                "process_id:" + ProcessHandle.current().pid(),
                "tcp_port:" + port,
                "uptime_in_seconds:" + (now() - startedAt) / 1000);
    }

    private long blocked() {
        return sessions.stream()
                .filter(session -> session.blockingPop() != null)
                .count();
    }

    private List<String> statisticLines() {
        return List.of(
                "total_connections_received:" + connections,
                "total_commands_processed:" + commands,
                "expired_keys:" + stores.stream().mapToLong(Store::expiredCount).sum());
    }

    private List<String> keyspaceLines() {
        var lines = new ArrayList<String>();
        for (var i = 0; i < DATABASES; i++) {
            var store = stores.get(i);
            if (store.size() > 0) {
                lines.add("db" + i + ":keys=" + store.size() + ",expires=" + store.expiringSize() + ",avg_ttl=0");
            }
        }
        return lines;
    }

    private static long usedMemory() {
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
