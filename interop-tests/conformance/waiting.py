"""Wait and as_completed: S78, S79."""

import asyncio

from harness import Boom, message_of, millis, scenario


async def after(seconds, value):
    await asyncio.sleep(seconds)
    return value


async def fail_after(seconds, message):
    await asyncio.sleep(seconds)
    raise Boom(message)


async def sleeper(trace, name, seconds=10):
    """Sleeps, and says how that ended."""
    try:
        await asyncio.sleep(seconds)
        trace(name, "slept")
    except asyncio.CancelledError as cancelled:
        trace(name, cancelled, "at", millis())
        raise


def start(coroutine, name=None):
    return asyncio.create_task(coroutine, name=name)


def names(tasks):
    return sorted(task.get_name() for task in tasks)


@scenario
async def wait_ends_when_all_have_ended_and_does_not_fail_with_them(trace):
    """S78: the result says which have ended, not how."""
    victim = start(sleeper(trace, "victim"), "victim")
    asyncio.get_running_loop().call_later(1, victim.cancel)
    bad = start(fail_after(2, "bad"), "bad")
    done, pending = await asyncio.wait([bad, start(after(3, 0), "fine"), victim])
    trace("done", names(done), "pending", names(pending), millis())
    trace(message_of(bad.exception()))


@scenario
async def wait_for_the_first_to_end(trace):
    """S78: the others go on."""
    slow = start(sleeper(trace, "slow", 3), "slow")
    quick = start(after(1, 0), "quick")
    done, pending = await asyncio.wait([slow, quick], return_when=asyncio.FIRST_COMPLETED)
    trace("done", names(done), "pending", names(pending), millis())
    await slow


@scenario
async def wait_for_the_first_failure_ignores_cancelled_ones(trace):
    """S78: a cancellation is no failure; without any failure it ends with the last."""
    victim = start(sleeper(trace, "victim"), "victim")
    slow = start(after(9, 0), "slow")
    asyncio.get_running_loop().call_later(1, victim.cancel)
    bad = start(fail_after(2, "bad"), "bad")
    done, pending = await asyncio.wait([victim, slow, bad], return_when=asyncio.FIRST_EXCEPTION)
    trace("done", names(done), "pending", names(pending), millis())
    trace(message_of(bad.exception()))
    done, pending = await asyncio.wait([victim, slow], return_when=asyncio.FIRST_EXCEPTION)
    trace("done", names(done), "pending", names(pending), millis())


@scenario
async def wait_with_a_time_limit_cancels_nothing(trace):
    """S78: when time is up the result says how far things are."""
    slow = start(sleeper(trace, "slow", 3), "slow")
    quick = start(after(1, 0), "quick")
    for limit in (2, 0, 5):
        done, pending = await asyncio.wait([slow, quick], timeout=limit)
        trace("done", names(done), "pending", names(pending), millis())


@scenario
async def a_cancelled_wait_cancels_nothing(trace):
    """S78: it lets go of the futures."""
    slow = start(sleeper(trace, "slow", 3), "slow")

    async def parent():
        await asyncio.wait([slow])

    task = start(parent())
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.wait([task])
    trace("cancelled", task.cancelled(), "slow", slow.done(), millis())
    await slow


@scenario
async def wait_sees_what_ends_until_its_task_goes_on(trace):
    """S78: what ended one pass after the one that was waited for has ended too."""

    async def passes(count):
        for _ in range(count):
            await asyncio.sleep(0)

    tasks = [start(passes(count), f"passes {count}") for count in (1, 2, 3)]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    trace("done", names(done), "pending", names(pending), millis())
    await asyncio.wait(tasks)


@scenario
async def wait_for_nothing_is_refused(trace):
    """S78: it could never end."""
    try:
        await asyncio.wait([])
    except ValueError as refused:
        trace(refused)


@scenario
async def as_completed_gives_the_futures_in_the_order_of_their_end(trace):
    """S79: the very futures that were given to it."""
    tasks = [start(after(seconds, seconds), f"after {seconds}") for seconds in (3, 1, 2)]
    async for task in asyncio.as_completed(tasks):
        trace(task, task.result(), task in tasks, millis())


@scenario
async def as_completed_gives_the_results_in_the_order_of_their_end(trace):
    """S79: as something to await, each for itself."""
    tasks = [start(after(3, "last")), start(fail_after(1, "first")), start(after(2, "second"))]
    for following in asyncio.as_completed(tasks):
        try:
            trace(await following, millis())
        except Boom as failed:
            trace(failed, message_of(failed), millis())


@scenario
async def as_completed_takes_what_has_ended_already(trace):
    """S79: and a future that is given twice comes once."""
    ended = asyncio.get_running_loop().create_future()
    ended.set_result("ended")
    slow = start(after(1, "slow"))
    for following in asyncio.as_completed([slow, ended, slow]):
        trace(await following, millis())
    for _ in asyncio.as_completed([]):
        trace("not reached")


@scenario
async def as_completed_with_a_time_limit_cancels_nothing(trace):
    """S79: what is late fails here with a timeout, and goes on."""
    slow = start(sleeper(trace, "slow", 3))
    for following in asyncio.as_completed([slow, start(after(1, "quick"))], timeout=2):
        try:
            trace(await following, millis())
        except TimeoutError as late:
            trace(late, millis())
    await slow


@scenario
async def a_time_limit_ends_the_iteration_over_as_completed(trace):
    """S79: what has ended before is given out first, however late somebody asks."""
    slow = start(sleeper(trace, "slow", 4), "slow")
    tasks = [slow, start(after(1, 0), "quick"), start(after(2, 0), "also")]
    try:
        async for task in asyncio.as_completed(tasks, timeout=3):
            trace(task, millis())
            await asyncio.sleep(2)
    except TimeoutError as late:
        trace(late, millis())
    await asyncio.wait([slow])
