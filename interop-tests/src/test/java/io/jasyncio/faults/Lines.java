package io.jasyncio.faults;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.StreamWriter;
import java.util.concurrent.CompletionStage;

/** A service in stage style, which costs no thread on any JDK. */
final class Lines {

    private Lines() {}

    /** Sends each line back, until the end, or until a line says stop. */
    static CompletionStage<Void> echo(StreamReader reader, StreamWriter writer, LoopFuture<?> stopped) {
        return echoNext(reader, writer, stopped).whenComplete((done, failure) -> writer.close());
    }

    private static CompletionStage<Void> echoNext(StreamReader reader, StreamWriter writer, LoopFuture<?> stopped) {
        return reader.readLineAsync().thenCompose(line -> {
            if (line == null || line.equals("stop")) {
                if (line != null) {
                    stopped.complete(null);
                }
                return done();
            }
            writer.write(line + "\n");
            return writer.drainAsync().thenCompose(drained -> echoNext(reader, writer, stopped));
        });
    }

    private static CompletionStage<Void> done() {
        var done = EventLoop.current().<Void>createFuture();
        done.complete(null);
        return done;
    }
}
