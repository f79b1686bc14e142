package io.jasyncio;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.Steps;
import io.jasyncio.kit.VirtualTime;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bodies in direct style, on every carrier: at any time one of them runs, on behalf of the loop. */
@ExtendWith(AsyncioExtension.class)
class DirectStyleTest {

    private static final Duration TICK = Duration.ZERO;
    private static final Duration SECOND = Duration.ofSeconds(1);

    @OnEachCarrier
    void loopTaskAndContextAreRightInsideBeforeAndAfterAnAwait(Carrier carrier) throws Exception {
        var user = new ContextVar<>("user", "nobody");
        VirtualTime.run(carrier, () -> {
            var loop = EventLoop.current();
            var own = Asyncio.currentTask();
            user.set("main");
            var tasks = new Task<?>[2];
            for (var i = 0; i < tasks.length; i++) {
                var number = i;
                tasks[i] = createTask(() -> {
                    assertEquals("main", user.get());
                    user.set("task " + number);
                    for (var round = 0; round < 3; round++) {
                        assertSame(loop, EventLoop.current());
                        assertTrue(loop.isCurrent());
                        assertSame(tasks[number], Asyncio.currentTask());
                        assertSame(tasks[number].getContext(), Context.current());
                        assertEquals("task " + number, user.get());
                        await(sleep(round == 0 ? SECOND : TICK));
                    }
                });
            }
            await(Asyncio.gather(tasks[0], tasks[1]));
            assertSame(own, Asyncio.currentTask());
            assertEquals("main", user.get());
        });
        assertEquals("nobody", user.get());
    }

