package io.jasyncio.benchmarks.net;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.run;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.StreamWriter;
import io.jasyncio.stream.Streams;
import java.util.function.BiFunction;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Our streams in stage style. A recursion of {@code thenCompose} would be shorter, and keep a stage for every message until
 * the connection ends; so each read is a link of its own, and one future stands for the whole.
 */
final class StageEcho implements EchoServer {

    private final BiFunction<StreamReader, StreamWriter, Echo> maker;

    private StageEcho(BiFunction<StreamReader, StreamWriter, Echo> maker) {
        this.maker = maker;
    }

    /** Reads arrays. */
    static EchoServer ofArrays() {
        return new StageEcho(Arrays::new);
    }

    /** Reads nothing: writes what the reader has, from where it is. */
    static EchoServer ofViews() {
        return new StageEcho(Views::new);
    }

    @Override
    public void serve(IntConsumer listening) throws Exception {
        run(() -> {
            var server = await(Streams.startStageServer(
                    (reader, writer) -> maker.apply(reader, writer).start(),
                    HOST,
                    0,
                    EchoTls.serverOptions(),
                    StreamReader.DEFAULT_LIMIT_BYTES));
            listening.accept(server.port());
            await(server.serveForeverAsync());
        });
    }

    private abstract static class Echo {
        final StreamReader reader;
        final StreamWriter writer;
        private final LoopFuture<@Nullable Void> ended = EventLoop.current().createFuture();

        Echo(StreamReader reader, StreamWriter writer) {
            this.reader = reader;
            this.writer = writer;
        }

        LoopFuture<@Nullable Void> start() {
            readNext();
            return ended;
        }

        abstract void readNext();

        final void drain() {
            var drained = writer.drainAsync();
            if (drained.isDone() && !drained.isCompletedExceptionally()) {
                readNext();
            } else {
                drained.whenComplete(this::drained);
            }
        }

        private void drained(@Nullable Void nothing, @Nullable Throwable failure) {
            if (failure != null) {
                end(failure);
            } else {
                readNext();
            }
        }

        final void end(@Nullable Throwable failure) {
            writer.close();
            if (failure != null) {
                ended.completeExceptionally(failure);
            } else {
                ended.complete(null);
            }
        }
    }

    private static final class Arrays extends Echo {

        Arrays(StreamReader reader, StreamWriter writer) {
            super(reader, writer);
        }

        @Override
        void readNext() {
            reader.readAsync(READ_BYTES).whenComplete(this::received);
        }

        private void received(byte[] data, @Nullable Throwable failure) {
            if (failure != null || data.length == 0) {
                end(failure);
            } else {
                writer.write(data);
                drain();
            }
        }
    }

    private static final class Views extends Echo {

        Views(StreamReader reader, StreamWriter writer) {
            super(reader, writer);
        }

        @Override
        void readNext() {
            reader.moreAsync().whenComplete(this::received);
        }

        private void received(Boolean more, @Nullable Throwable failure) {
            if (failure != null || !more) {
                end(failure);
                return;
            }
            var data = reader.view();
            var bytes = data.remaining();
            writer.write(data);
            reader.skip(bytes);
            drain();
        }
    }
}
