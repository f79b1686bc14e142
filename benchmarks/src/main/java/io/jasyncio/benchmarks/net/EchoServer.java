package io.jasyncio.benchmarks.net;

import java.util.function.IntConsumer;

/** A server that sends back whatever it receives, on one thread. */
@FunctionalInterface
public interface EchoServer {

    /** What a read asks for at most, in every server that says how much: more than the longest message. */
    int READ_BYTES = 128 * 1024;

    /** Room for all the clients that connect at once; with less, some wait a second for their second attempt. */
    int BACKLOG = 4096;

    /** Where all of them listen, on a port that the system chooses. */
    String HOST = "127.0.0.1";

    /**
     * Listens and serves until the process is ended.
     *
     * @param listening is told the port, before the first connection is accepted
     */
    void serve(IntConsumer listening) throws Exception;
}
