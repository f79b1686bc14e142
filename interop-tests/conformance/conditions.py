"""Condition: waiting for a signal under a lock; S85, S87."""

import asyncio

from harness import Passes, millis, scenario


async def waiter(trace, name, condition):
    """Waits for a signal, and says when it goes on."""
    async with condition:
        await condition.wait()
        trace(name, "goes on at", millis())


async def start_waiters(trace, condition, *names):
    """Has a task for each name wait for a signal."""
    tasks = [asyncio.create_task(waiter(trace, name, condition)) for name in names]
    await asyncio.sleep(1)
    return tasks


@scenario
async def a_signal_wakes_whoever_waits_longest(trace):
    """S87: one for each signal."""
    condition = asyncio.Condition()
    await start_waiters(trace, condition, "a", "b", "c")
    for _ in range(3):
        async with condition:
            condition.notify()
        await asyncio.sleep(1)


@scenario
async def a_signal_may_wake_several_in_their_order(trace):
    """S87: as many as there are, if it is meant for more; none, if it is meant for none."""
    condition = asyncio.Condition()
    await start_waiters(trace, condition, "a", "b", "c", "d")
    for count in (0, 2, 5):
        trace("signal", count)
        async with condition:
            condition.notify(count)
        await asyncio.sleep(1)


@scenario
async def several_signals_in_one_pass_wake_as_many(trace):
    """S87: each takes the next one that was not woken yet."""
    condition = asyncio.Condition()
    await start_waiters(trace, condition, "a", "b", "c")
    async with condition:
        condition.notify()
        condition.notify()
    await asyncio.sleep(1)
    trace("signal")
    async with condition:
        condition.notify()
    await asyncio.sleep(1)


@scenario
async def a_signal_for_all_lets_one_after_the_other_have_the_lock(trace):
    """S85: each holds it when it goes on."""
    condition = asyncio.Condition()

    async def slow(name):
        async with condition:
            await condition.wait()
            trace(name, "in at", millis())
            await asyncio.sleep(1)
        trace(name, "out at", millis())

    tasks = [asyncio.create_task(slow(name)) for name in ("a", "b", "c")]
    await asyncio.sleep(1)
    async with condition:
        condition.notify_all()
    await asyncio.wait(tasks)


@scenario
async def a_signal_does_not_release_the_lock(trace):
    """S87: who is woken waits until it is given back."""
    condition = asyncio.Condition()
    await start_waiters(trace, condition, "a")
    async with condition:
        condition.notify_all()
        await asyncio.sleep(2)
        trace("still in at", millis())
    await asyncio.sleep(1)


@scenario
async def a_wait_releases_the_lock_and_has_it_again_at_its_end(trace):
    """S85."""
    condition = asyncio.Condition()

    async def body():
        async with condition:
            trace("before", condition.locked())
            await condition.wait()
            trace("after", condition.locked())
        trace("outside", condition.locked())

    task = asyncio.create_task(body())
    await asyncio.sleep(1)
    trace("during", condition.locked())
    async with condition:
        condition.notify()
    await task


@scenario
async def a_woken_waiter_takes_its_turn_for_the_lock(trace):
    """S85: behind who waited for it before the signal came."""
    condition = asyncio.Condition()
    await start_waiters(trace, condition, "a")

    async def taker():
        async with condition:
            trace("taker in at", millis())

    await condition.acquire()
    asyncio.create_task(taker())
    await asyncio.sleep(1)
    condition.notify()
    await asyncio.sleep(1)
    condition.release()
    await asyncio.sleep(1)


@scenario
async def a_wake_up_takes_one_pass(trace):
    """S85: if the lock is free by then; each one after that goes on in the same pass if the one before is out of it."""
    condition = asyncio.Condition()

    async def body(name):
        async with condition:
            await condition.wait()
            trace(name, "after", passes.count)

    tasks = [asyncio.create_task(body(name)) for name in ("a", "b")]
    await asyncio.sleep(1)
    async with condition:
        passes = Passes()
        condition.notify_all()
    await asyncio.wait(tasks)
    passes.stop()


@scenario
async def a_signal_that_nobody_waits_for_is_lost(trace):
    """S87: unlike an event, a condition remembers nothing."""
    condition = asyncio.Condition()
    async with condition:
        condition.notify()
        condition.notify_all()
    await start_waiters(trace, condition, "a")
    trace("signal")
    async with condition:
        condition.notify()
    await asyncio.sleep(1)


@scenario
async def a_wait_for_a_predicate_goes_on_when_it_holds(trace):
    """S87: it is asked once before and once after each signal, with the lock held."""
    condition = asyncio.Condition()
    value = 0

    def enough():
        trace("asked with", value, "locked", condition.locked())
        return value >= 2

    async def body():
        async with condition:
            await condition.wait_for(enough)
            trace("goes on with", value)
            await condition.wait_for(enough)

    task = asyncio.create_task(body())
    for _ in range(2):
        await asyncio.sleep(1)
        async with condition:
            value += 1
            condition.notify()
    await task


@scenario
async def without_the_lock_there_is_no_waiting_and_no_signal(trace):
    """S87: and nothing has changed after that."""
    condition = asyncio.Condition()
    await start_waiters(trace, condition, "a")
    for use in (condition.notify, condition.notify_all, condition.release):
        try:
            use()
        except RuntimeError as refused:
            trace(refused, "locked", condition.locked())
    try:
        await condition.wait()
    except RuntimeError as refused:
        trace(refused, "locked", condition.locked())
    async with condition:
        condition.notify()
    await asyncio.sleep(1)


@scenario
async def two_conditions_may_share_a_lock(trace):
    """S85: but not their signals."""
    lock = asyncio.Lock()
    full, empty = asyncio.Condition(lock), asyncio.Condition(lock)
    await start_waiters(trace, full, "full")
    await start_waiters(trace, empty, "empty")
    async with full:
        trace("locked", lock.locked(), empty.locked())
        empty.notify_all()
    await asyncio.sleep(1)
    trace("signal")
    async with lock:
        full.notify_all()
    await asyncio.sleep(1)
