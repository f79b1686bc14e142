import org.jspecify.annotations.NullMarked;

/** asyncio for the JVM: the Java API. It finds the runtime through {@link io.jasyncio.spi.EventLoopProvider}. */
@NullMarked
@SuppressWarnings("module") // the runtime's module is built after this one
module io.jasyncio {
    requires static transitive org.jspecify;
    // For sun.misc.Signal, reached by reflection: javac warns of its name in source, and nothing switches that off.

    exports io.jasyncio;
    exports io.jasyncio.internal.net to
            io.jasyncio.coroutines;
    exports io.jasyncio.internal.net.tls to
            io.jasyncio.coroutines;
    exports io.jasyncio.iteration;
    exports io.jasyncio.queue;
    exports io.jasyncio.spi;
    exports io.jasyncio.stream;
    exports io.jasyncio.sync;
    exports io.jasyncio.transport;

    uses io.jasyncio.spi.EventLoopProvider;
}
