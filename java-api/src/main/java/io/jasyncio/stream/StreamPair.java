package io.jasyncio.stream;

import io.jasyncio.AsyncCloseable;
import io.jasyncio.LoopFuture;
import org.jspecify.annotations.Nullable;

/**
 * The two ends of a connection, as {@link Streams#openConnection} gives them. As a resource it closes the writer, which is
 * the whole connection, at the end of the block; {@link io.jasyncio.Resources} and Kotlin's {@code use} also wait for its end.
 *
 * @param reader what the other side sends
 * @param writer what is sent to it
 */
public record StreamPair(StreamReader reader, StreamWriter writer) implements AsyncCloseable {

    /** {@link StreamWriter#close()}. */
    @Override
    public void close() {
        writer.close();
    }

    /** {@link StreamWriter#closeAsync()}. */
    @Override
    public LoopFuture<@Nullable Void> closeAsync() {
        return writer.closeAsync();
    }
}
