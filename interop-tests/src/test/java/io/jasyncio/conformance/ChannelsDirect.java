package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;

import io.jasyncio.EventLoop;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** S1, S2, S4 with channels, in direct style. */
class ChannelsDirect {

    @Twin("channels_go_between_ready_callbacks_and_timers")
    void channelsGoBetweenReadyCallbacksAndTimers(Trace trace) throws Exception {
        try (var pipe = new ReadyPipe()) {
            watchBesideTimer(trace, pipe);
            await(sleep(ZERO));
            trace.add("main one");
            await(sleep(ZERO));
            trace.add("main two");
            await(sleep(ZERO));
            EventLoop.current().removeReader(pipe.source);
        }
    }

    static void watchBesideTimer(Trace trace, ReadyPipe pipe) {
        var loop = EventLoop.current();
        loop.callLater(ofMillis(10), () -> {
            trace.add("timer");
            loop.callSoon(() -> trace.add("after the timer"));
        });
        loop.addReader(pipe.source, () -> {
            trace.add("channel");
            pipe.read();
            loop.callSoon(() -> trace.add("after the channel"));
        });
        loop.callSoon(() -> trace.add("soon"));
        trace.advance(ofMillis(20));
    }

    @Twin("a_reader_is_called_as_long_as_there_is_something_to_read")
    void aReaderIsCalledAsLongAsThereIsSomethingToRead(Trace trace) throws Exception {
        var loop = EventLoop.current();
        try (var pipe = new ReadyPipe()) {
            readAtTheThirdCall(trace, pipe);
            for (var turn = 0; turn < 5; turn++) {
                await(sleep(ZERO));
                trace.add("main", turn);
            }
            trace.add("removed", loop.removeReader(pipe.source), loop.removeReader(pipe.source));
        }
    }

    static void readAtTheThirdCall(Trace trace, ReadyPipe pipe) {
        var calls = new AtomicInteger();
        EventLoop.current().addReader(pipe.source, () -> {
            trace.add("call", calls.incrementAndGet());
            if (calls.get() == 3) {
                pipe.read();
            }
        });
    }

    @Twin("a_new_reader_replaces_the_old_one")
    void aNewReaderReplacesTheOldOne(Trace trace) throws Exception {
        try (var pipe = new ReadyPipe()) {
            replaceReader(trace, pipe);
            await(sleep(ZERO));
            await(sleep(ZERO));
            await(sleep(ZERO));
            trace.add("main");
        }
    }

    static void replaceReader(Trace trace, ReadyPipe pipe) {
        var loop = EventLoop.current();
        loop.addReader(pipe.source, () -> trace.add("old"));
        loop.addReader(pipe.source, () -> {
            trace.add("new");
            loop.removeReader(pipe.source);
        });
    }

    @Twin("a_reader_can_remove_another_one_of_the_same_iteration")
    void aReaderCanRemoveAnotherOneOfTheSameIteration(Trace trace) throws Exception {
        try (var one = new ReadyPipe();
                var two = new ReadyPipe()) {
            removeEachOther(trace, List.of(one, two));
            await(sleep(ZERO));
            await(sleep(ZERO));
            await(sleep(ZERO));
            trace.add("main");
        }
    }

    static void removeEachOther(Trace trace, List<ReadyPipe> pipes) {
        var loop = EventLoop.current();
        Runnable readable = () -> trace.add(
                "one of them",
                pipes.stream().map(pipe -> loop.removeReader(pipe.source)).toList());
        pipes.forEach(pipe -> loop.addReader(pipe.source, readable));
    }

    @Twin("a_removed_reader_is_not_called")
    void aRemovedReaderIsNotCalled(Trace trace) throws Exception {
        try (var pipe = new ReadyPipe()) {
            removeBeforeItsTurn(trace, pipe);
            await(sleep(ZERO));
            await(sleep(ZERO));
            trace.add("main");
        }
    }

    static void removeBeforeItsTurn(Trace trace, ReadyPipe pipe) {
        var loop = EventLoop.current();
        loop.addReader(pipe.source, () -> trace.add("never"));
        loop.callSoon(() -> trace.add("removed", loop.removeReader(pipe.source)));
    }
}
