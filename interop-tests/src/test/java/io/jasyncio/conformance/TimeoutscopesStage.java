package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.waitForStage;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.original;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Ending.napStage;

import java.util.concurrent.CompletionStage;

/** S53-S57 in stage style: a chain of stages has {@code waitFor}, see {@link WaitforStage}. */
@NotHere(scenario = "a_block_in_a_block_ends_with_the_outer_one", because = Ending.NO_BLOCKS)
@NotHere(scenario = "a_block_in_a_block_may_time_out_alone", because = Ending.NO_BLOCKS)
@NotHere(scenario = "a_block_that_goes_on_after_its_deadline_ends_normally", because = Ending.NO_BLOCKS)
@NotHere(scenario = "a_failure_in_the_block_is_no_timeout", because = Ending.NO_BLOCKS)
@NotHere(scenario = "a_request_from_outside_is_no_timeout", because = Ending.NO_BLOCKS)
@NotHere(scenario = "the_timeout_is_caught_where_the_block_ends", because = Ending.NO_BLOCKS)
@NotHere(scenario = "two_deadlines_in_the_same_pass_are_one_timeout", because = Ending.NO_BLOCKS)
class TimeoutscopesStage {

    @Twin("finally_blocks_run_and_may_wait")
    CompletionStage<?> finallyBlocksRunAndMayWait(Trace trace) {
        return waitForStage(WaitforStage.slowToEnd(trace), seconds(1))
                .handle((value, failure) -> original(failure))
                .thenAccept(late -> trace.add(late, "at", millis()));
    }

    @Twin("the_same_task_may_time_out_again_and_again")
    CompletionStage<?> theSameTaskMayTimeOutAgainAndAgain(Trace trace) {
        return attempt(trace, 1).thenCompose(first -> attempt(trace, 2)).thenCompose(second -> attempt(trace, 3));
    }

    private static CompletionStage<Void> attempt(Trace trace, int attempt) {
        return waitForStage(() -> napStage(2), seconds(attempt)).handle((value, failure) -> {
            trace.add("attempt", attempt, failure == null ? "succeeds" : original(failure), millis());
            return null;
        });
    }
}
