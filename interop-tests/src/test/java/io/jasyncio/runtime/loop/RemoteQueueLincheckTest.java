package io.jasyncio.runtime.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * The door for other threads under every interleaving: nothing is lost, nothing comes twice, and a loop that sleeps is
 * woken for whatever comes (S12).
 *
 * <p>Linearizable against a plain list ({@link Spec}): a turn of the loop that finds nothing, because it sleeps and nobody
 * has woken it, is right only if there is nothing. A lost wake-up would be a turn that finds nothing after an offer.
 */
public class RemoteQueueLincheckTest {

    private record Item(int number) implements Runnable {
        @Override
        public void run() {}
    }

    /** What a selector keeps of a wake-up until its next selection. */
    private final AtomicBoolean woken = new AtomicBoolean();

    private final RemoteQueue queue = new RemoteQueue(() -> woken.set(true));
    private final ReadyQueue ready = new ReadyQueue();
    private boolean asleep;

    @Operation
    public void offer(int number) {
        queue.offer(new Item(number));
    }

    /** One turn of the loop: wakes if it was woken, takes what is there, falls asleep if there is nothing. */
    @Operation(nonParallelGroup = "loop")
    public List<Integer> turn() {
        if (asleep) {
            if (!woken.getAndSet(false)) {
                return List.of();
            }
            asleep = false;
            queue.announceAwake();
        }
        queue.drainTo(ready);
        if (ready.isEmpty()) {
            asleep = queue.announceSleep();
            queue.drainTo(ready);
        }
        return takeAll();
    }

    private List<Integer> takeAll() {
        var taken = new ArrayList<Integer>();
        while (!ready.isEmpty()) {
            taken.add(((Item) ready.next()).number());
        }
        if (!taken.isEmpty() && asleep) {
            asleep = false;
            queue.announceAwake();
        }
        return taken;
    }

    /** What it is about. */
    public static final class Spec {
        private final List<Integer> items = new ArrayList<>();

        public void offer(int number) {
            items.add(number);
        }

        public List<Integer> turn() {
            var all = List.copyOf(items);
            items.clear();
            return all;
        }
    }

    @Test
    void everyInterleaving() {
        new ModelCheckingOptions()
                .threads(3)
                .actorsPerThread(3)
                .iterations(15)
                .invocationsPerIteration(500)
                .sequentialSpecification(Spec.class)
                .check(RemoteQueueLincheckTest.class);
    }

    @Test
    void underStress() {
        new StressOptions()
                .threads(3)
                .actorsPerThread(3)
                .iterations(10)
                .invocationsPerIteration(500)
                .sequentialSpecification(Spec.class)
                .check(RemoteQueueLincheckTest.class);
    }
}
