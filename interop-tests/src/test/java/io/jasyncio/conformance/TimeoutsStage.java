package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.waitForStage;
import static io.jasyncio.conformance.Children.millis;
import static io.jasyncio.conformance.Children.original;
import static io.jasyncio.conformance.Children.seconds;

import java.util.concurrent.CompletionStage;

/** S53, S54, S57 and S58 in stage style: a chain of stages has {@code waitFor}, see {@link WaitforStage}. */
@NotHere(scenario = "a_block_that_ends_in_time_is_left_alone", because = Ending.NO_BLOCKS)
@NotHere(scenario = "a_block_that_never_suspends_does_not_time_out", because = Ending.NO_BLOCKS)
@NotHere(scenario = "a_block_that_swallows_the_cancellation_does_not_time_out", because = Ending.NO_BLOCKS)
@NotHere(scenario = "a_block_without_a_deadline_is_never_broken_off", because = Ending.NO_BLOCKS)
@NotHere(scenario = "a_cancelled_future_in_the_block_is_no_timeout", because = Ending.NO_BLOCKS)
@NotHere(scenario = "a_deadline_breaks_the_block_off", because = Ending.NO_BLOCKS)
@NotHere(scenario = "a_deadline_of_now_breaks_off_the_first_suspension", because = Ending.NO_BLOCKS)
@NotHere(scenario = "a_deadline_wins_over_a_result_that_the_block_has_not_taken", because = Ending.NO_BLOCKS)
@NotHere(
        scenario = "a_failure_after_the_deadline_leaves_the_block_and_tells_of_the_timeout",
        because = Ending.NO_BLOCKS)
@NotHere(scenario = "a_failure_in_time_leaves_the_block_as_it_is", because = Ending.NO_BLOCKS)
@NotHere(scenario = "the_passes_of_a_timeout", because = Ending.NO_BLOCKS)
class TimeoutsStage {

    @Twin("the_block_may_clean_up_before_the_timeout_leaves_it")
    CompletionStage<?> theBlockMayCleanUpBeforeTheTimeoutLeavesIt(Trace trace) {
        return waitForStage(WaitforStage.slowToEnd(trace), seconds(1))
                .handle((value, failure) -> original(failure))
                .thenAccept(late -> trace.add(late, "at", millis()));
    }
}
