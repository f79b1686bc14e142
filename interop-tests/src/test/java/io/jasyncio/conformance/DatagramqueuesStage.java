package io.jasyncio.conformance;

/** S103 and S107 of datagrams: nothing of it has a style. */
@NotHere(scenario = "a_failure_is_of_one_datagram_alone", because = RunningStage.CALLBACKS_ALONE)
@NotHere(scenario = "a_failure_of_the_last_one_lets_it_close", because = RunningStage.CALLBACKS_ALONE)
@NotHere(scenario = "a_limit_may_pause_what_waits_already", because = RunningStage.CALLBACKS_ALONE)
@NotHere(scenario = "an_abort_drops_what_waits", because = RunningStage.CALLBACKS_ALONE)
@NotHere(scenario = "closing_waits_for_what_waits", because = RunningStage.CALLBACKS_ALONE)
@NotHere(scenario = "too_much_that_waits_pauses", because = RunningStage.CALLBACKS_ALONE)
@NotHere(scenario = "what_comes_while_it_closes_waits_too", because = RunningStage.CALLBACKS_ALONE)
@NotHere(scenario = "what_has_gone_counts_no_more", because = RunningStage.CALLBACKS_ALONE)
@NotHere(scenario = "what_waits_is_a_copy", because = RunningStage.CALLBACKS_ALONE)
@NotHere(scenario = "whoever_comes_later_goes_later", because = RunningStage.CALLBACKS_ALONE)
class DatagramqueuesStage {}
