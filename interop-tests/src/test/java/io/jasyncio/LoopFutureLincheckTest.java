package io.jasyncio;

import io.jasyncio.kit.OfflineLoop;
import io.jasyncio.spi.CompletionListener;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * A future that several threads complete, while others add and remove listeners: it ends once, all see the same end, and
 * every listener that was not removed is told exactly once.
 */
public class LoopFutureLincheckTest {

    private static final EventLoop LOOP = OfflineLoop.create();
    private static final Exception[] PROBLEMS = {new Exception("first"), new Exception("second")};

    private final LoopFuture<Integer> future = LOOP.createFuture();
    private final AtomicIntegerArray told = new AtomicIntegerArray(3);
    private final AtomicIntegerArray removed = new AtomicIntegerArray(3);
    private final AtomicIntegerArray added = new AtomicIntegerArray(3);
    private final CompletionListener[] listeners = {this::tellFirst, this::tellSecond, this::tellThird};

    private void tellFirst(LoopFuture<?> ended) {
        told.incrementAndGet(0);
    }

    private void tellSecond(LoopFuture<?> ended) {
        told.incrementAndGet(1);
    }

    private void tellThird(LoopFuture<?> ended) {
        told.incrementAndGet(2);
    }

    @Operation
    public boolean completeWithOne() {
        return future.complete(1);
    }

    @Operation
    public boolean completeWithTwo() {
        return future.complete(2);
    }

    @Operation
    public boolean failFirst() {
        return future.completeExceptionally(PROBLEMS[0]);
    }

    @Operation
    public boolean failSecond() {
        return future.completeExceptionally(PROBLEMS[1]);
    }

    /** The result in words, so that the outcomes can be compared. */
    @Operation
    public String result() {
        if (!future.isDone()) {
            return "pending";
        }
        try {
            return "value " + future.result();
        } catch (Exception failure) {
            return "failure " + failure.getMessage();
        }
    }

    /** Once in a scenario, by one thread each: the same listener is not added twice. */
    @Operation(runOnce = true)
    public void addFirst() {
        add(0);
    }

    @Operation(runOnce = true)
    public void addSecond() {
        add(1);
    }

    @Operation(runOnce = true)
    public void addThird() {
        add(2);
    }

    @Operation
    public void removeSecond() {
        removed.set(1, 1);
        future.removeListener(listeners[1]);
    }

    private void add(int number) {
        added.set(number, 1);
        future.addListener(listeners[number]);
    }

    /** After each interleaving. */
    @Validate
    public void everyListenerWasToldOnce() {
        future.complete(0);
        for (var number = 0; number < listeners.length; number++) {
            var atMost = added.get(number);
            var atLeast = removed.get(number) == 1 ? 0 : atMost;
            if (told.get(number) < atLeast || told.get(number) > atMost) {
                throw new IllegalStateException("listener " + number + " was told " + told.get(number) + " times");
            }
        }
    }

    @Test
    void underStress() {
        new StressOptions()
                .threads(3)
                .actorsPerThread(3)
                .iterations(20)
                .invocationsPerIteration(300)
                .check(LoopFutureLincheckTest.class);
    }
}
