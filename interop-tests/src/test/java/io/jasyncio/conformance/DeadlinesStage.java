package io.jasyncio.conformance;

/** S53, S55 and S59 in stage style: a chain of stages has {@code waitFor}, see {@link WaitforcancelsStage}. */
@NotHere(scenario = "a_deadline_works_in_a_task_that_is_being_cancelled", because = Ending.NO_BLOCKS)
@NotHere(scenario = "a_request_during_the_cleanup_after_the_deadline_wins", because = Ending.NO_BLOCKS)
@NotHere(scenario = "a_request_from_before_the_block_goes_before_a_deadline_of_now", because = Ending.NO_BLOCKS)
@NotHere(scenario = "a_request_from_outside_goes_before_the_deadline", because = Ending.NO_BLOCKS)
@NotHere(scenario = "a_request_in_the_pass_of_the_deadline_wins", because = Ending.NO_BLOCKS)
class DeadlinesStage {}
