package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.createTask;

import io.jasyncio.EventLoop;
import io.jasyncio.Task;
import io.jasyncio.stream.IncompleteReadException;
import io.jasyncio.stream.LimitOverrunException;
import io.jasyncio.stream.StreamReader;
import io.jasyncio.transport.BaseProtocol;
import io.jasyncio.transport.ExtraInfo;
import io.jasyncio.transport.Protocol;
import io.jasyncio.transport.ReadTransport;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Reads in the scenarios of {@code readers.py}: how each of them ended, in words. */
public final class Readings {

    /** Why reading is not paused where CPython does. */
    static final String READ_SOON =
            "a read that was woken takes its bytes in a moment: pausing until then would only cost two calls of the system";

    private Readings() {}

    static StreamReader newReader(int limit) {
        return new StreamReader(EventLoop.current(), limit);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** What was read: bytes, a line, or null at the end. */
    public static String text(Object read) {
        if (read == null) {
            return "nothing";
        }
        var text = read instanceof byte[] data ? new String(data, StandardCharsets.US_ASCII) : read.toString();
        return text.isEmpty() && read instanceof byte[] ? "nothing" : text;
    }

    /** Tells why a read failed. */
    public static void failed(Trace trace, String name, Throwable failure) {
        if (failure instanceof CompletionException && failure.getCause() != null) {
            failed(trace, name, failure.getCause());
        } else if (failure instanceof IncompleteReadException incomplete) {
            trace.add(name, "incomplete", text(incomplete.partial()));
        } else if (failure instanceof LimitOverrunException) {
            trace.add(name, "overrun");
        } else {
            trace.add(name, failure);
        }
    }

    /** Reads and says how that ended. */
    static <T> void report(Trace trace, String name, Supplier<? extends CompletionStage<T>> reading) throws Exception {
        T read;
        try {
            read = await(reading.get());
        } catch (CancellationException cancelled) {
            trace.add(name, cancelled);
            throw cancelled;
        } catch (Exception failure) {
            failed(trace, name, failure);
            return;
        }
        trace.add(name, "got", text(read));
    }

    /** The same in a task. */
    static <T> Task<Void> start(Trace trace, String name, Supplier<? extends CompletionStage<T>> reading) {
        return createTask(() -> report(trace, name, reading));
    }

    /** {@link #report} as a stage. */
    static <T> CompletionStage<Void> reportStage(
            Trace trace, String name, Supplier<? extends CompletionStage<T>> reading) {
        CompletionStage<T> stage;
        try {
            stage = reading.get();
        } catch (IllegalStateException refused) {
            trace.add(name, refused);
            return Ending.known(null);
        }
        return stage.thenAccept(read -> trace.add(name, "got", text(read))).exceptionallyCompose(failure -> {
            failed(trace, name, failure);
            return Trace.nameOf(failure).equals("Cancelled")
                    ? CompletableFuture.failedFuture(failure)
                    : Ending.known(null);
        });
    }

    /** The same in a task. */
    static <T> Task<Void> startStage(Trace trace, String name, Supplier<? extends CompletionStage<T>> reading) {
        return createStageTask(() -> reportStage(trace, name, reading));
    }

    /** Where the reader pauses reading. */
    public static final class PausingTransport implements ReadTransport {

        private final Trace trace;
        private BaseProtocol protocol = new Protocol() {};
        private boolean paused;

        /** Writes down when. */
        public PausingTransport(Trace trace) {
            this.trace = trace;
        }

        @Override
        public boolean isReading() {
            return !paused;
        }

        @Override
        public void pauseReading() {
            paused = true;
            trace.add("pause");
        }

        @Override
        public void resumeReading() {
            paused = false;
            trace.add("resume");
        }

        @Override
        public <T> T getExtraInfo(ExtraInfo<T> key) {
            return null;
        }

        @Override
        public void close() {}

        @Override
        public boolean isClosing() {
            return false;
        }

        @Override
        public BaseProtocol getProtocol() {
            return protocol;
        }

        @Override
        public void setProtocol(BaseProtocol protocol) {
            this.protocol = protocol;
        }
    }
}
