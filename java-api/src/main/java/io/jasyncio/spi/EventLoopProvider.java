package io.jasyncio.spi;

import io.jasyncio.LoopOptions;

/**
 * A runtime: makes event loops. Found through {@link java.util.ServiceLoader}; exactly one must be there unless
 * {@link LoopOptions#provider()} or the system property {@code io.jasyncio.provider} names one.
 *
 * <p>The constructor of a provider does nothing that costs: no thread, no selector.
 */
public interface EventLoopProvider {

    /** Makes a loop that is not running yet. */
    LoopRuntime newEventLoop(LoopOptions options);
}
