package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;

import io.jasyncio.CoroutineAction;
import io.jasyncio.EventLoop;

/** S6-S10 in Java. */
class RunningDirect {

    @Twin(value = "stop_lets_the_iteration_end", plain = true)
    void stopLetsTheIterationEnd(Trace trace) {
        var loop = EventLoop.create(trace.options());
        loop.callSoon(() -> {
            trace.add("stopper");
            loop.callSoon(() -> trace.add("from the stopper"));
            loop.stop();
        });
        loop.callSoon(() -> {
            trace.add("behind");
            loop.callSoon(() -> trace.add("from behind"));
            loop.callSoon(loop::stop);
        });
        loop.runForever();
        trace.add("stopped", loop.isRunning(), loop.isClosed());
        loop.runForever();
        trace.add("stopped again");
        loop.close();
    }

    @Twin(value = "stop_before_the_run_gives_one_iteration", plain = true)
    void stopBeforeTheRunGivesOneIteration(Trace trace) {
        var loop = EventLoop.create(trace.options());
        loop.callLater(ofSeconds(1), () -> {
            trace.add("timer");
            loop.stop();
        });
        loop.callSoon(() -> loop.callSoon(() -> trace.add("added in the iteration")));
        loop.callSoon(() -> trace.add("ready"));
        loop.stop();
        loop.runForever();
        trace.add("left at", loop.time() / 1_000_000);
        loop.runForever();
        trace.add("left at", loop.time() / 1_000_000);
        loop.close();
    }

    @Twin(value = "stop_before_the_future_is_done", plain = true)
    void stopBeforeTheFutureIsDone(Trace trace) throws Exception {
        var loop = EventLoop.create(trace.options());
        var future = loop.<String>createFuture();
        loop.callSoon(loop::stop);
        try {
            loop.runUntilComplete(future);
        } catch (IllegalStateException refused) {
            trace.add(refused, future.isDone());
        }
        loop.callLater(ofSeconds(1), () -> future.complete("value"));
        trace.add(loop.runUntilComplete(future));
        loop.close();
    }

    @Twin(
            value = "an_exit_leaves_the_loop_at_once",
            plain = true,
            because = "the JVM has no exception that means exit: whatever a callback throws, an Error too, goes to the"
                    + " handler, and the loop goes on",
            trace = {"leave", "handler Fatal", "behind", "stopped"})
    void anExitLeavesTheLoopAtOnce(Trace trace) {
        var loop = EventLoop.create(trace.options());
        loop.setExceptionHandler((on, context) -> trace.add("handler", context.exception()));
        loop.callSoon(() -> {
            trace.add("leave");
            throw new Fatal();
        });
        loop.callSoon(() -> trace.add("behind"));
        loop.callSoon(loop::stop);
        try {
            loop.runForever();
        } catch (Fatal left) {
            trace.add("left by", left, loop.isRunning());
            loop.runForever();
        }
        trace.add("stopped");
        loop.close();
    }

    @Twin(value = "a_closed_loop_refuses_everything", plain = true)
    void aClosedLoopRefusesEverything(Trace trace) throws Exception {
        var loop = EventLoop.create(trace.options());
        var future = loop.createFuture();
        loop.close();
        loop.close();
        trace.add("closed", loop.isClosed(), loop.isRunning());
        attempt(trace, "soon", () -> loop.callSoon(() -> trace.add("never")));
        attempt(trace, "later", () -> loop.callLater(ofSeconds(1), () -> trace.add("never")));
        attempt(trace, "at", () -> loop.callAt(1, () -> trace.add("never")));
        attempt(trace, "threadsafe", () -> loop.callSoonThreadsafe(() -> trace.add("never")));
        attempt(trace, "executor", () -> loop.runInExecutor(null, () -> "never"));
        attempt(trace, "forever", loop::runForever);
        attempt(trace, "complete", () -> loop.runUntilComplete(future));
    }

    static void attempt(Trace trace, String name, CoroutineAction call) throws Exception {
        try {
            call.run();
            trace.add(name, "accepted");
        } catch (IllegalStateException refused) {
            trace.add(name, refused);
        }
    }

    @Twin(value = "closing_drops_what_is_queued", plain = true)
    void closingDropsWhatIsQueued(Trace trace) {
        var loop = EventLoop.create(trace.options());
        loop.callSoon(() -> {
            try {
                loop.close();
            } catch (IllegalStateException refused) {
                trace.add("close while running", refused);
            }
            loop.callSoon(() -> trace.add("never"));
            loop.callLater(ZERO, () -> trace.add("never"));
            loop.stop();
        });
        loop.runForever();
        loop.close();
        trace.add("closed", loop.isClosed());
    }

    @Twin("a_running_loop_cannot_be_run")
    void aRunningLoopCannotBeRun(Trace trace) throws Exception {
        var running = EventLoop.current();
        try (var other = EventLoop.create(trace.options())) {
            attempt(trace, "same", () -> running.runUntilComplete(running.createFuture()));
            attempt(trace, "other", () -> other.runUntilComplete(other.createFuture()));
            await(sleep(ZERO));
            trace.add("running", running.isRunning(), other.isRunning());
        }
    }
}
