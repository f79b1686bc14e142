package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.gather;
import static io.jasyncio.Asyncio.toThread;
import static io.jasyncio.Asyncio.waitFor;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.Ending.onePass;

import io.jasyncio.Context;
import io.jasyncio.ContextVar;
import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;
import io.jasyncio.TaskOptions;
import java.util.NoSuchElementException;

/** S126 and S123 in direct style. */
class ContextDirect {

    private static final ContextVar<String> VARIABLE = new ContextVar<>("variable", "default");

    @Twin("a_task_sees_its_creator_and_is_not_seen_by_it")
    void aTaskSeesItsCreatorAndIsNotSeenByIt(Trace trace) throws Exception {
        VARIABLE.set("of the creator");
        await(createTask(() -> {
            trace.add("task", VARIABLE.get());
            VARIABLE.set("of the task");
            nap(1);
            trace.add("task", VARIABLE.get());
        }));
        trace.add("creator", VARIABLE.get());
    }

    @Twin("a_task_sees_what_was_set_when_it_was_created")
    void aTaskSeesWhatWasSetWhenItWasCreated(Trace trace) throws Exception {
        VARIABLE.set("before");
        var task = createTask(() -> trace.add("task", VARIABLE.get()));
        VARIABLE.set("after");
        await(task);
    }

    @Twin("siblings_do_not_see_each_other")
    void siblingsDoNotSeeEachOther(Trace trace) throws Exception {
        await(gather(createTask(sibling(trace, "one")), createTask(sibling(trace, "two"))));
        trace.add("parent", VARIABLE.get());
    }

    private static CoroutineAction sibling(Trace trace, String name) {
        return () -> {
            VARIABLE.set(name);
            await(onePass());
            trace.add(name, VARIABLE.get());
            await(onePass());
            trace.add(name, VARIABLE.get());
        };
    }

    @Twin("callbacks_see_what_was_set_when_they_were_scheduled")
    void callbacksSeeWhatWasSetWhenTheyWereScheduled(Trace trace) throws Exception {
        var loop = EventLoop.current();
        var future = loop.createFuture();
        VARIABLE.set("for soon");
        loop.callSoon(() -> callback(trace, "soon"));
        VARIABLE.set("for later");
        loop.callLater(seconds(1), () -> callback(trace, "later"));
        VARIABLE.set("for done");
        future.addDoneCallback(done -> callback(trace, "done"));
        VARIABLE.set("of the task");
        nap(2);
        future.complete(null);
        await(onePass());
        trace.add("task", VARIABLE.get());
    }

    static void callback(Trace trace, String name) {
        trace.add(name, VARIABLE.get());
        VARIABLE.set("of a callback");
    }

    @Twin("what_is_awaited_directly_shares_the_context")
    void whatIsAwaitedDirectlySharesTheContext(Trace trace) throws Exception {
        setAndNap();
        trace.add(VARIABLE.get());
        waitFor(
                () -> {
                    setAndNap();
                    return null;
                },
                seconds(5));
        trace.add(VARIABLE.get());
    }

    private static void setAndNap() throws Exception {
        VARIABLE.set("of the body");
        nap(1);
    }

    @Twin("a_task_may_be_given_the_very_context_to_run_in")
    void aTaskMayBeGivenTheVeryContextToRunIn(Trace trace) throws Exception {
        var context = Context.current().copy();
        await(createTask(setter(trace, "one"), TaskOptions.DEFAULT.in(context)));
        await(createTask(setter(trace, "two"), TaskOptions.DEFAULT.in(context)));
        trace.add("context", context.call(VARIABLE::get), "creator", VARIABLE.get());
    }

    private static CoroutineAction setter(Trace trace, String value) {
        return () -> {
            trace.add("task", VARIABLE.get());
            VARIABLE.set(value);
        };
    }

    @Twin("a_callback_may_be_given_the_very_context_to_run_in")
    void aCallbackMayBeGivenTheVeryContextToRunIn(Trace trace) throws Exception {
        var loop = EventLoop.current();
        var context = Context.current().copy();
        loop.callSoon(() -> VARIABLE.set("of a callback"), context);
        loop.callSoon(() -> trace.add("next", VARIABLE.get()), context);
        await(onePass());
        trace.add("creator", VARIABLE.get());
    }

    @Twin("a_value_that_was_set_can_be_taken_back")
    void aValueThatWasSetCanBeTakenBack(Trace trace) {
        var bare = new ContextVar<String>("bare");
        var first = bare.set("first");
        var second = bare.set("second");
        bare.reset(second);
        trace.add(bare.get());
        bare.reset(first);
        try {
            bare.get();
        } catch (NoSuchElementException unset) {
            trace.add(unset);
        }
        try {
            bare.reset(first);
        } catch (IllegalArgumentException refused) {
            trace.add("the token is used up");
        }
    }

    @Twin("a_value_cannot_be_taken_back_in_another_task")
    void aValueCannotBeTakenBackInAnotherTask(Trace trace) throws Exception {
        var token = VARIABLE.set("of the creator");
        await(createTask(() -> {
            try {
                VARIABLE.reset(token);
            } catch (IllegalArgumentException refused) {
                trace.add(refused, VARIABLE.get());
            }
        }));
    }

    @Twin("to_thread_takes_the_context_along_and_an_executor_does_not")
    void toThreadTakesTheContextAlongAndAnExecutorDoesNot(Trace trace) throws Exception {
        VARIABLE.set("of the task");
        trace.add("to_thread", await(toThread(ContextDirect::work)));
        trace.add("executor", await(EventLoop.current().runInExecutor(null, VARIABLE::get)));
        trace.add("task", VARIABLE.get());
    }

    private static String work() {
        var seen = VARIABLE.get();
        VARIABLE.set("of the thread");
        return seen;
    }
}
