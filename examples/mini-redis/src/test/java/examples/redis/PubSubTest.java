package examples.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Channels and those who listen in them. */
@Timeout(value = 60, threadMode = SEPARATE_THREAD)
class PubSubTest {

    private final RunningRedis redis = new RunningRedis();
    private final List<Wire> wires = new ArrayList<>();

    private Wire speaking(int protocol) throws IOException {
        var wire = Wire.speaking(protocol, redis);
        wires.add(wire);
        return wire;
    }

    @AfterEach
    void end() throws Exception {
        for (var wire : wires) {
            wire.close();
        }
        redis.close();
    }

    @Test
    void messageComesToAllWhoListenInTheirProtocols() throws Exception {
        var two = speaking(2);
        var three = speaking(3);
        var publisher = speaking(2);
        assertEquals(":0", publisher.say("PUBLISH news hello"));
        assertEquals("*3 $9 subscribe $4 news :1", two.say("SUBSCRIBE news"));
        assertEquals(">3 $9 subscribe $4 news :1", three.say("SUBSCRIBE news"));
        assertEquals(
                List.of(":2", ":2"),
                publisher
                        .send("PUBLISH news hello\r\nPUBLISH news 'two words'\r\n")
                        .hear(2));
        assertEquals(List.of("*3 $7 message $4 news $5 hello", "*3 $7 message $4 news $9 two words"), two.hear(2));
        assertEquals(List.of(">3 $7 message $4 news $5 hello", ">3 $7 message $4 news $9 two words"), three.hear(2));
    }

    @Test
    void subscriptionsAreCounted() throws Exception {
        var listener = speaking(2);
        assertEquals(
                List.of("*3 $9 subscribe $1 a :1", "*3 $9 subscribe $1 b :2", "*3 $9 subscribe $1 a :2"),
                listener.send("SUBSCRIBE a b a\r\n").hear(3));
        assertEquals("*3 $11 unsubscribe $1 x :2", listener.say("UNSUBSCRIBE x"));
        assertEquals("*3 $11 unsubscribe $1 a :1", listener.say("UNSUBSCRIBE a"));
        assertEquals(":0", speaking(2).say("PUBLISH a gone"));
        assertEquals("*3 $11 unsubscribe $1 b :0", listener.say("UNSUBSCRIBE"));
        assertEquals("*3 $11 unsubscribe $-1 :0", listener.say("UNSUBSCRIBE"));
        assertEquals("$-1", listener.say("GET a"));
    }

    @Test
    void resp2ListenerOnlyListens() throws Exception {
        var listener = speaking(2);
        listener.say("SUBSCRIBE a");
        assertTrue(listener.say("GET a").startsWith("-ERR Can't execute 'get': only (P|S)SUBSCRIBE"));
        assertEquals("*2 $4 pong $0 ", listener.say("PING"));
        assertEquals("+RESET", listener.say("RESET"));
        assertEquals("$-1", listener.say("GET a"));
        assertEquals(":0", listener.say("PUBLISH a hello"));
    }

    @Test
    void resp3ListenerHearsItselfBeforeItsReplyAndInItsPlace() throws Exception {
        var listener = speaking(3);
        listener.say("SUBSCRIBE a");
        assertEquals(
                List.of("+OK", ">3 $7 message $1 a $5 hello", ":1", "$1 v"),
                listener.send("SET k v\r\nPUBLISH a hello\r\nGET k\r\n").hear(4));
    }

    @Test
    void resp3ListenerHearsWhileItWaitsForAValue() throws Exception {
        var listener = speaking(3);
        listener.say("SUBSCRIBE a");
        listener.send("BLPOP list 0\r\n");
        var other = speaking(2);
        while (!other.say("INFO clients").contains("blocked_clients:1")) {
            Thread.onSpinWait();
        }
        assertEquals(
                List.of(":1", ":1"),
                other.send("PUBLISH a hello\r\nRPUSH list v\r\n").hear(2));
        assertEquals(List.of(">3 $7 message $1 a $5 hello", "*2 $4 list $1 v"), listener.hear(2));
    }

    @Test
    void whoHasGoneListensNoMore() throws Exception {
        var publisher = speaking(2);
        var listener = speaking(2);
        listener.say("SUBSCRIBE a b");
        listener.reset();
        while (!publisher.say("PUBLISH a hello").equals(":0")) {
            Thread.onSpinWait();
        }
        assertEquals(":0", publisher.say("PUBLISH b hello"));
    }

    @Test
    void listenerThatDoesNotReadIsCutOffAndTheOthersAreNot() throws Exception {
        var slow = speaking(2);
        var quick = speaking(2);
        slow.say("SUBSCRIBE a");
        quick.say("SUBSCRIBE a");
        var publisher = speaking(2);

        // 1. The systems between hold some megabytes; then the server has more than it keeps, and cuts.
        var message = "x".repeat(60_000);
        var sent = 0;
        for (; publisher.say("PUBLISH a " + message).equals(":2"); sent++) {
            assertEquals("*3 $7 message $1 a $60000 " + message, quick.hear());
            assertTrue(sent < 100_000, "the slow one is never cut off");
        }
        assertEquals("*3 $7 message $1 a $60000 " + message, quick.hear());

        // 2. What the slow one reads now ends in the middle.
        var heard = 0;
        try {
            while (!slow.hear().equals("end")) {
                heard++;
            }
        } catch (IOException reset) {
            // So it may be told, too.
        }
        assertTrue(heard < sent, "it has heard all " + sent);
    }
}
