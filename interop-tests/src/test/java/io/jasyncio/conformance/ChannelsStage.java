package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.sleep;
import static java.time.Duration.ZERO;

import io.jasyncio.EventLoop;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** S1, S2, S4 with channels, in stage style. What is made of callbacks alone is the code of the direct twins. */
class ChannelsStage {

    @Twin("channels_go_between_ready_callbacks_and_timers")
    CompletionStage<?> channelsGoBetweenReadyCallbacksAndTimers(Trace trace) {
        var loop = EventLoop.current();
        var pipe = new ReadyPipe();
        ChannelsDirect.watchBesideTimer(trace, pipe);
        return sleep(ZERO)
                .thenRun(() -> trace.add("main one"))
                .thenCompose(then -> sleep(ZERO))
                .thenRun(() -> trace.add("main two"))
                .thenCompose(then -> sleep(ZERO))
                .thenRun(() -> loop.removeReader(pipe.source))
                .whenComplete((value, error) -> pipe.close());
    }

    @Twin("a_reader_is_called_as_long_as_there_is_something_to_read")
    CompletionStage<?> aReaderIsCalledAsLongAsThereIsSomethingToRead(Trace trace) {
        var loop = EventLoop.current();
        var pipe = new ReadyPipe();
        ChannelsDirect.readAtTheThirdCall(trace, pipe);
        return countTurns(trace, 0)
                .thenRun(() -> trace.add("removed", loop.removeReader(pipe.source), loop.removeReader(pipe.source)))
                .whenComplete((value, error) -> pipe.close());
    }

    private static CompletionStage<Void> countTurns(Trace trace, int turn) {
        var next = sleep(ZERO).thenRun(() -> trace.add("main", turn));
        return turn == 4 ? next : next.thenCompose(then -> countTurns(trace, turn + 1));
    }

    @Twin("a_new_reader_replaces_the_old_one")
    CompletionStage<?> aNewReaderReplacesTheOldOne(Trace trace) {
        var pipe = new ReadyPipe();
        ChannelsDirect.replaceReader(trace, pipe);
        return threeYields().thenRun(() -> trace.add("main")).whenComplete((value, error) -> pipe.close());
    }

    @Twin("a_reader_can_remove_another_one_of_the_same_iteration")
    CompletionStage<?> aReaderCanRemoveAnotherOneOfTheSameIteration(Trace trace) {
        var pipes = List.of(new ReadyPipe(), new ReadyPipe());
        ChannelsDirect.removeEachOther(trace, pipes);
        return threeYields()
                .thenRun(() -> trace.add("main"))
                .whenComplete((value, error) -> pipes.forEach(ReadyPipe::close));
    }

    @Twin("a_removed_reader_is_not_called")
    CompletionStage<?> aRemovedReaderIsNotCalled(Trace trace) {
        var pipe = new ReadyPipe();
        ChannelsDirect.removeBeforeItsTurn(trace, pipe);
        return threeYields().thenRun(() -> trace.add("main")).whenComplete((value, error) -> pipe.close());
    }

    private static CompletionStage<Void> threeYields() {
        return sleep(ZERO).thenCompose(then -> sleep(ZERO)).thenCompose(then -> sleep(ZERO));
    }
}
