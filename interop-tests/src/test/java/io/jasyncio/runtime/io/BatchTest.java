package io.jasyncio.runtime.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jasyncio.runtime.loop.ReadyQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many of the channels that are ready an iteration is given. */
class BatchTest {

    private static final int CHANNELS = 32;
    private static final int MUCH = 200 * 1024;

    private final SelectorIoDriver driver = new SelectorIoDriver();
    private final ReadyQueue ready = new ReadyQueue();
    private final List<Pipe> pipes = new ArrayList<>();
    private ChannelWatch watch;

    @BeforeEach
    void everyChannelIsReady() throws IOException {
        for (var i = 0; i < CHANNELS; i++) {
            var pipe = Pipe.open();
            pipes.add(pipe);
            pipe.source().configureBlocking(false);
            watch = driver.watch(pipe.source());
            watch.setReader(() -> {});
            pipe.sink().write(ByteBuffer.allocate(1));
        }
    }

    @AfterEach
    void close() throws IOException {
        driver.close();
        for (var pipe : pipes) {
            pipe.source().close();
            pipe.sink().close();
        }
    }

    @Test
    void eightAtATime() {
        assertEquals(8, polled());
        watch.hasRead(1024);
        assertEquals(8, polled());
    }

    @Test
    void fewerWhileTheyBringMuch() {
        assertEquals(8, polled());
        watch.hasRead(MUCH);
        assertEquals(4, polled());
        watch.hasRead(MUCH);
        assertEquals(2, polled());
        watch.hasRead(MUCH);
        assertEquals(1, polled());
        watch.hasRead(MUCH);
        assertEquals(1, polled());
    }

    @Test
    void moreAgainWhenTheyBringLittle() {
        polled();
        watch.hasRead(MUCH);
        assertEquals(4, polled());
        // 1. Neither much nor little: as many as before.
        watch.hasRead(MUCH / 2);
        assertEquals(4, polled());
        // 2. An end of stream brings nothing.
        watch.hasRead(-1);
        assertEquals(8, polled());
        assertEquals(8, polled());
    }

    private int polled() {
        driver.poll(0, ready);
        var count = ready.getSize();
        ready.clear();
        return count;
    }
}
