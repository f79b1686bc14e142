"""wait_for: one awaitable with a deadline; S61-S63."""

import asyncio

from harness import Boom, Passes, message_of, millis, scenario


def start(coroutine):
    return asyncio.create_task(coroutine)


def requests():
    """The cancel requests that stand against the running task."""
    return asyncio.current_task().cancelling()


async def ended(task):
    """Waits for a task, whichever way it ends."""
    await asyncio.wait([task])
    return task


@scenario
async def what_ends_in_time_gives_its_result(trace):
    """S61: a value or a failure."""

    async def fail():
        await asyncio.sleep(1)
        raise Boom("in time")

    trace(await asyncio.wait_for(start(asyncio.sleep(1, "value")), 2), millis())
    try:
        await asyncio.wait_for(start(fail()), 2)
    except Boom as failed:
        trace(failed, message_of(failed), millis())


@scenario
async def a_body_runs_in_the_task_that_waits(trace):
    """S61: so it takes no pass more than without a deadline, and sees the same current task."""
    outer = asyncio.current_task()

    async def body():
        trace("same task", asyncio.current_task() is outer)

    passes = Passes()
    await asyncio.wait_for(body(), 1)
    trace("passes", passes.stop())


@scenario
async def what_is_late_is_cancelled(trace):
    """S62: that has ended when the timeout is raised."""
    late_task = start(asyncio.sleep(10))
    try:
        await asyncio.wait_for(late_task, 1)
    except TimeoutError as late:
        trace(late, "because of", late.__cause__, "at", millis())
    trace("cancelled", late_task.cancelled(), "requests", requests(), "inner", late_task.cancelling())


@scenario
async def no_time_at_all_never_starts_a_body(trace):
    """S61: even one that would end at once."""

    async def at_once():
        trace("not reached")

    for timeout in (0, -1):
        try:
            await asyncio.wait_for(at_once(), timeout)
        except TimeoutError as late:
            trace(late, "requests", requests())


@scenario
async def no_time_at_all_is_enough_for_what_has_ended(trace):
    """S61: its result is there."""
    known = asyncio.get_running_loop().create_future()
    known.set_result("value")
    trace(await asyncio.wait_for(known, 0))


@scenario
async def no_time_at_all_waits_for_the_cleanup_too(trace):
    """S61, S62: of something that runs already."""

    async def slow_to_end():
        try:
            await asyncio.sleep(10)
        finally:
            await asyncio.sleep(3)
            trace("cleaned up", millis())

    task = start(slow_to_end())
    await asyncio.sleep(1)
    try:
        await asyncio.wait_for(task, 0)
    except TimeoutError as late:
        trace(late, "at", millis())


@scenario
async def the_timeout_comes_after_the_cleanup(trace):
    """S62: nothing goes on behind the back of the one that waited."""

    async def slow_to_end():
        try:
            await asyncio.sleep(10)
        finally:
            await asyncio.sleep(3)
            trace("cleaned up", millis())

    try:
        await asyncio.wait_for(start(slow_to_end()), 1)
    except TimeoutError as late:
        trace(late, "at", millis())


@scenario
async def what_refuses_to_be_cancelled_gives_its_value(trace):
    """S62: late, but there it is."""

    async def stubborn():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            await asyncio.sleep(1)
            return "value"

    trace(await asyncio.wait_for(start(stubborn()), 1), "requests", requests(), "at", millis())


@scenario
async def what_fails_in_its_cleanup_fails_the_wait(trace):
    """S62: with its own exception."""

    async def fragile():
        try:
            await asyncio.sleep(10)
        finally:
            raise Boom("cleanup")

    try:
        await asyncio.wait_for(start(fragile()), 1)
    except Boom as failed:
        trace(failed, message_of(failed), "requests", requests())


@scenario
async def what_was_cancelled_by_another_is_no_timeout(trace):
    """S47: the deadline has not passed."""
    task = start(asyncio.sleep(10))
    asyncio.get_running_loop().call_later(1, task.cancel)
    try:
        await asyncio.wait_for(task, 5)
    except asyncio.CancelledError as cancelled:
        trace(cancelled, "requests", requests(), "at", millis())


@scenario
async def a_shield_keeps_the_late_work_going(trace):
    """S79: the wait is over at the deadline, the work later."""
    work = start(asyncio.sleep(3, "value"))
    try:
        await asyncio.wait_for(asyncio.shield(work), 1)
    except TimeoutError as late:
        trace(late, "at", millis())
    trace(await work, millis())
