package io.jasyncio;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.Asyncio.gatherOutcomes;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.ErrorLog;
import io.jasyncio.kit.VirtualTime;
import io.jasyncio.spi.LoopRuntime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A failure that nobody looks at is reported, once, and one that somebody has looked at is not (S27). */
@ExtendWith(AsyncioExtension.class)
class NeverRetrievedTest {

    private final IOException problem = new IOException("nobody looks");

    private LoopFuture<Integer> failed() {
        var future = EventLoop.current().<Integer>createFuture();
        future.completeExceptionally(problem);
        return future;
    }

    @Test
    void aFutureIsReportedWhenTheLoopCloses(ErrorLog errors) throws Exception {
        VirtualTime.run(() -> {
            failed();
        });
        var record = errors.take();
        assertTrue(record.getMessage().startsWith("Future exception was never retrieved"), record.getMessage());
        assertSame(problem, record.getThrown());
    }

    @Test
    void aTaskIsReportedByItsName(ErrorLog errors) throws Exception {
        VirtualTime.run(() -> {
            createTask(
                    () -> {
                        throw problem;
                    },
                    TaskOptions.named("careless"));
            await(sleep(Duration.ZERO));
        });
        var record = errors.take();
        assertTrue(record.getMessage().startsWith("Task exception was never retrieved"), record.getMessage());
        assertTrue(record.getMessage().contains("careless"), record.getMessage());
        assertSame(problem, record.getThrown());
    }

    interface Look {
        void at(LoopFuture<Integer> future) throws Throwable;
    }

    record Looking(String name, Look look) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Looking> waysToLook() {
        return Stream.of(
                new Looking("result", LoopFuture::result),
                new Looking("exception", LoopFuture::exception),
                new Looking("await", future -> await(future)),
                new Looking("join", LoopFuture::join),
                new Looking("get", LoopFuture::get),
                new Looking("getNow", future -> future.getNow(0)),
                new Looking("cancel", LoopFuture::cancel),
                new Looking("handle", future -> future.handle((value, failure) -> 1)),
                new Looking("exceptionally", future -> future.exceptionally(failure -> 1)),
                new Looking("gather", future -> await(gather(future))),
                new Looking("gatherOutcomes", future -> await(gatherOutcomes(future))),
                new Looking("waitFor", future -> await(Asyncio.waitFor(future, Duration.ofSeconds(1)))),
                new Looking("in a task", future -> await(createTask(() -> await(future)))));
    }

    @ParameterizedTest
    @MethodSource("waysToLook")
    void whoLooksSilencesTheReport(Looking way) throws Exception {
        VirtualTime.run(() -> {
            try {
                way.look().at(failed());
            } catch (Throwable thrown) {
                assertSame(problem, Failures.unwrap(thrown));
            }
        });
    }

    /** Who has a dependent is in somebody's hands already; it is the dependent that must be looked at. */
    @Test
    void aFailureThatAHandlerTookIsNotReported() throws Exception {
        VirtualTime.run(() -> {
            var future = EventLoop.current().<Integer>createFuture();
            future.exceptionally(failure -> 1);
            future.completeExceptionally(problem);
        });
    }

    @Test
    void aDependentThatNobodyLooksAtIsReported(ErrorLog errors) throws Exception {
        VirtualTime.run(() -> {
            createTask(() -> 1).thenAccept(value -> {
                throw new IllegalStateException("in the function of a stage");
            });
            await(sleep(Duration.ZERO));
        });
        assertEquals(
                "in the function of a stage",
                Failures.unwrap(errors.takeException()).getMessage());
    }

    @Test
    void aFailureThatWasPassedOnIsReportedOnce(ErrorLog errors) throws Exception {
        VirtualTime.run(() -> {
            var future = EventLoop.current().<Integer>createFuture();
            future.thenApply(value -> value + 1).thenApply(value -> value + 1);
            future.completeExceptionally(problem);
        });
        assertSame(problem, Failures.unwrap(errors.takeException()));
    }

    @Test
    void aDependentThatSomebodyLooksAtIsNotReported() throws Exception {
        VirtualTime.run(() -> {
            var dependent = failed().thenApply(value -> value + 1);
            assertSame(problem, assertThrows(IOException.class, () -> await(dependent)));
        });
    }

    /** S75: the first failure is the gathering's, and the others are not lost in silence but were looked at. */
    @Test
    void aCancelledFutureIsNoFailure() throws Exception {
        VirtualTime.run(() -> {
            EventLoop.current().createFuture().cancel();
            createTask(() -> await(sleep(Duration.ofHours(1)))).cancel();
            await(sleep(Duration.ZERO));
        });
    }

    /** asyncio's wait says who has ended, but does not look how. */
    @Test
    void waitDoesNotLook(ErrorLog errors) throws Exception {
        VirtualTime.run(() -> {
            await(Asyncio.wait(List.of(failed())));
        });
        assertSame(problem, errors.takeException());
    }

    @Test
    void theHandlerOfTheLoopIsTold() throws Exception {
        var seen = new CompletableFuture<ErrorContext>();
        VirtualTime.run(() -> {
            EventLoop.current().setExceptionHandler((loop, context) -> seen.complete(context));
            failed();
        });
        assertEquals("Future exception was never retrieved", seen.join().message());
        assertSame(problem, seen.join().exception());
    }

    /** What the garbage collector does to a future that nobody holds, without waiting for it to happen. */
    @Test
    void aFutureThatBecameGarbageIsReportedInTheNextIdleMoment(ErrorLog errors) throws Exception {
        VirtualTime.run(() -> {
            var runtime = (LoopRuntime) EventLoop.current();
            var record = runtime.services().failures().track(new LoopFuture<>(runtime), problem);
            await(sleep(Duration.ofSeconds(1)));
            assertEquals(List.of(), errors.takeMessages());
            assertTrue(record.enqueue());
            await(sleep(Duration.ofSeconds(1)));
            assertSame(problem, errors.takeException());
        });
    }

    @Test
    void aFailureThatWasLookedAtIsNotReportedAsGarbage() throws Exception {
        VirtualTime.run(() -> {
            var runtime = (LoopRuntime) EventLoop.current();
            var record = runtime.services().failures().track(new LoopFuture<>(runtime), problem);
            assertSame(problem, record.retrieve());
            record.enqueue();
            await(sleep(Duration.ofSeconds(1)));
        });
    }
}
