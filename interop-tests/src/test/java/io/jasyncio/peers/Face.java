package io.jasyncio.peers;

import io.jasyncio.LoopFuture;
import io.jasyncio.Task;
import io.jasyncio.stream.Server;
import java.util.stream.Stream;

/**
 * The small service of {@code service.py} and a client of it in one of our styles: what CPython is on the other side. All
 * of them use streams, and the client asks for the same things in the same words.
 */
interface Face {

    /** Serves on a free port. */
    LoopFuture<Server> serve();

    /** A task that asks the service on a port for one thing, over a connection of its own, and checks what comes. */
    Task<?> ask(int port, String name);

    static Stream<Face> all() {
        return Stream.of(new DirectFace(), new StageFace(), new KotlinFace());
    }
}