    @OnEachCarrier
    void aCallbackBetweenTwoStepsHasNoTask(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var loop = EventLoop.current();
            var seen = loop.<Task<?>>createFuture();
            loop.callSoon(() -> seen.complete(loop.currentTask()));
            assertNull(await(seen));
        });
    }

    @OnEachCarrier
    void afterTheLastStepNothingIsCurrent(Carrier carrier) throws Exception {
        var loop = VirtualTime.run(carrier, EventLoop::current);
        assertFalse(loop.isCurrent());
        assertNull(loop.currentTask());
        assertThrows(IllegalStateException.class, EventLoop::current);
    }

    /** The compiler believes that await throws only Exception, and that is what it throws: the original, unwrapped. */
    @OnEachCarrier
    void aCheckedExceptionIsCaughtByItsOwnType(Carrier carrier) throws Exception {
        var problem = new FileNotFoundException("no such file");
        VirtualTime.run(carrier, () -> {
            var failing = createTask(() -> {
                await(sleep(TICK));
                throw problem;
            });
            try {
                await(failing);
                throw new AssertionError("the failure was lost");
            } catch (IOException caught) {
                assertSame(problem, caught);
                assertEquals(0, caught.getSuppressed().length);
            }
        });
    }

    /** S25. */
    @OnEachCarrier
    void allWhoAwaitGetTheSameInstance(Carrier carrier) throws Exception {
        var problem = new Exception("one for all");
        VirtualTime.run(carrier, () -> {
            var future = EventLoop.current().<Object>createFuture();
            var first = createTask(() -> assertThrows(Exception.class, () -> await(future)));
            var second = createTask(() -> assertThrows(Exception.class, () -> await(future.thenApply(value -> value))));
            await(sleep(TICK));
            future.completeExceptionally(problem);
            assertSame(problem, await(first));
            assertSame(problem, await(second));
        });
    }

    @OnEachCarrier
    void aFailureOfAForeignStageIsUnwrapped(Carrier carrier) throws Exception {
        var problem = new IOException("of another library");
        VirtualTime.run(carrier, () -> {
            var ended = CompletableFuture.failedFuture(problem).thenApply(value -> value);
            assertSame(problem, assertThrows(IOException.class, () -> await(ended)));
            var pending = new CompletableFuture<Integer>();
            EventLoop.current().callLater(SECOND, () -> pending.completeExceptionally(problem));
            var dependent = pending.thenApply(value -> value).thenCompose(CompletableFuture::completedFuture);
            assertSame(problem, assertThrows(IOException.class, () -> await(dependent)));
        });
    }

    /** S24. */
    @OnEachCarrier
    void anAwaitOfWhatHasEndedDoesNotSuspend(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            EventLoop.current().callSoon(() -> steps.finish(3));
            steps.expect(1);
            await(CompletableFuture.completedFuture(1));
            await(EventLoop.current().createFuture().completeAsync(() -> 1, Runnable::run));
            steps.expect(2);
            await(sleep(TICK));
        });
    }

    /** S31. */
    @OnEachCarrier
    void theCreatorGoesOnFirst(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            createTask(() -> steps.expect(2));
            createTask(() -> steps.expect(3));
            steps.expect(1);
            await(sleep(TICK));
            steps.finish(4);
        });
    }

    /** S35. */
    @OnEachCarrier
    void anEagerTaskRunsItsFirstStepInsideOfTheCall(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var creator = Asyncio.currentTask();
            steps.expect(1);
            var task = createTask(
                    () -> {
                        steps.expect(2);
                        var self = Asyncio.currentTask();
                        assertFalse(self == creator);
                        assertTrue(Asyncio.allTasks().contains(self));
                        await(sleep(SECOND));
                        assertSame(self, Asyncio.currentTask());
                        steps.expect(4);
                        return "late";
                    },
                    TaskOptions.DEFAULT.eager());
            steps.expect(3);
            assertSame(creator, Asyncio.currentTask());
            assertFalse(task.isDone());
            assertEquals("late", await(task));
            steps.finish(5);
        });
    }

    @OnEachCarrier
    void anEagerTaskThatDoesNotWaitHasEndedAtOnce(Carrier carrier) throws Exception {
        var problem = new IOException("eager");
        VirtualTime.run(carrier, () -> {
            var task = createTask(() -> 5, TaskOptions.DEFAULT.eager());
            assertTrue(task.isDone());
            assertEquals(5, task.result());
            var failing = createTask(
                    () -> {
                        throw problem;
                    },
                    TaskOptions.DEFAULT.eager());
            assertSame(problem, failing.exception());
        });
    }

    @OnEachCarrier
    void eagerTasksNest(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var outer = createTask(
                    () -> {
                        steps.expect(1);
                        var inner = createTask(
                                () -> {
                                    steps.expect(2);
                                    await(sleep(TICK));
                                    steps.expect(4);
                                },
                                TaskOptions.DEFAULT.eager());
                        steps.expect(3);
                        await(inner);
                        steps.expect(5);
                    },
                    TaskOptions.DEFAULT.eager());
            await(outer);
            steps.finish(6);
        });
    }

    @OnEachCarrier
    void anEagerTaskStartsInACallbackToo(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var loop = EventLoop.current();
            loop.callSoon(() -> {
                steps.expect(1);
                loop.createTask(
                        () -> {
                            steps.expect(2);
                            return null;
                        },
                        TaskOptions.DEFAULT.eager());
                assertNull(loop.currentTask());
                steps.expect(3);
            });
            await(sleep(TICK));
            steps.finish(4);
        });
    }

    /** Deep in the calls of a body, not only in its lambda. */
    @OnEachCarrier
    void anAwaitMayStandDeepInTheCallStack(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            assertEquals(500_500, sumDownFrom(1000));
        });
    }

    private static int sumDownFrom(int number) throws Exception {
        return number == 0 ? await(sleep(TICK, 0)) : number + sumDownFrom(number - 1);
    }

    @OnEachCarrier
    void aBodyThatOverflowsItsStackFailsAlone(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var deep = createTask(() -> recurse(0));
            assertThrows(StackOverflowError.class, () -> await(deep));
            assertEquals(1, await(createTask(() -> 1)));
        });
    }

    private static int recurse(int depth) {
        return recurse(depth + 1) + 1;
    }
}
