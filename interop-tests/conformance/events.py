"""Event: a flag that tasks wait for; S44, S84."""

import asyncio

from harness import Passes, advance, millis, scenario


async def report(trace, name, waiting):
    """Awaits something and says how that ended."""
    try:
        await waiting
        trace(name, "goes on")
    except TimeoutError as late:
        trace(name, late, "at", millis())
    except asyncio.CancelledError as cancelled:
        trace(name, cancelled)
        raise


def start(trace, name, waiting):
    return asyncio.create_task(report(trace, name, waiting))


async def start_waiters(trace, event, *names):
    """Has a task for each name wait for the event."""
    tasks = [start(trace, name, event.wait()) for name in names]
    await asyncio.sleep(1)
    return tasks


@scenario
async def nobody_waits_for_an_event_that_is_set(trace):
    """S84: that takes no pass."""
    event = asyncio.Event()
    trace("set", event.is_set())
    event.set()
    passes = Passes()
    await event.wait()
    await event.wait()
    trace("passes", passes.stop(), "set", event.is_set())


@scenario
async def an_event_that_was_cleared_makes_wait_again(trace):
    """S84."""
    event = asyncio.Event()
    event.set()
    event.clear()
    event.clear()
    trace("set", event.is_set())
    await start_waiters(trace, event, "a")
    trace("set it")
    event.set()
    await asyncio.sleep(1)


@scenario
async def setting_wakes_all_that_wait(trace):
    """S84: in the order in which they came, all in the next pass."""
    event = asyncio.Event()

    async def waiter(name):
        await event.wait()
        trace(name, "after", passes.count)

    tasks = [asyncio.create_task(waiter(name)) for name in ("a", "b", "c")]
    await asyncio.sleep(1)
    passes = Passes()
    event.set()
    event.set()
    await asyncio.wait(tasks)
    passes.stop()


@scenario
async def clearing_right_after_setting_wakes_all_the_same(trace):
    """S84: who waited at the moment of the set goes on, although the flag is down again."""
    event = asyncio.Event()
    await start_waiters(trace, event, "a", "b")
    event.set()
    event.clear()
    await asyncio.sleep(1)
    trace("set", event.is_set())


@scenario
async def who_comes_after_a_set_that_was_cleared_waits_for_the_next(trace):
    """S84: even in the same pass, before those that were woken have run."""
    event = asyncio.Event()
    await start_waiters(trace, event, "a")
    start(trace, "newcomer", event.wait())
    event.set()
    event.clear()
    await asyncio.sleep(1)
    trace("set again")
    event.set()
    await asyncio.sleep(1)


@scenario
async def a_request_in_the_pass_of_the_set_wins(trace):
    """S44: the other waiters are not concerned."""
    event = asyncio.Event()
    a, _ = await start_waiters(trace, event, "a", "b")
    event.set()
    a.cancel()
    await asyncio.sleep(1)
    trace("cancelled", a.cancelled(), "set", event.is_set())


@scenario
async def a_request_before_the_set_of_the_same_pass_wins_too(trace):
    """S44."""
    event = asyncio.Event()
    a, _ = await start_waiters(trace, event, "a", "b")
    a.cancel()
    event.set()
    await asyncio.sleep(1)
    trace("cancelled", a.cancelled(), "set", event.is_set())


@scenario
async def a_waiter_that_is_cancelled_leaves_the_others_waiting(trace):
    """S84."""
    event = asyncio.Event()
    _, b, _ = await start_waiters(trace, event, "a", "b", "c")
    b.cancel()
    await asyncio.sleep(1)
    trace("set it")
    event.set()
    await asyncio.sleep(1)


@scenario
async def a_deadline_in_the_pass_of_the_set_is_a_timeout(trace):
    """S44, S62: whichever of the two comes first."""
    for set_after, deadline in ((2, 3), (3, 2)):
        event = asyncio.Event()
        start(trace, "a", asyncio.wait_for(event.wait(), deadline))
        await asyncio.sleep(0)
        loop = asyncio.get_running_loop()
        loop.call_later(set_after, event.set)
        loop.call_later(1, advance, 5)  # so that both are due in the pass after this one
        await asyncio.sleep(10)
        trace("set", event.is_set())


@scenario
async def a_waiter_may_wait_again_at_once(trace):
    """S84: for the next set, if the flag is down by then."""
    event = asyncio.Event()

    async def waiter():
        for _ in range(3):
            await event.wait()
            trace("goes on at", millis())
            event.clear()

    task = asyncio.create_task(waiter())
    for _ in range(3):
        await asyncio.sleep(1)
        event.set()
    await task
    trace("set", event.is_set())
