package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static java.time.Duration.ZERO;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import java.util.List;
import java.util.function.Consumer;

/** S22, S23 in direct style. */
class DonecallbacksDirect {

    @Twin("callbacks_never_run_inline")
    void callbacksNeverRunInline(Trace trace) throws Exception {
        completeWithCallbacks(trace);
        await(sleep(ZERO));
        trace.add("main one");
        await(sleep(ZERO));
        trace.add("main two");
    }

    static void completeWithCallbacks(Trace trace) {
        var loop = EventLoop.current();
        var future = loop.<String>createFuture();
        future.addDoneCallback(done -> trace.add("one", done.getNow("none yet")));
        future.addDoneCallback(done -> {
            trace.add("adder");
            done.addDoneCallback(again -> trace.add("added by a callback"));
            trace.add("adder ends");
        });
        loop.callSoon(() -> trace.add("soon"));
        future.complete("value");
        trace.add("completed");
        future.addDoneCallback(done -> trace.add("added after the end"));
        trace.add("main goes on");
    }

    @Twin("a_wakeup_stands_among_the_callbacks")
    void aWakeupStandsAmongTheCallbacks(Trace trace) throws Exception {
        var future = EventLoop.current().<String>createFuture();
        future.addDoneCallback(done -> trace.add("callback one"));
        createTask(() -> awaitAndSay(future, trace, "waiter one"));
        await(sleep(ZERO));
        future.addDoneCallback(done -> trace.add("callback two"));
        createTask(() -> awaitAndSay(future, trace, "waiter two"));
        await(sleep(ZERO));
        future.addDoneCallback(done -> trace.add("callback three"));
        future.complete(null);
        await(sleep(ZERO));
        trace.add("main");
    }

    private static void awaitAndSay(LoopFuture<String> future, Trace trace, String name) throws Exception {
        await(future);
        trace.add(name);
    }

    @Twin("a_callback_that_fails_harms_nobody")
    void aCallbackThatFailsHarmsNobody(Trace trace) throws Exception {
        trace.add("main", await(futureWithFailingCallback(trace)));
    }

    static LoopFuture<String> futureWithFailingCallback(Trace trace) {
        var loop = EventLoop.current();
        loop.setExceptionHandler((on, context) -> trace.add("handler", context.exception()));
        var future = loop.<String>createFuture();
        future.addDoneCallback(done -> trace.add("one"));
        future.addDoneCallback(done -> {
            throw new Boom();
        });
        future.addDoneCallback(done -> trace.add("three"));
        loop.callSoon(() -> future.complete("value"));
        return future;
    }

    @Twin("a_removed_callback_is_removed_as_often_as_it_was_added")
    void aRemovedCallbackIsRemovedAsOftenAsItWasAdded(Trace trace) throws Exception {
        var future = EventLoop.current().<String>createFuture();
        var two = completeAfterRemoval(trace, future);
        await(sleep(ZERO));
        trace.add("removed at the end", future.removeDoneCallback(two));
    }

    static Consumer<LoopFuture<String>> completeAfterRemoval(Trace trace, LoopFuture<String> future) {
        Consumer<LoopFuture<String>> one = done -> trace.add("one");
        Consumer<LoopFuture<String>> two = done -> trace.add("two");
        List.of(one, two, one, one).forEach(future::addDoneCallback);
        trace.add("removed", future.removeDoneCallback(one), future.removeDoneCallback(one));
        future.complete(null);
        return two;
    }

    @Twin("a_scheduled_callback_cannot_be_removed")
    void aScheduledCallbackCannotBeRemoved(Trace trace) throws Exception {
        removeScheduled(trace);
        await(sleep(ZERO));
        trace.add("main");
    }

    static void removeScheduled(Trace trace) {
        var future = EventLoop.current().<String>createFuture();
        Consumer<LoopFuture<String>> two = done -> trace.add("two");
        future.addDoneCallback(done -> trace.add("one removes", done.removeDoneCallback(two)));
        future.addDoneCallback(two);
        future.complete(null);
        trace.add("main removes", future.removeDoneCallback(two));
    }
}
