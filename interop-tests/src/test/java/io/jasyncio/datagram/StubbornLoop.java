package io.jasyncio.datagram;

import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopOptions;
import io.jasyncio.runtime.io.ChannelWatch;
import io.jasyncio.runtime.io.IoDriver;
import io.jasyncio.runtime.io.SelectorIoDriver;
import io.jasyncio.runtime.loop.ReadyQueue;
import io.jasyncio.runtime.loop.SelectorEventLoop;
import java.nio.channels.SelectableChannel;

/** A loop that watches one {@link StubbornChannel}, which is ready when the test says so. */
public final class StubbornLoop implements IoDriver {

    /** To be opened as an endpoint. */
    public final StubbornChannel channel = new StubbornChannel();

    private final SelectorIoDriver real = new SelectorIoDriver();
    private final Watch watch = new Watch();

    /** What runs on the loop, in direct style. */
    @FunctionalInterface
    public interface Body {

        /** Is given what it can set. */
        void run(StubbornLoop loop) throws Exception;
    }

    static void run(Body body) {
        run(LoopOptions.defaults(), body);
    }

    /** Runs a body on a loop with these options. */
    public static void run(LoopOptions options, Body body) {
        var driver = new StubbornLoop();
        var loop = new SelectorEventLoop(options, driver);
        try {
            CoroutineAction action = () -> body.run(driver);
            loop.runUntilComplete(loop.createTask(action));
        } finally {
            loop.close();
        }
    }

    /** Whether anybody wants to send. */
    boolean isWatched() {
        return watch.writer != null;
    }

    /** The channel takes so many datagrams more, and says so. */
    public void take(int datagrams) {
        channel.takes = datagrams;
        EventLoop.current().callSoon(watch.writer);
    }

    @Override
    public ChannelWatch watch(SelectableChannel watched) {
        return watched == channel ? watch : real.watch(watched);
    }

    @Override
    public ChannelWatch watchOrNull(SelectableChannel watched) {
        return watched == channel ? watch : real.watchOrNull(watched);
    }

    @Override
    public boolean getHasChannels() {
        return real.getHasChannels();
    }

    @Override
    public void poll(long timeoutNanos, ReadyQueue ready) {
        real.poll(timeoutNanos, ready);
    }

    @Override
    public void wakeup() {
        real.wakeup();
    }

    @Override
    public void close() {
        real.close();
    }

    private static final class Watch implements ChannelWatch {

        private Object owner;
        private Runnable reader;
        private Runnable writer;

        @Override
        public Object getOwner() {
            return owner;
        }

        @Override
        public void setOwner(Object owner) {
            this.owner = owner;
        }

        @Override
        public Runnable getReader() {
            return reader;
        }

        @Override
        public void setReader(Runnable reader) {
            this.reader = reader;
        }

        @Override
        public Runnable getWriter() {
            return writer;
        }

        @Override
        public void setWriter(Runnable writer) {
            this.writer = writer;
        }

        @Override
        public void cancel() {
            reader = null;
            writer = null;
        }
    }
}
