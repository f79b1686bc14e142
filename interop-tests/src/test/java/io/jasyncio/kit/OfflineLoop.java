package io.jasyncio.kit;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopOptions;
import io.jasyncio.runtime.io.ChannelWatch;
import io.jasyncio.runtime.io.IoDriver;
import io.jasyncio.runtime.loop.ReadyQueue;
import io.jasyncio.runtime.loop.SelectorEventLoop;
import java.nio.channels.SelectableChannel;

/** A loop without a selector, for tests that make thousands of loops and never run one. */
public final class OfflineLoop {

    private OfflineLoop() {}

    /** A new loop. It cannot run, watches no channel and holds nothing that must be closed. */
    public static EventLoop create() {
        return new SelectorEventLoop(LoopOptions.defaults(), new NoDriver());
    }

    private static final class NoDriver implements IoDriver {

        @Override
        public boolean getHasChannels() {
            return false;
        }

        @Override
        public void poll(long timeoutNanos, ReadyQueue ready) {
            throw new IllegalStateException("this loop cannot wait");
        }

        @Override
        public void wakeup() {}

        @Override
        public ChannelWatch watch(SelectableChannel channel) {
            throw new IllegalStateException("this loop watches no channels");
        }

        @Override
        public ChannelWatch watchOrNull(SelectableChannel channel) {
            return null;
        }

        @Override
        public void close() {}
    }
}
