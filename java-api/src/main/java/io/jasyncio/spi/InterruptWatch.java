package io.jasyncio.spi;

/** Watches for Ctrl-C while a program runs (S134); see {@link LoopRuntime#watchInterrupt}. */
public interface InterruptWatch extends AutoCloseable {

    /** Whether Ctrl-C came. */
    boolean happened();

    /** Ends the watch; what Ctrl-C did before, it does again. */
    @Override
    void close();
}
