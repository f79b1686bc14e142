"""Timers: S15-S19."""

import asyncio

from harness import advance, millis, scenario


@scenario
async def timers_fire_by_deadline_and_not_by_registration(trace):
    """S15: the earliest deadline goes first, whatever the order of the calls and whether they name a delay or a time."""
    loop = asyncio.get_running_loop()
    start = loop.time()
    for delay in (30, 10, 40, 20):
        loop.call_later(delay / 1000, lambda delay=delay: trace("timer", delay, "at", millis()))
    handle = loop.call_at(start + 0.025, lambda: trace("timer 25 at", millis()))
    trace("due at", round(handle.when() * 1000))
    await asyncio.sleep(0.050)
    trace("main at", millis())


@scenario
async def a_delay_of_zero_or_less_means_the_next_iteration(trace):
    """S16: due at once is not run at once: behind what is ready, and the one that is longest overdue first."""
    loop = asyncio.get_running_loop()
    loop.call_later(0, trace, "zero")
    loop.call_later(-1, trace, "minus one")
    loop.call_soon(trace, "soon")
    trace("main goes on")
    await asyncio.sleep(0)
    trace("main one")
    await asyncio.sleep(0)
    trace("main two")


@scenario
async def a_cancelled_timer_does_not_fire(trace):
    """S17: cancelled before its time, a timer never fires, and does not hold the others up."""
    loop = asyncio.get_running_loop()
    first = loop.call_later(0.010, trace, "first")
    loop.call_later(0.020, trace, "second")
    third = loop.call_later(0.030, trace, "third")
    first.cancel()
    await asyncio.sleep(0.025)
    third.cancel()
    third.cancel()
    trace("cancelled", first.cancelled(), third.cancelled(), "at", millis())
    await asyncio.sleep(0.025)
    trace("main at", millis())


@scenario
async def a_due_timer_can_be_cancelled_by_its_predecessor(trace):
    """S4, S17: two timers are due in the same iteration; the one that runs first cancels the other, which must not fire."""
    loop = asyncio.get_running_loop()

    def first():
        trace("first at", millis())
        second.cancel()

    loop.call_later(0.010, first)
    second = loop.call_later(0.011, trace, "second")
    loop.call_later(0.012, trace, "third")
    advance(0.020)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    first_again = loop.call_later(0.001, trace, "fourth")
    await asyncio.sleep(0.002)
    first_again.cancel()
    trace("cancelled after it fired", first_again.cancelled())


@scenario
async def most_of_many_timers_are_cancelled(trace):
    """S17: when most of a crowd of timers is cancelled, from the middle and from both ends, the others fire in order."""
    loop = asyncio.get_running_loop()
    handles = {delay: loop.call_later(delay / 1000, trace, delay) for delay in (n * 83 % 211 for n in range(1, 211))}
    for delay, handle in handles.items():
        if delay % 30:
            handle.cancel()
    await asyncio.sleep(0.300)
    trace("main at", millis())


@scenario
async def a_late_loop_catches_up_in_one_iteration(trace):
    """S1, S15: after a callback that took long, all timers that are overdue fire in one iteration, by deadline."""
    loop = asyncio.get_running_loop()
    for delay in (30, 10, 20):
        loop.call_later(delay / 1000, lambda delay=delay: [trace("timer", delay)] and loop.call_soon(trace, "after", delay))
    loop.call_later(0.200, trace, "in time")
    advance(0.100)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    trace("caught up at", millis())
    await asyncio.sleep(0.100 + 0.001)
    trace("main at", millis())


@scenario
async def a_deadline_beyond_a_day_is_met(trace):
    """S19: however far a deadline is, the loop gets there, and the short timers before it are not lost."""
    loop = asyncio.get_running_loop()
    loop.call_later(3600, trace, "an hour")
    loop.call_later(90 * 86400, trace, "ninety days")
    await asyncio.sleep(400 * 86400)
    trace("main after days", millis() // 86_400_000)
