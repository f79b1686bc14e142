package io.jasyncio.stream;

/**
 * The two ends of a connection, as {@link Streams#openConnection} gives them. As a resource it closes the writer, which is
 * the whole connection, at the end of the block.
 *
 * @param reader what the other side sends
 * @param writer what is sent to it
 */
public record StreamPair(StreamReader reader, StreamWriter writer) implements AutoCloseable {

    /** {@link StreamWriter#close()}. */
    @Override
    public void close() {
        writer.close();
    }
}
