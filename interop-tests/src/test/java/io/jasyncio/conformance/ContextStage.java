package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.Asyncio.toThread;
import static io.jasyncio.Asyncio.waitFor;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Ending.known;
import static io.jasyncio.conformance.Ending.napStage;
import static io.jasyncio.conformance.Ending.onePass;

import io.jasyncio.Context;
import io.jasyncio.ContextVar;
import io.jasyncio.EventLoop;
import io.jasyncio.Task;
import io.jasyncio.TaskOptions;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;

/**
 * S126 and S123 in stage style. The supplier of a task's chain runs in the task's context. A function further down the chain
 * is called by whoever completes the stage, so it keeps the context from the supplier and enters it.
 */
class ContextStage {

    private static final ContextVar<String> VARIABLE = new ContextVar<>("variable", "default");

    private static String valueIn(Context context) {
        return in(context, VARIABLE::get);
    }

    private static <T> T in(Context context, Callable<T> function) {
        return Face.sneaky(() -> context.call(function));
    }

    @Twin("a_task_sees_its_creator_and_is_not_seen_by_it")
    CompletionStage<?> aTaskSeesItsCreatorAndIsNotSeenByIt(Trace trace) {
        var creator = Context.current();
        VARIABLE.set("of the creator");
        return createStageTask(() -> {
                    var mine = Context.current();
                    trace.add("task", VARIABLE.get());
                    VARIABLE.set("of the task");
                    return napStage(1).thenRun(() -> trace.add("task", valueIn(mine)));
                })
                .thenRun(() -> trace.add("creator", valueIn(creator)));
    }

    @Twin("a_task_sees_what_was_set_when_it_was_created")
    CompletionStage<?> aTaskSeesWhatWasSetWhenItWasCreated(Trace trace) {
        VARIABLE.set("before");
        var task = createStageTask(() -> {
            trace.add("task", VARIABLE.get());
            return known(null);
        });
        VARIABLE.set("after");
        return task;
    }

    @Twin("siblings_do_not_see_each_other")
    CompletionStage<?> siblingsDoNotSeeEachOther(Trace trace) {
        var parent = Context.current();
        return gather(sibling(trace, "one"), sibling(trace, "two")).thenRun(() -> trace.add("parent", valueIn(parent)));
    }

    private static Task<Void> sibling(Trace trace, String name) {
        return createStageTask(() -> {
            var mine = Context.current();
            VARIABLE.set(name);
            return onePass()
                    .thenRun(() -> trace.add(name, valueIn(mine)))
                    .thenCompose(first -> onePass())
                    .thenRun(() -> trace.add(name, valueIn(mine)));
        });
    }

    @Twin("callbacks_see_what_was_set_when_they_were_scheduled")
    CompletionStage<?> callbacksSeeWhatWasSetWhenTheyWereScheduled(Trace trace) {
        var loop = EventLoop.current();
        var mine = Context.current();
        var future = loop.createFuture();
        VARIABLE.set("for soon");
        loop.callSoon(() -> callback(trace, "soon"));
        VARIABLE.set("for later");
        loop.callLater(seconds(1), () -> callback(trace, "later"));
        VARIABLE.set("for done");
        future.addDoneCallback(done -> callback(trace, "done"));
        VARIABLE.set("of the task");
        return napStage(2)
                .thenRun(() -> future.complete(null))
                .thenCompose(completed -> onePass())
                .thenRun(() -> trace.add("task", valueIn(mine)));
    }

    private static void callback(Trace trace, String name) {
        trace.add(name, VARIABLE.get());
        VARIABLE.set("of a callback");
    }

    @Twin("what_is_awaited_directly_shares_the_context")
    CompletionStage<?> whatIsAwaitedDirectlySharesTheContext(Trace trace) {
        var mine = Context.current();
        return setAndNap()
                .thenRun(() -> trace.add(valueIn(mine)))
                .thenCompose(shown -> waitFor(in(mine, ContextStage::setAndNap), seconds(5)))
                .thenRun(() -> trace.add(valueIn(mine)));
    }

    private static CompletionStage<Void> setAndNap() {
        VARIABLE.set("of the body");
        return napStage(1);
    }

    @Twin("a_task_may_be_given_the_very_context_to_run_in")
    CompletionStage<?> aTaskMayBeGivenTheVeryContextToRunIn(Trace trace) {
        var mine = Context.current();
        var context = Context.current().copy();
        return setter(trace, "one", context)
                .thenCompose(one -> setter(trace, "two", context))
                .thenRun(() -> trace.add("context", valueIn(context), "creator", valueIn(mine)));
    }

    private static Task<Void> setter(Trace trace, String value, Context context) {
        return createStageTask(
                () -> {
                    trace.add("task", VARIABLE.get());
                    VARIABLE.set(value);
                    return known(null);
                },
                TaskOptions.DEFAULT.in(context));
    }

    @Twin("a_callback_may_be_given_the_very_context_to_run_in")
    CompletionStage<?> aCallbackMayBeGivenTheVeryContextToRunIn(Trace trace) {
        var loop = EventLoop.current();
        var mine = Context.current();
        var context = mine.copy();
        loop.callSoon(() -> VARIABLE.set("of a callback"), context);
        loop.callSoon(() -> trace.add("next", VARIABLE.get()), context);
        return onePass().thenRun(() -> trace.add("creator", valueIn(mine)));
    }

    @Twin("a_value_that_was_set_can_be_taken_back")
    CompletionStage<?> aValueThatWasSetCanBeTakenBack(Trace trace) {
        var mine = Context.current();
        var bare = new ContextVar<String>("bare");
        var first = bare.set("first");
        var second = bare.set("second");
        return onePass()
                .thenApply(passed -> in(mine, () -> {
                    bare.reset(second);
                    trace.add(bare.get());
                    bare.reset(first);
                    return first;
                }))
                .thenApply(used -> in(mine, () -> {
                    try {
                        return bare.get();
                    } catch (NoSuchElementException unset) {
                        trace.add(unset);
                    }
                    bare.reset(used);
                    return "not reached";
                }))
                .exceptionally(refused -> {
                    trace.add("the token is used up");
                    return "refused";
                });
    }

    @Twin("a_value_cannot_be_taken_back_in_another_task")
    CompletionStage<?> aValueCannotBeTakenBackInAnotherTask(Trace trace) {
        var token = VARIABLE.set("of the creator");
        return createStageTask(() -> {
            try {
                VARIABLE.reset(token);
            } catch (IllegalArgumentException refused) {
                trace.add(refused, VARIABLE.get());
            }
            return known(null);
        });
    }

    @Twin("to_thread_takes_the_context_along_and_an_executor_does_not")
    CompletionStage<?> toThreadTakesTheContextAlongAndAnExecutorDoesNot(Trace trace) {
        var loop = EventLoop.current();
        var mine = Context.current();
        VARIABLE.set("of the task");
        return toThread(ContextStage::work)
                .thenAccept(seen -> trace.add("to_thread", seen))
                .thenCompose(shown -> loop.runInExecutor(null, VARIABLE::get))
                .thenAccept(seen -> trace.add("executor", seen))
                .thenRun(() -> trace.add("task", valueIn(mine)));
    }

    private static String work() {
        var seen = VARIABLE.get();
        VARIABLE.set("of the thread");
        return seen;
    }
}
