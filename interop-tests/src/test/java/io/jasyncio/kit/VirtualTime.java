package io.jasyncio.kit;

import io.jasyncio.Carrier;
import io.jasyncio.Coroutine;
import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopOptions;
import io.jasyncio.Runner;
import io.jasyncio.VirtualClock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Runs programs whose time is virtual: it stands while anything can run, and jumps to the next timer when nothing can. */
public final class VirtualTime {

    private VirtualTime() {}

    /** Options with a virtual clock of its own that stands at zero. */
    public static LoopOptions options() {
        return LoopOptions.defaults().withClock(new VirtualClock());
    }

    /** The same with a carrier. */
    public static LoopOptions options(Carrier carrier) {
        return options().withCarrier(carrier);
    }

    /** Runs a direct-style body on the fastest carrier. */
    public static <T> T run(Coroutine<T> body) throws Exception {
        return run(Carrier.AUTO, body);
    }

    /** The same for a body without a result. */
    public static void run(CoroutineAction body) throws Exception {
        run(Carrier.AUTO, body);
    }

    /** Runs a direct-style body on a certain carrier. */
    public static <T> T run(Carrier carrier, Coroutine<T> body) throws Exception {
        try (var runner = new Runner(options(carrier))) {
            return runner.run(body);
        }
    }

    /** The same for a body without a result. */
    public static void run(Carrier carrier, CoroutineAction body) throws Exception {
        run(carrier, body.asCoroutine());
    }

    /** Runs a stage-style body. */
    public static <T> T runStage(Supplier<? extends CompletionStage<T>> body) throws Exception {
        try (var runner = new Runner(options())) {
            return runner.runStage(body);
        }
    }

    /** How long the running program has taken by its virtual clock. */
    public static Duration elapsed() {
        return Duration.ofNanos(EventLoop.current().time());
    }
}
