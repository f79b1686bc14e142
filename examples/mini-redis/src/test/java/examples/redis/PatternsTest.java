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

/** Those who listen with a pattern, and what can be learned of all listeners. */
@Timeout(value = 60, threadMode = SEPARATE_THREAD)
class PatternsTest {

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
    void messageComesToAllWhosePatternMatches() throws Exception {
        var two = speaking(2);
        var three = speaking(3);
        var publisher = speaking(2);
        assertEquals("*3 $10 psubscribe $6 news.* :1", two.say("PSUBSCRIBE news.*"));
        assertEquals(">3 $10 psubscribe $7 news.?? :1", three.say("PSUBSCRIBE news.??"));
        assertEquals(
                List.of(":2", ":1", ":0"),
                publisher
                        .send("PUBLISH news.de hello\r\nPUBLISH news.all again\r\nPUBLISH new gone\r\n")
                        .hear(3));
        assertEquals(
                List.of(
                        "*4 $8 pmessage $6 news.* $7 news.de $5 hello",
                        "*4 $8 pmessage $6 news.* $8 news.all $5 again"),
                two.hear(2));
        assertEquals(">4 $8 pmessage $7 news.?? $7 news.de $5 hello", three.hear());
    }

    @Test
    void whoListensInSeveralWaysHearsAndCountsSeveralTimes() throws Exception {
        var listener = speaking(3);
        assertEquals(">3 $9 subscribe $1 a :1", listener.say("SUBSCRIBE a"));
        assertEquals(">3 $10 psubscribe $1 * :2", listener.say("PSUBSCRIBE *"));
        // First as one of the channel, and then as one with a pattern.
        assertEquals(
                List.of(">3 $7 message $1 a $2 hi", ">4 $8 pmessage $1 * $1 a $2 hi", ":2"),
                listener.send("PUBLISH a hi\r\n").hear(3));
    }

    @Test
    void patternsAndChannelsAreCountedTogetherAndLeftApart() throws Exception {
        var listener = speaking(2);
        assertEquals(
                List.of("*3 $10 psubscribe $2 a* :1", "*3 $10 psubscribe $2 b* :2", "*3 $10 psubscribe $2 a* :2"),
                listener.send("PSUBSCRIBE a* b* a*\r\n").hear(3));
        assertEquals("*3 $9 subscribe $2 a* :3", listener.say("SUBSCRIBE a*"));
        assertEquals("*3 $12 punsubscribe $1 x :3", listener.say("PUNSUBSCRIBE x"));
        assertEquals("*3 $11 unsubscribe $2 a* :2", listener.say("UNSUBSCRIBE"));
        assertTrue(listener.say("GET a").startsWith("-ERR Can't execute 'get'"));
        assertEquals(
                List.of("*3 $12 punsubscribe $2 a* :1", "*3 $12 punsubscribe $2 b* :0"),
                listener.send("PUNSUBSCRIBE\r\n").hear(2));
        assertEquals("*3 $12 punsubscribe $-1 :0", listener.say("PUNSUBSCRIBE"));
        assertEquals("$-1", listener.say("GET a"));
    }

    @Test
    void whoHasGoneOrBegunAnewListensNoMore() throws Exception {
        var publisher = speaking(2);
        var anew = speaking(2);
        var gone = speaking(2);
        anew.say("PSUBSCRIBE a*");
        gone.say("PSUBSCRIBE a*");
        assertEquals(":1", publisher.say("PUBSUB NUMPAT"));
        assertEquals("+RESET", anew.say("RESET"));
        gone.reset();
        while (!publisher.say("PUBSUB NUMPAT").equals(":0")) {
            Thread.onSpinWait();
        }
        assertEquals(":0", publisher.say("PUBLISH a hello"));
    }

    @Test
    void whatIsListenedToCanBeAskedFor() throws Exception {
        var curious = speaking(3);
        assertEquals(
                List.of("*0", "*0", ":0"),
                curious.send("PUBSUB CHANNELS\r\nPUBSUB NUMSUB\r\nPUBSUB NUMPAT\r\n")
                        .hear(3));
        speaking(2).send("SUBSCRIBE a b\r\n").hear(2);
        var both = speaking(2);
        both.send("SUBSCRIBE b\r\nPSUBSCRIBE a* c*\r\n").hear(3);
        speaking(2).send("PSUBSCRIBE a*\r\n").hear();

        assertEquals("*2 $1 a $1 b", curious.say("PUBSUB CHANNELS"));
        assertEquals("*1 $1 b", curious.say("PUBSUB CHANNELS [^a]"));
        assertEquals("*6 $1 b :2 $1 a :1 $1 c :0", curious.say("PUBSUB NUMSUB b a c"));
        assertEquals(":2", curious.say("PUBSUB NUMPAT")); // patterns, and not those who use them
        assertTrue(curious.say("CLIENT LIST").contains("flags=P db=0 sub=1 psub=2 "));
    }
}
