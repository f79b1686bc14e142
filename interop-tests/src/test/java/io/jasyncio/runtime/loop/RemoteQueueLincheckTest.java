package io.jasyncio.runtime.loop;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * The door for other threads under every interleaving: when all is quiet, nothing is lost, nothing has come twice, and a
 * loop that sleeps on something to do has been woken (S12).
 */
public class RemoteQueueLincheckTest {

    /** What a selector keeps of a wake-up until its next selection. */
    private final AtomicBoolean woken = new AtomicBoolean();

    private final AtomicInteger offered = new AtomicInteger();
    private final RemoteQueue queue = new RemoteQueue(() -> woken.set(true));
    private final ReadyQueue ready = new ReadyQueue();
    private boolean asleep;
    private int taken;

    @Operation
    public void offer() {
        offered.incrementAndGet();
        queue.offer(() -> {});
    }

    /** One turn of the loop: wakes if it was woken, takes what is there, falls asleep if there is nothing. */
    @Operation(nonParallelGroup = "loop")
    public void turn() {
        if (asleep && !woken.getAndSet(false)) {
            return;
        }
        asleep = false;
        queue.announceAwake();
        queue.drainTo(ready);
        if (ready.isEmpty()) {
            asleep = queue.announceSleep();
        }
        takeAll();
    }

    private void takeAll() {
        while (!ready.isEmpty()) {
            ready.next();
            taken++;
        }
    }

    @Validate
    public void nothingIsLost() {
        if (asleep && !woken.get() && !queue.isEmpty()) {
            throw new IllegalStateException("the loop sleeps, there is something to do, and nobody has woken it");
        }
        queue.drainTo(ready);
        takeAll();
        if (taken != offered.get()) {
            throw new IllegalStateException(offered + " items were offered and " + taken + " came");
        }
    }

    @Test
    void everyInterleaving() {
        new ModelCheckingOptions()
                .threads(3)
                .actorsPerThread(3)
                .iterations(15)
                .invocationsPerIteration(300)
                .check(RemoteQueueLincheckTest.class);
    }

    @Test
    void underStress() {
        new StressOptions()
                .threads(3)
                .actorsPerThread(3)
                .iterations(10)
                .invocationsPerIteration(300)
                .check(RemoteQueueLincheckTest.class);
    }
}
