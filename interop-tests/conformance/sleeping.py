"""Tasks that sleep: S20."""

import asyncio

from harness import Passes, advance, millis, scenario


@scenario
async def sleep_of_zero_or_less_is_one_pass(trace):
    """S20: sleep(0) and a negative sleep let everything run once that is ready, and take no time."""
    for name, delay in (("zero", 0), ("negative", -5)):
        passes = Passes()
        await asyncio.sleep(delay)
        trace(name, passes.stop(), "at", millis())
    passes = Passes()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    trace("three", passes.stop())


@scenario
async def sleep_returns_its_result(trace):
    """S20: sleep gives back what it was given, after its time, and none if nothing was."""
    trace(await asyncio.sleep(0.005, "after five"), millis())
    trace(await asyncio.sleep(0, "after a pass"), millis())
    trace(await asyncio.sleep(0.001), millis())


@scenario
async def a_sleeper_wakes_one_pass_after_its_timer(trace):
    """S20, S22: a sleep ends by a timer, and its task goes on through the queue: behind timers of the same iteration."""
    loop = asyncio.get_running_loop()

    async def sleeper():
        await asyncio.sleep(0.010)
        trace("sleeper")

    asyncio.create_task(sleeper())
    await asyncio.sleep(0)
    loop.call_later(0.011, lambda: [trace("timer")] and loop.call_soon(trace, "after the timer"))
    advance(0.020)
    await asyncio.sleep(0)
    trace("main one")
    await asyncio.sleep(0)
    trace("main two")
    await asyncio.sleep(0)
    trace("main three")


@scenario
async def sleepers_wake_in_the_order_of_their_deadlines(trace):
    """S15: tasks that sleep for different times wake by deadline, however deep each had to go before it slept."""

    async def sleeper(name, *delays):
        for delay in delays:
            await asyncio.sleep(delay / 1000)
            trace(name, "at", millis())

    sleepers = (sleeper("a", 30, 5), sleeper("b", 10, 11, 50), sleeper("c", 20))
    for task in [asyncio.create_task(each) for each in sleepers]:
        await task
    trace("main at", millis())


@scenario
async def a_cancelled_sleep_takes_no_more_time(trace):
    """S20: cancelling a sleeper wakes it at once, and nothing waits for the timer that it had."""

    async def sleeper():
        try:
            await asyncio.sleep(1000)
        finally:
            trace("sleeper ends at", millis())

    task = asyncio.create_task(sleeper())
    await asyncio.sleep(0.005)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError as cancelled:
        trace(cancelled, task.cancelled())
    trace("main at", millis())
