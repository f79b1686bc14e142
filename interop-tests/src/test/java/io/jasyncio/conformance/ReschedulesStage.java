package io.jasyncio.conformance;

/** S60 in stage style: a chain of stages has {@code waitFor}, see {@link WaitforcancelsStage}. */
@NotHere(scenario = "a_deadline_is_a_time_of_the_loop", because = Ending.NO_BLOCKS)
@NotHere(scenario = "a_deadline_may_be_moved_ahead", because = Ending.NO_BLOCKS)
@NotHere(scenario = "a_deadline_may_be_moved_nearer", because = Ending.NO_BLOCKS)
@NotHere(scenario = "a_deadline_may_be_set_later", because = Ending.NO_BLOCKS)
@NotHere(scenario = "a_deadline_may_be_taken_away", because = Ending.NO_BLOCKS)
@NotHere(scenario = "a_deadline_moved_into_the_past_passes_in_the_next_pass", because = Ending.NO_BLOCKS)
@NotHere(scenario = "a_deadline_that_has_passed_cannot_be_moved", because = Ending.NO_BLOCKS)
@NotHere(scenario = "a_time_in_the_past_is_a_deadline_of_now", because = Ending.NO_BLOCKS)
@NotHere(scenario = "a_timeout_is_for_tasks_only", because = Ending.NO_BLOCKS)
@NotHere(scenario = "the_deadline_of_a_block_that_was_left_cannot_be_moved", because = Ending.NO_BLOCKS)
class ReschedulesStage {}
