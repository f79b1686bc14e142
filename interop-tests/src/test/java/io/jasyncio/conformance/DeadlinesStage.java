package io.jasyncio.conformance;

/** S53, S55, S56 and S59 in stage style: a chain of stages has {@code waitFor}, see {@link WaitforcancelsStage}. */
@NotHere(scenario = "a_deadline_works_in_a_task_that_is_being_cancelled", because = TimeoutsStage.NO_BLOCKS)
@NotHere(scenario = "a_request_during_the_cleanup_after_the_deadline_wins", because = TimeoutsStage.NO_BLOCKS)
@NotHere(scenario = "a_request_from_before_the_block_goes_before_a_deadline_of_now", because = TimeoutsStage.NO_BLOCKS)
@NotHere(scenario = "a_request_from_outside_goes_before_the_deadline", because = TimeoutsStage.NO_BLOCKS)
@NotHere(scenario = "a_request_in_the_pass_of_the_deadline_wins", because = TimeoutsStage.NO_BLOCKS)
@NotHere(scenario = "an_inner_deadline_leaves_the_outer_block_going", because = TimeoutsStage.NO_BLOCKS)
@NotHere(scenario = "an_outer_deadline_during_the_cleanup_of_the_inner_block_leaves", because = TimeoutsStage.NO_BLOCKS)
@NotHere(scenario = "an_outer_deadline_passes_through_the_inner_block", because = TimeoutsStage.NO_BLOCKS)
@NotHere(scenario = "of_two_deadlines_at_once_the_outer_one_leaves", because = TimeoutsStage.NO_BLOCKS)
class DeadlinesStage {}
