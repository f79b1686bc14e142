package io.jasyncio;

import static io.jasyncio.Asyncio.asCompleted;
import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@link AsCompleted} promises beside the traces: nobody's cancellation takes a future away from the others. */
@ExtendWith(AsyncioExtension.class)
class AsCompletedTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @OnEachCarrier
    void aCancelledWaiterLeavesItsPlaceInTheLine(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var inOrder = asCompleted(List.of(sleep(SECOND, "only")));
            var waiting = createTask(() -> await(inOrder.nextAsync()));
            await(sleep(Duration.ZERO));
            assertFalse(inOrder.hasNext());
            waiting.cancel();
            assertThrows(CancellationException.class, () -> await(waiting));
            assertTrue(inOrder.hasNext());
            assertEquals("only", await(inOrder.nextAsync()).result());
        });
    }

    @OnEachCarrier
    void aFutureThatACancelledWaiterWasGivenInTheSamePassGoesToTheNext(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var first = EventLoop.current().<String>createFuture();
            var second = EventLoop.current().<String>createFuture();
            var inOrder = asCompleted(List.of(first, second));
            var waiting = createTask(() -> await(inOrder.nextAsync()));
            var next = createTask(() -> await(inOrder.nextAsync()));
            await(sleep(Duration.ZERO));
            first.complete("first");
            EventLoop.current().callSoon(waiting::cancel);
            assertSame(first, await(next));
            assertTrue(waiting.isCancelled());
            second.complete("second");
            assertSame(second, await(inOrder.nextAsync()));
            assertFalse(inOrder.hasNext());
        });
    }

    @OnEachCarrier
    void theSameHoldsForTheResultsOfAnIteration(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var only = EventLoop.current().<String>createFuture();
            var results = asCompleted(List.of(only)).iterator();
            var waiting = createTask(() -> await(results.next()));
            await(sleep(Duration.ZERO));
            only.complete("only");
            EventLoop.current().callSoon(waiting::cancel);
            assertThrows(CancellationException.class, () -> await(waiting));
            assertEquals("only", await(results.next()));
            assertFalse(results.hasNext());
        });
    }

    @OnEachCarrier
    void moreThanThereAreCannotBeAskedFor(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var inOrder = asCompleted(List.of(sleep(SECOND, "only")));
            await(inOrder.nextAsync());
            assertThrows(NoSuchElementException.class, inOrder::nextAsync);
        });
    }

    @OnEachCarrier
    void aFutureOfAnotherLoopIsRefused(Carrier carrier) throws Exception {
        var foreign = VirtualTime.run(carrier, () -> sleep(Duration.ZERO, "elsewhere"));
        VirtualTime.run(carrier, () -> assertThrows(IllegalStateException.class, () -> asCompleted(List.of(foreign))));
    }
}
