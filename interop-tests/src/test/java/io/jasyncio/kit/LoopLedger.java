package io.jasyncio.kit;

import io.jasyncio.LoopOptions;
import io.jasyncio.spi.EventLoopProvider;
import io.jasyncio.spi.LoopRuntime;
import io.jasyncio.spi.Providers;
import java.util.ArrayList;
import java.util.List;

/**
 * Every loop that a test makes, however deep inside of the library it is made: stands in the place of the one provider and
 * writes down what that hands out. Any thread.
 */
final class LoopLedger implements EventLoopProvider {

    private static final LoopLedger INSTALLED = install();

    private final EventLoopProvider real;
    private final List<LoopRuntime> loops = new ArrayList<>();

    private LoopLedger(EventLoopProvider real) {
        this.real = real;
    }

    static LoopLedger installed() {
        return INSTALLED;
    }

    /** The provider is looked up once in a process and kept in a private field, which production code never changes. */
    private static LoopLedger install() {
        var ledger = new LoopLedger(Providers.get());
        try {
            var found = Providers.class.getDeclaredField("found");
            found.setAccessible(true);
            found.set(null, ledger);
        } catch (ReflectiveOperationException moved) {
            throw new IllegalStateException("the kit does not know any more where the provider is kept", moved);
        }
        return ledger;
    }

    @Override
    public synchronized LoopRuntime newEventLoop(LoopOptions options) {
        var loop = real.newEventLoop(options);
        loops.add(loop);
        return loop;
    }

    /** Begins a new page. */
    synchronized void clear() {
        loops.clear();
    }

    synchronized List<LoopRuntime> open() {
        return loops.stream().filter(loop -> !loop.isClosed()).toList();
    }
}
