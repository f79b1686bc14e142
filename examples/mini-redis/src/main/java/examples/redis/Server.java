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

/** What is to be known of the whole: its clients and its figures. For the loop's thread. */
public final class Server {

    /** The version of Redis whose replies these are. */
    static final String REDIS_VERSION = "7.0.15";

    private final Store store;
    private final long startedAt;
    private final Set<Session> sessions = new LinkedHashSet<>();
    private long connections;
    private long commands;
    private int port;

    /** A server without clients. */
    public Server(Store store) {
        this.store = store;
        this.startedAt = store.now();
    }

    /** What is stored. */
    public Store store() {
        return store;
    }

    /** The port that {@code INFO} tells. */
    public void port(int number) {
        port = number;
    }

    /** A client has come. */
    public Session open(String address, String localAddress) {
        var session = new Session(++connections, address, localAddress, store.now());
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
                "uptime_in_seconds:" + (store.now() - startedAt) / 1000);
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
                "expired_keys:" + store.expiredCount());
    }

    private List<String> keyspaceLines() {
        if (store.size() == 0) {
            return List.of();
        }
        return List.of("db0:keys=" + store.size() + ",expires=" + store.expiringSize() + ",avg_ttl=0");
    }

    private static long usedMemory() {
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
