package examples.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code redis-cli} and {@code redis-benchmark}, as Redis' own makers ship them. */
@Timeout(value = 300, threadMode = SEPARATE_THREAD)
class RedisToolsTest {

    private final RunningRedis redis = new RunningRedis();

    @TempDir
    private Path folder;

    @AfterEach
    void end() {
        redis.close();
    }

    private Programs.Output cli(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(Programs.need("redis-cli"), "-p", "" + redis.getPort()));
        command.addAll(List.of(arguments));
        return Programs.run(command.toArray(String[]::new));
    }

    private Programs.Output cliReading(String input, String... arguments) throws Exception {
        var file = Files.writeString(folder.resolve("input"), input);
        var command = new ArrayList<>(List.of(Programs.need("redis-cli"), "-p", "" + redis.getPort()));
        command.addAll(List.of(arguments));
        return Programs.run(file.toFile(), command.toArray(String[]::new));
    }

    @Test
    void cliRunsACommand() throws Exception {
        assertEquals(new Programs.Output("OK\n", 0), cli("SET", "key", "two words"));
        assertEquals(new Programs.Output("two words\n", 0), cli("GET", "key"));
        assertEquals(new Programs.Output("\n", 0), cli("BLPOP", "list", "0.01"));
        assertEquals(
                List.of("server redis", "version 7.0.15", "proto 3"),
                cli("-3", "HELLO").lines().subList(0, 3));
        assertTrue(cli("INFO").text().contains("redis_version:7.0.15"));
        assertTrue(cli("-3", "CLIENT", "LIST").text().contains("resp=3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-2", "-3"})
    void cliReadsCommandsFromAFile(String protocol) throws Exception {
        var output = cliReading("""
                FLUSHALL
                SET greeting "hello\\nworld" EX 100 NX
                GET greeting
                GET none
                INCR counter
                LPUSH list a b c
                LRANGE list 0 -1
                BLPOP list 1
                EXPIRE counter 10
                TTL greeting
                NONSENSE
                """, protocol, "--no-raw");
        assertEquals(0, output.exitCode());
        assertEquals(
                List.of(
                        "OK",
                        "OK",
                        "\"hello\\nworld\"",
                        "(nil)",
                        "(integer) 1",
                        "(integer) 3",
                        "1) \"c\"",
                        "2) \"b\"",
                        "3) \"a\"",
                        "1) \"list\"",
                        "2) \"c\"",
                        "(integer) 1",
                        "(integer) 100",
                        "(error) ERR unknown command 'NONSENSE', with args beginning with: "),
                output.lines().stream()
                        .map(line -> line.startsWith("(error)") ? line.stripTrailing() + " " : line)
                        .toList());
    }

    @Test
    void cliOpensADatabase() throws Exception {
        assertEquals(new Programs.Output("OK\n", 0), cli("-n", "3", "SET", "key", "value"));
        assertEquals(new Programs.Output("value\n", 0), cli("-n", "3", "GET", "key"));
        assertEquals(new Programs.Output("\n", 0), cli("GET", "key"));
    }

    @Test
    void cliPipesAFile() throws Exception {
        var commands = new StringBuilder();
        for (var i = 0; i < 20_000; i++) {
            commands.append("*3\r\n$3\r\nSET\r\n$8\r\nkey").append(10_000 + i).append("\r\n$1\r\nv\r\n");
        }
        var output = cliReading(commands.toString(), "--pipe");
        assertEquals(0, output.exitCode(), output.text());
        assertTrue(output.text().contains("errors: 0, replies: 20000"), output.text());
        assertEquals("20000\n", cli("DBSIZE").text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-2", "-3"})
    void cliHearsMessages(String protocol) throws Exception {
        var listener = new ProcessBuilder(
                        Programs.need("redis-cli"), "-p", "" + redis.getPort(), protocol, "SUBSCRIBE", "news")
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .start();
        try (var publisher = new Wire(redis)) {
            while (publisher.say("PUBLISH news hello").equals(":0")) {
                Thread.onSpinWait();
            }
            var text = new StringBuilder();
            var lines = listener.inputReader();
            while (!text.toString().contains("hello")) {
                text.append(lines.readLine()).append(' ');
            }
            assertTrue(text.toString().contains("message news hello"), text.toString());
        } finally {
            listener.destroyForcibly();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, -q, 0", "16, -q, 0", "1, -3, 0", "16, -3, 5"})
    void benchmarkRuns(int pipeline, String protocol, int database) throws Exception {
        var output = Programs.run(
                Programs.need("redis-benchmark"),
                "-p",
                "" + redis.getPort(),
                protocol,
                "-q",
                "-t",
                "ping,set,get,incr,lpush,rpop",
                "-c",
                "50",
                "-n",
                "10000",
                "-P",
                "" + pipeline,
                "--dbnum",
                "" + database);
        assertEquals(0, output.exitCode(), output.text());
        assertFalse(output.text().contains("ERR") || output.text().contains("WARN"), output.text());
        var done = output.lines().stream()
                .filter(line -> line.contains("requests per second"))
                .map(line -> line.substring(0, line.indexOf(':')))
                .toList();
        assertEquals(List.of("PING_INLINE", "PING_MBULK", "SET", "GET", "INCR", "LPUSH", "RPOP"), done);
    }
}
