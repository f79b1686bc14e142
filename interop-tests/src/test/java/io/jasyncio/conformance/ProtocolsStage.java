package io.jasyncio.conformance;

/** S103, S105 to S109: nothing of it has a style. */
@NotHere(scenario = "a_protocol_knows_its_connection_before_anybody_else", because = RunningStage.CALLBACKS_ALONE)
@NotHere(scenario = "data_end_and_loss", because = RunningStage.CALLBACKS_ALONE)
@NotHere(scenario = "the_end_comes_in_a_later_pass", because = RunningStage.CALLBACKS_ALONE)
@NotHere(scenario = "however_often_it_is_closed_there_is_one_end", because = RunningStage.CALLBACKS_ALONE)
@NotHere(scenario = "half_of_a_connection_goes_on", because = RunningStage.CALLBACKS_ALONE)
@NotHere(scenario = "after_the_end_of_its_half_nobody_writes", because = RunningStage.CALLBACKS_ALONE)
@NotHere(scenario = "a_pause_at_the_beginning_holds", because = RunningStage.CALLBACKS_ALONE)
@NotHere(scenario = "a_pause_within_data_holds_back_the_end", because = RunningStage.CALLBACKS_ALONE)
@NotHere(scenario = "a_failure_with_data_ends_the_connection", because = RunningStage.CALLBACKS_ALONE)
@NotHere(scenario = "a_failure_at_the_end_is_reported", because = RunningStage.CALLBACKS_ALONE)
@NotHere(scenario = "pause_and_resume_come_in_pairs", because = RunningStage.CALLBACKS_ALONE)
@NotHere(scenario = "an_abort_drops_what_waits", because = RunningStage.CALLBACKS_ALONE)
@NotHere(scenario = "another_protocol_may_take_over", because = RunningStage.CALLBACKS_ALONE)
class ProtocolsStage {}
