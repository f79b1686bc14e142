/** The runtime of jasyncio: its event loop, and the Kotlin API. */
module io.jasyncio.coroutines {
    requires transitive io.jasyncio;
    requires transitive kotlin.stdlib;
    requires transitive kotlinx.coroutines.core;
    requires jdk.unsupported;

    exports io.jasyncio.coroutines;

    provides io.jasyncio.spi.EventLoopProvider with
            io.jasyncio.runtime.loop.SelectorEventLoopProvider;
}
