"""wait_for in a task that is cancelled, and within another wait_for; S61-S63."""

import asyncio

from harness import millis, scenario


def start(coroutine):
    return asyncio.create_task(coroutine)


async def ended(task):
    """Waits for a task, whichever way it ends."""
    await asyncio.wait([task])
    return task


async def limited(trace, awaitable, timeout):
    """Waits with a deadline, and says how that ended."""
    try:
        trace("got", await asyncio.wait_for(awaitable, timeout), "at", millis())
    except (TimeoutError, asyncio.CancelledError) as ending:
        trace(ending, "requests", asyncio.current_task().cancelling(), "at", millis())
        raise


@scenario
async def cancelling_the_one_that_waits_cancels_what_it_waits_for(trace):
    """S42: and waits for its cleanup."""

    async def slow_to_end():
        try:
            await asyncio.sleep(10)
        finally:
            await asyncio.sleep(2)
            trace("cleaned up", millis())

    task = start(limited(trace, start(slow_to_end()), 5))
    await asyncio.sleep(1)
    task.cancel()
    await ended(task)
    trace("cancelled", task.cancelled())


@scenario
async def a_request_wins_over_a_result_of_the_same_pass(trace):
    """S63."""
    future = asyncio.get_running_loop().create_future()
    task = start(limited(trace, future, 5))
    await asyncio.sleep(1)
    future.set_result("value")
    task.cancel()
    await ended(task)
    trace("cancelled", task.cancelled(), "future", future.result())


@scenario
async def a_request_wins_over_the_deadline_that_passes_during_the_cleanup(trace):
    """S53: the cancellation from outside came first; the deadline breaks the cleanup off all the same."""

    async def slow_to_end():
        try:
            await asyncio.sleep(10)
        finally:
            await asyncio.sleep(1)

    task = start(limited(trace, start(slow_to_end()), 2))
    await asyncio.sleep(1.5)
    task.cancel()
    await ended(task)
    trace("cancelled", task.cancelled())


@scenario
async def a_request_after_the_deadline_wins_over_the_timeout(trace):
    """S53: it came while the cleanup was still going on, and breaks that off."""

    async def slow_to_end():
        try:
            await asyncio.sleep(10)
        finally:
            await asyncio.sleep(10)

    task = start(limited(trace, start(slow_to_end()), 1))
    await asyncio.sleep(2)
    task.cancel()
    await ended(task)
    trace("cancelled", task.cancelled())


@scenario
async def a_request_in_the_pass_of_the_deadline_wins(trace):
    """S55: whichever of the two timers comes first."""
    loop = asyncio.get_running_loop()
    task = start(limited(trace, asyncio.sleep(10), 2))
    loop.call_at(2, task.cancel)
    await ended(task)
    trace("cancelled", task.cancelled(), "at", millis())


@scenario
async def what_refuses_a_request_from_outside_gives_its_value(trace):
    """S46, S62: and the task that waits goes on."""

    async def stubborn():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            return "value"

    task = start(limited(trace, start(stubborn()), 5))
    await asyncio.sleep(1)
    task.cancel()
    await ended(task)
    trace("cancelled", task.cancelled(), "requests", task.cancelling())


@scenario
async def a_shield_lets_the_one_that_waits_go_at_once(trace):
    """S79: and the work goes on."""
    work = start(asyncio.sleep(3, "value"))
    task = start(limited(trace, asyncio.shield(work), 5))
    await asyncio.sleep(1)
    task.cancel()
    await ended(task)
    trace("work", await work, "at", millis())


@scenario
async def an_inner_deadline_is_a_failure_to_the_outer_one(trace):
    """S61: it leaves both, as any failure would."""

    async def inner():
        await limited(trace, asyncio.sleep(10), 1)

    try:
        await limited(trace, start(inner()), 5)
    except TimeoutError as late:
        trace("outer", late)


@scenario
async def an_outer_deadline_is_a_cancellation_to_the_inner_one(trace):
    """S56, S62: and becomes a timeout outside."""

    async def inner():
        await limited(trace, asyncio.sleep(10), 5)

    try:
        await limited(trace, start(inner()), 1)
    except TimeoutError as late:
        trace("outer", late)
