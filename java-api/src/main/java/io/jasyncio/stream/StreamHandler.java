package io.jasyncio.stream;

/** What a server does with a connection, in direct style. It runs as a task of its own. */
@FunctionalInterface
public interface StreamHandler {

    /**
     * Serves one connection. Should close the writer at its end: returning alone does not (S110).
     *
     * @throws Exception is reported to the loop's exception handler, and the connection closed
     */
    void handle(StreamReader reader, StreamWriter writer) throws Exception;
}
