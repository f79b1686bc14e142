package io.jasyncio.peers;

import static io.jasyncio.Asyncio.createStageTask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.Task;
import io.jasyncio.stream.Server;
import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.StreamWriter;
import io.jasyncio.stream.Streams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Java in stage style. */
final class StageFace implements Face {

    // ---- The service -----------------------------------------------------------------------------------------------

    @Override
    public LoopFuture<Server> serve() {
        return Streams.startStageServer(
                (reader, writer) -> reader.readLineAsync()
                        .thenCompose(wanted -> serve(wanted.split(" "), reader, writer))
                        .whenComplete((done, failure) -> writer.close()),
                "127.0.0.1",
                0);
    }

    private static CompletionStage<Void> serve(String[] wanted, StreamReader reader, StreamWriter writer) {
        return switch (wanted[0]) {
            case "echo" -> serveEcho(reader, writer);
            case "lines" -> serveLines(reader, writer);
            case "digest" -> reader.readAsync().thenAccept(data -> writer.write(Messages.digest(data) + "\n"));
            case "flood" -> {
                writer.write(Messages.pattern(Integer.parseInt(wanted[1])));
                writer.writeEof();
                yield reader.readAsync().thenAccept(end -> {});
            }
            case "reset" -> reader.readAsync(1).thenAccept(data -> reset(writer));
            default -> throw new AssertionError(wanted[0]);
        };
    }

    private static CompletionStage<Void> serveEcho(StreamReader reader, StreamWriter writer) {
        return reader.readAsync(65_536).thenCompose(data -> {
            if (data.length == 0) {
                return done();
            }
            writer.write(data);
            return writer.drainAsync().thenCompose(drained -> serveEcho(reader, writer));
        });
    }

    private static CompletionStage<Void> serveLines(StreamReader reader, StreamWriter writer) {
        return reader.readLineAsync().thenCompose(line -> {
            if (line == null) {
                return done();
            }
            writer.write(line.toUpperCase(Locale.ROOT) + "\n");
            return writer.drainAsync().thenCompose(drained -> serveLines(reader, writer));
        });
    }

    private static void reset(StreamWriter writer) {
        try {
            Messages.reset(writer);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    // ---- The client ------------------------------------------------------------------------------------------------

    @Override
    public Task<?> ask(int port, String name) {
        return createStageTask(() -> Streams.openConnection("127.0.0.1", port)
                .thenCompose(connection -> ask(name, connection.reader(), connection.writer())
                        .whenComplete((done, failure) -> connection.close())
                        .thenCompose(
                                done -> connection.writer().waitClosedAsync().handle((closed, reset) -> (Void) null))));
    }

    private static CompletionStage<Void> ask(String name, StreamReader reader, StreamWriter writer) {
        return switch (name) {
            case "echo" -> askEcho(reader, writer);
            case "bytes" -> askBytes(reader, writer);
            case "lines" -> askLines(reader, writer);
            case "digest" -> askDigest(reader, writer);
            case "flood" -> askFlood(reader, writer);
            case "reset" -> {
                writer.write("reset\nx");
                yield reader.readAsync().handle((data, failure) -> {
                    assertInstanceOf(IOException.class, failure);
                    return null;
                });
            }
            case "nothing" -> {
                writer.write("echo\nsome");
                yield reader.readExactlyAsync(4).thenAccept(data -> reset(writer));
            }
            default -> throw new AssertionError(name);
        };
    }

    private static CompletionStage<Void> askEcho(StreamReader reader, StreamWriter writer) {
        writer.write("echo\n");
        return forEach(IntStream.of(Messages.SIZES).boxed().toList(), size -> {
                    var message = Messages.pattern(size);
                    writer.write(message);
                    return reader.readExactlyAsync(size).thenAccept(echo -> Messages.requireEqual(message, echo));
                })
                .thenCompose(done -> atEnd(reader, writer));
    }

    private static CompletionStage<Void> askBytes(StreamReader reader, StreamWriter writer) {
        writer.write("echo\n");
        return forEach(Messages.pieces(Messages.pattern(300), 1), single -> {
                    writer.write(single);
                    return writer.drainAsync()
                            .thenCompose(drained -> reader.readExactlyAsync(1))
                            .thenAccept(echo -> Messages.requireEqual(single, echo));
                })
                .thenCompose(done -> atEnd(reader, writer));
    }

    private static CompletionStage<Void> atEnd(StreamReader reader, StreamWriter writer) {
        writer.writeEof();
        return reader.readAsync().thenAccept(rest -> assertEquals(0, rest.length));
    }

    private static CompletionStage<Void> askLines(StreamReader reader, StreamWriter writer) {
        writer.write("lines\n" + String.join("\n", Messages.lines()) + "\n");
        writer.writeEof();
        return forEach(
                        Messages.lines(),
                        line -> reader.readLineAsync()
                                .thenAccept(echo -> assertEquals(line.toUpperCase(Locale.ROOT), echo)))
                .thenCompose(done -> reader.readLineAsync())
                .thenAccept(end -> assertNull(end));
    }

    private static CompletionStage<Void> askDigest(StreamReader reader, StreamWriter writer) {
        var data = Messages.pattern(1_000_000);
        writer.write("digest\n");
        return forEach(Messages.pieces(data, 10_000), piece -> {
                    writer.write(piece);
                    return writer.drainAsync();
                })
                .thenCompose(done -> {
                    writer.writeEof();
                    return reader.readLineAsync();
                })
                .thenAccept(line -> assertEquals(Messages.digest(data), line));
    }

    private static CompletionStage<Void> askFlood(StreamReader reader, StreamWriter writer) {
        writer.write("flood " + Messages.FLOOD + "\n");
        var received = new ByteArrayOutputStream();
        return readAll(reader, received)
                .thenRun(() -> Messages.requireEqual(Messages.pattern(Messages.FLOOD), received.toByteArray()));
    }

    private static CompletionStage<Void> readAll(StreamReader reader, ByteArrayOutputStream into) {
        return reader.readAsync(100_000).thenCompose(data -> {
            into.writeBytes(data);
            return data.length == 0 ? done() : readAll(reader, into);
        });
    }

    // ---- Loops -----------------------------------------------------------------------------------------------------

    private static <T> CompletionStage<Void> forEach(List<T> items, Function<T, CompletionStage<Void>> body) {
        return forEach(items.iterator(), body);
    }

    private static <T> CompletionStage<Void> forEach(Iterator<T> items, Function<T, CompletionStage<Void>> body) {
        return items.hasNext() ? body.apply(items.next()).thenCompose(done -> forEach(items, body)) : done();
    }

    private static CompletionStage<Void> done() {
        var done = EventLoop.current().<Void>createFuture();
        done.complete(null);
        return done;
    }

    @Override
    public String toString() {
        return "stage style";
    }
}
