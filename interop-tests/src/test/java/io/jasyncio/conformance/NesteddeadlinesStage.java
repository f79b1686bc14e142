package io.jasyncio.conformance;

/** S56 in stage style: a chain of stages has {@code waitFor}, see {@link WaitforcancelsStage}. */
@NotHere(scenario = "an_inner_deadline_leaves_the_outer_block_going", because = Ending.NO_BLOCKS)
@NotHere(scenario = "an_outer_deadline_during_the_cleanup_of_the_inner_block_leaves", because = Ending.NO_BLOCKS)
@NotHere(scenario = "an_outer_deadline_passes_through_the_inner_block", because = Ending.NO_BLOCKS)
@NotHere(scenario = "of_two_deadlines_at_once_the_outer_one_leaves", because = Ending.NO_BLOCKS)
class NesteddeadlinesStage {}
