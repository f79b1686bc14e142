package io.jasyncio.conformance;

import io.jasyncio.Carrier;
import io.jasyncio.LoopOptions;
import io.jasyncio.Runner;
import io.jasyncio.VirtualClock;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** One twin on one carrier, to be held against what CPython printed. */
record Check(Recorded scenario, Face face, Carrier carrier, Twins twins, Method method) {

    /** Time is virtual, so a twin takes milliseconds; one that takes longer hangs. */
    private static final long PATIENCE_SECONDS = 20;

    String name() {
        var on = face.carriers().size() > 1 ? " on " + carrier : "";
        return scenario.group() + "/" + scenario.name() + ", " + face.name().toLowerCase(Locale.ROOT) + on;
    }

    /**
     * Runs the twin.
     *
     * @throws AssertionError if it prints other lines, throws or does not end
     */
    void run() {
        var twin = method.getAnnotation(Twin.class);
        var expected = twin.because().isEmpty() ? scenario.lines() : List.of(twin.trace());
        if (!twin.because().isEmpty() && expected.equals(scenario.lines())) {
            throw new AssertionError(name() + " says that it differs from CPython, but it does not");
        }
        var clock = new VirtualClock();
        var options = LoopOptions.defaults().withCarrier(carrier).withClock(clock);
        var trace = new Trace(options, clock);
        try {
            inFreshThread(() -> play(twin.plain(), options, trace));
        } catch (Throwable failed) {
            throw new AssertionError(failed + " in " + Difference.describe(name(), expected, trace.lines()), failed);
        }
        if (!expected.equals(trace.lines())) {
            throw new AssertionError(Difference.describe(name(), expected, trace.lines()));
        }
    }

    private Void play(boolean plain, LoopOptions options, Trace trace) throws Exception {
        var instance = twins.newInstance();
        method.setAccessible(true);
        if (plain) {
            Face.call(method, instance, trace);
            return null;
        }
        try (var runner = new Runner(options)) {
            face.run(runner, instance, method, trace);
        }
        return null;
    }

    /** So that a twin which hangs can be told, with the place where it does. */
    private void inFreshThread(Callable<Void> body) throws Exception {
        var play = new FutureTask<>(body);
        var thread = new Thread(play, name());
        thread.setDaemon(true);
        thread.start();
        try {
            play.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException hangs) {
            var frames = Arrays.stream(thread.getStackTrace()).map(frame -> "\n    at " + frame);
            throw new AssertionError(name() + " hangs; its thread is" + frames.collect(Collectors.joining()));
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) failed.getCause();
        }
    }
}
