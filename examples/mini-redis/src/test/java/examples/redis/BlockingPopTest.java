package examples.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that wait for a value of a list. */
@Timeout(value = 60, threadMode = SEPARATE_THREAD)
class BlockingPopTest {

    private final RunningRedis redis = new RunningRedis();
    private final List<Wire> wires = new ArrayList<>();

    private Wire wire() throws IOException {
        var wire = new Wire(redis);
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

    /** A client that has begun to wait: the server says so. */
    private Wire waiting(String line, int waitersThen) throws IOException {
        var waiter = wire().send(line + "\r\n");
        awaitWaiters(waitersThen);
        return waiter;
    }

    private void awaitWaiters(int count) throws IOException {
        try (var observer = new Wire(redis)) {
            while (!observer.say("INFO clients").contains("blocked_clients:" + count + "\r\n")) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void valueThatComesLaterIsGivenToTheWaiter() throws Exception {
        var waiter = waiting("BLPOP list 0", 1);
        var pusher = wire();
        assertEquals(":1", pusher.say("RPUSH list a"));
        assertEquals("*2 $4 list $1 a", waiter.hear());
        assertEquals(":0", pusher.say("EXISTS list"));
    }

    @Test
    void whoHasWaitedLongestIsServedFirst() throws Exception {
        var first = waiting("BLPOP list 0", 1);
        var second = waiting("BLPOP other list 0", 2);
        var third = waiting("BRPOP list 0", 3);
        // One command with more values than there are waiters: each gets one, and the rest stays.
        assertEquals(":5", wire().say("RPUSH list a b c d e"));
        assertEquals("*2 $4 list $1 a", first.hear());
        assertEquals("*2 $4 list $1 b", second.hear());
        assertEquals("*2 $4 list $1 e", third.hear());
        assertEquals("*2 $1 c $1 d", wire().say("LRANGE list 0 -1"));
    }

    @Test
    void waiterForSeveralListsIsServedOnce() throws Exception {
        var waiter = waiting("BLPOP a b c 0", 1);
        assertEquals(
                List.of(":1", ":1"), wire().send("RPUSH b 1\r\nRPUSH a 2\r\n").hear(2));
        assertEquals("*2 $1 b $1 1", waiter.hear());
        assertEquals("*1 $1 2", waiter.say("LRANGE a 0 -1"));
    }

    @Test
    void furtherCommandsWaitToo() throws Exception {
        // 1. Before, after and in a piece of its own.
        var waiter = waiting("SET x 1\r\nBLPOP list 0\r\nINCR x\r\nGET x", 1);
        waiter.send("PING\r\n");
        assertEquals("+OK", waiter.hear());
        assertEquals("$1 1", wire().say("GET x"));
        // 2. They go on with the value.
        assertEquals(":1", wire().say("RPUSH list a"));
        assertEquals(List.of("*2 $4 list $1 a", ":2", "$1 2", "+PONG"), waiter.hear(4));
    }

    @ParameterizedTest
    @CsvSource({"2, *-1", "3, _"})
    void waitEndsWithItsTime(int protocol, String nil) throws Exception {
        var waiter = wire();
        waiter.say("HELLO " + protocol);
        assertEquals(nil, waiter.say("BLPOP list 0.02"));
        assertEquals(
                List.of(nil, nil, "+PONG"),
                waiter.send("BLPOP a 0.01\r\nBLPOP b 0.01\r\nPING\r\n").hear(3));
        awaitWaiters(0);
        assertEquals(":1", waiter.say("RPUSH list a"));
        assertEquals(":1", waiter.say("LLEN list"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoHasGoneGetsNothing(boolean crash) throws Exception {
        var gone = waiting("BLPOP list 0", 1);
        var next = waiting("BLPOP list 0", 2);
        if (crash) {
            gone.reset();
        } else {
            gone.close();
        }
        awaitWaiters(1);
        assertEquals(":2", wire().say("RPUSH list a b"));
        assertEquals("*2 $4 list $1 a", next.hear());
        assertEquals("$1 b", next.say("LPOP list"));
    }

    @Test
    void endIsSeenBehindCommandsThatWait() throws Exception {
        var gone = waiting("BLPOP list 0\r\nPING\r\nPING", 1);
        gone.close();
        awaitWaiters(0);
    }

    /** The end stands behind all that was sent, and nobody is told of it who does not read that. */
    @Test
    void endIsSeenBehindMegabytesOfCommandsThatWait() throws Exception {
        var gone = waiting("BLPOP list 0", 1);
        gone.send("PING 0123456789\r\n".repeat(500_000));
        gone.close();
        awaitWaiters(0);
        var next = wire();
        assertEquals(
                List.of(":1", ":1"), next.send("RPUSH list a\r\nLLEN list\r\n").hear(2));
    }

    @Test
    void whoSendsTooMuchAheadIsRefused() throws Exception {
        try (var small = new RunningRedis(new Limits(1000, 100, 1000, 200_000, 1000, 1000, 1000, 1000), 5000);
                var flooding = new Wire(small);
                var other = new Wire(small)) {
            flooding.send("BLPOP list 0\r\n" + "PING\r\n".repeat(40_000));
            assertEquals(List.of("-ERR Protocol error: too much sent ahead", "end"), flooding.hear(2));
            assertEquals(
                    List.of(":1", ":1"),
                    other.send("RPUSH list a\r\nLLEN list\r\n").hear(2));
        }
    }

    @Test
    void whatWasSentAheadIsAnsweredAfterTheValue() throws Exception {
        var waiter = waiting("BLPOP list 0", 1);
        var commands = 30_000;
        var sender = new Thread(() -> waiter.sendNow("PING 0123456789\r\n".repeat(commands)));
        sender.start();
        wire().say("RPUSH list a");
        assertEquals("*2 $4 list $1 a", waiter.hear());
        for (var i = 0; i < commands; i++) {
            assertEquals("$10 0123456789", waiter.hear());
        }
        sender.join();
    }

    @Test
    void aThousandWaitAtOnce() throws Exception {
        var waiters = new ArrayList<Wire>();
        for (var i = 0; i < 1000; i++) {
            waiters.add(wire().send("BLPOP list" + i % 10 + " 0\r\n"));
        }
        awaitWaiters(1000);
        var pushes = new StringBuilder();
        for (var i = 0; i < 1000; i++) {
            pushes.append("RPUSH list" + i % 10 + " value" + i + "\r\n");
        }
        assertEquals(
                Collections.nCopies(1000, ":1"), wire().send(pushes.toString()).hear(1000));
        // All of them are served, each list in its order.
        for (var i = 0; i < 1000; i++) {
            var value = "value" + i;
            assertEquals(
                    "*2 $5 list" + i % 10 + " $" + value.length() + " " + value,
                    waiters.get(i).hear());
        }
        awaitWaiters(0);
    }

    @Test
    void listOfTheWrongKindEndsNoWait() throws Exception {
        var waiter = waiting("BLPOP list 0", 1);
        var other = wire();
        assertEquals("+OK", other.say("SET list text"));
        assertEquals("-WRONGTYPE Operation against a key holding the wrong kind of value", other.say("RPUSH list a"));
        assertEquals(
                List.of(":1", ":1"), other.send("DEL list\r\nRPUSH list a\r\n").hear(2));
        assertEquals("*2 $4 list $1 a", waiter.hear());
    }
}
