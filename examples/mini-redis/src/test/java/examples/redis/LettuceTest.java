package examples.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.SetArgs;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lettuce, a client library for Java that is built on Netty, in both protocols. */
@Timeout(value = 120, threadMode = SEPARATE_THREAD)
class LettuceTest {

    /** What a test does with a client. */
    private interface Talk {
        void with(RedisClient client) throws Exception;
    }

    private static void talk(ProtocolVersion protocol, Talk talk) throws Exception {
        try (var redis = new RunningRedis()) {
            var client = RedisClient.create("redis://127.0.0.1:" + redis.getPort());
            try {
                client.setOptions(
                        ClientOptions.builder().protocolVersion(protocol).build());
                talk.with(client);
            } finally {
                client.shutdown(0, 5, TimeUnit.SECONDS);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ProtocolVersion.class,
            names = {"RESP2", "RESP3"})
    void commands(ProtocolVersion protocol) throws Exception {
        talk(protocol, client -> {
            var redis = client.connect().sync();
            assertEquals("PONG", redis.ping());
            assertEquals("hello", redis.echo("hello"));
            // Strings.
            assertEquals("OK", redis.set("key", "value"));
            assertEquals("value", redis.get("key"));
            assertNull(redis.get("none"));
            assertNull(redis.set("key", "other", SetArgs.Builder.nx().ex(10)));
            assertEquals("OK", redis.set("timed", "value", SetArgs.Builder.nx().ex(10)));
            assertTrue(redis.ttl("timed") > 0);
            assertEquals(1, redis.incr("counter"));
            assertEquals(true, redis.expire("counter", 100));
            assertEquals(3, redis.exists("key", "counter", "key"));
            assertEquals(2, redis.del("key", "counter", "none"));
            // Lists.
            assertEquals(2, redis.lpush("list", "1", "2"));
            assertEquals(List.of("2", "1"), redis.lrange("list", 0, -1));
            assertEquals("1", redis.rpop("list"));
            assertEquals(KeyValue.just("list", "2"), redis.blpop(1, "none", "list"));
            assertNull(redis.blpop(0.01, "none"));
            // The server.
            assertTrue(redis.info("server").contains("redis_version:7.0.15"));
            assertTrue(redis.clientList().contains("id=" + redis.clientId()));
            assertTrue(redis.commandCount() > 40);
            var refused =
                    assertThrows(RedisCommandExecutionException.class, () -> redis.hset("hash", "field", "value"));
            assertTrue(refused.getMessage().startsWith("ERR unknown command 'HSET'"), refused.getMessage());
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = ProtocolVersion.class,
            names = {"RESP2", "RESP3"})
    void pipelineOfThousands(ProtocolVersion protocol) throws Exception {
        talk(protocol, client -> {
            var redis = client.connect().async();
            var answers = new ArrayList<RedisFuture<Long>>();
            for (var i = 0; i < 5000; i++) {
                answers.add(redis.incr("counter"));
            }
            for (var i = 0; i < 5000; i++) {
                assertEquals(i + 1, answers.get(i).get(30, TimeUnit.SECONDS));
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = ProtocolVersion.class,
            names = {"RESP2", "RESP3"})
    void messages(ProtocolVersion protocol) throws Exception {
        talk(protocol, client -> {
            var heard = new LinkedBlockingQueue<String>();
            var listener = client.connectPubSub();
            listener.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, String message) {
                    heard.add(channel + ": " + message);
                }
            });
            listener.sync().subscribe("news", "weather");
            var redis = client.connect().sync();
            assertEquals(1, redis.publish("news", "hello"));
            assertEquals(1, redis.publish("weather", "rain"));
            assertEquals("news: hello", heard.poll(30, TimeUnit.SECONDS));
            assertEquals("weather: rain", heard.poll(30, TimeUnit.SECONDS));
            listener.sync().unsubscribe("news");
            assertEquals(0, redis.publish("news", "again"));
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = ProtocolVersion.class,
            names = {"RESP2", "RESP3"})
    void messagesOfAPattern(ProtocolVersion protocol) throws Exception {
        talk(protocol, client -> {
            var heard = new LinkedBlockingQueue<String>();
            var listener = client.connectPubSub();
            listener.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String pattern, String channel, String message) {
                    heard.add(pattern + ", " + channel + ": " + message);
                }
            });
            listener.sync().psubscribe("news.*");
            var redis = client.connect().sync();
            assertEquals(1, redis.publish("news.de", "hello"));
            assertEquals("news.*, news.de: hello", heard.poll(30, TimeUnit.SECONDS));
            assertEquals(1, redis.pubsubNumpat());
            assertEquals(List.of(), redis.pubsubChannels());
            listener.sync().punsubscribe("news.*");
            assertEquals(0, redis.publish("news.de", "again"));
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = ProtocolVersion.class,
            names = {"RESP2", "RESP3"})
    void databases(ProtocolVersion protocol) throws Exception {
        talk(protocol, client -> {
            var redis = client.connect().sync();
            assertEquals("OK", redis.select(15));
            assertEquals("OK", redis.set("key", "value"));
            assertEquals("OK", redis.select(0));
            assertNull(redis.get("key"));
            assertThrows(RedisCommandExecutionException.class, () -> redis.select(16));
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = ProtocolVersion.class,
            names = {"RESP2", "RESP3"})
    void blockedClientIsServedByAnother(ProtocolVersion protocol) throws Exception {
        talk(protocol, client -> {
            var blocked = client.connect().async().blpop(60, "list");
            client.connect().sync().rpush("list", "value");
            assertEquals(KeyValue.just("list", "value"), blocked.get(30, TimeUnit.SECONDS));
        });
    }
}
