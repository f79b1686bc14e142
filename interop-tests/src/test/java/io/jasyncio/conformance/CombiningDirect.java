package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.asCompleted;
import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.ensureFuture;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.Asyncio.shield;
import static io.jasyncio.Asyncio.sleep;
import static io.jasyncio.conformance.Children.after;
import static io.jasyncio.conformance.Children.failAfter;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Children.sleeper;

import io.jasyncio.Asyncio;
import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Shield, ensureFuture and the passes of all that combines, in direct style. */
class CombiningDirect {

    @Twin("a_shield_keeps_a_cancellation_from_the_inner_future")
    void aShieldKeepsACancellationFromTheInnerFuture(Trace trace) throws Exception {
        var inner = createTask(sleeper(trace, "inner", 3));
        var task = createTask(() -> {
            try {
                await(shield(inner));
            } catch (CancellationException cancelled) {
                trace.add("outer", cancelled, "inner", inner.isDone(), millis());
            }
            await(inner);
        });
        await(sleep(seconds(1)));
        task.cancel();
        await(task);
        trace.add("after", millis());
    }

    @Twin("a_shield_ends_as_the_inner_future_does")
    void aShieldEndsAsTheInnerFutureDoes(Trace trace) throws Exception {
        trace.add(await(shield(createTask(after(1, "value")))));
        try {
            await(shield(createTask(failAfter(1, "bad"))));
        } catch (Boom failed) {
            trace.add(failed, failed.getMessage());
        }
        var inner = createTask(sleeper(trace, "inner", 10));
        var outer = shield(inner);
        await(sleep(seconds(1)));
        inner.cancel();
        await(Asyncio.wait(List.of(outer)));
        trace.add("outer cancelled", outer.isCancelled());
    }

    @Twin("a_shield_of_an_ended_future_is_that_future")
    void aShieldOfAnEndedFutureIsThatFuture(Trace trace) throws Exception {
        LoopFuture<String> ended = EventLoop.current().createFuture();
        ended.complete("x");
        trace.add(shield(ended) == ended);
    }

    @Twin("a_shield_in_a_gather_is_left_out_of_its_cancellation")
    void aShieldInAGatherIsLeftOutOfItsCancellation(Trace trace) throws Exception {
        var inner = createTask(sleeper(trace, "inner", 2));
        var together = gather(shield(inner), createTask(sleeper(trace, "child", 10)));
        await(sleep(seconds(1)));
        together.cancel();
        try {
            await(together);
        } catch (CancellationException cancelled) {
            trace.add(cancelled, millis());
        }
        await(inner);
    }

    @Twin("ensure_future_gives_a_future_back_as_it_is")
    void ensureFutureGivesAFutureBackAsItIs(Trace trace) throws Exception {
        LoopFuture<String> future = EventLoop.current().createFuture();
        var task = createTask(after(0, "x"));
        trace.add(ensureFuture(future) == future, ensureFuture(task) == task);
        await(task);
    }

    @Twin("the_passes_of_what_combines")
    void thePassesOfWhatCombines(Trace trace) throws Exception {
        CoroutineAction immediate = () -> {};
        var passes = Passes.start();
        await(createTask(immediate));
        trace.add("task", passes.stop());
        passes = Passes.start();
        await(gather(createTask(immediate), createTask(immediate)));
        trace.add("gather", passes.stop());
        passes = Passes.start();
        await(Asyncio.wait(List.of(createTask(immediate))));
        trace.add("wait", passes.stop());
        passes = Passes.start();
        await(shield(createTask(immediate)));
        trace.add("shield", passes.stop());
        passes = Passes.start();
        for (var following : asCompleted(List.of(createTask(immediate)))) {
            await(following);
        }
        trace.add("as completed", passes.stop());
    }

    @Twin("the_passes_of_what_combines_ended_futures")
    void thePassesOfWhatCombinesEndedFutures(Trace trace) throws Exception {
        LoopFuture<String> ended = EventLoop.current().createFuture();
        ended.complete("x");
        var passes = Passes.start();
        await(ended);
        trace.add("future", passes.stop());
        passes = Passes.start();
        await(gather(ended, ended));
        trace.add("gather", passes.stop());
        passes = Passes.start();
        await(Asyncio.wait(List.of(ended)));
        trace.add("wait", passes.stop());
        passes = Passes.start();
        await(shield(ended));
        trace.add("shield", passes.stop());
        passes = Passes.start();
        for (var following : asCompleted(List.of(ended))) {
            await(following);
        }
        trace.add("as completed", passes.stop());
    }
}
