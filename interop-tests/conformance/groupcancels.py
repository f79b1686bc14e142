"""Task groups that are cancelled from outside: S67, S68."""

import asyncio

from harness import Boom, message_of, millis, scenario


def failures(group):
    """What a group holds: failures by their messages, groups as lists, other exceptions as they are."""
    return [
        failures(each) if isinstance(each, ExceptionGroup) else message_of(each) if isinstance(each, Boom) else each
        for each in group.exceptions
    ]


def requests():
    """The cancel requests that stand against the running task."""
    return asyncio.current_task().cancelling()


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


@scenario
async def cancelling_the_waiting_parent_cancels_the_children(trace):
    """S67: it waits for them, and the message survives."""

    async def slow_to_end():
        try:
            await asyncio.sleep(10)
        finally:
            await asyncio.sleep(2)
            trace("cleaned up", millis())

    async def parent():
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(slow_to_end())
        except asyncio.CancelledError as cancelled:
            trace("parent", cancelled, message_of(cancelled), "requests", requests())
            raise

    task = asyncio.create_task(parent())
    await asyncio.sleep(1)
    task.cancel("enough")
    await asyncio.wait([task])
    trace("cancelled", task.cancelled(), "after", millis())


@scenario
async def cancelling_the_parent_in_the_body_cancels_the_children(trace):
    """S67: the body is cancelled first, the children when it ends."""

    async def parent():
        async with asyncio.TaskGroup() as group:
            group.create_task(sleeper(trace, "child"))
            try:
                await asyncio.sleep(10)
            finally:
                trace("body ends")
                await asyncio.sleep(1)
                trace("body has ended")

    task = asyncio.create_task(parent())
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.wait([task])
    trace("cancelled", task.cancelled(), "after", millis())


@scenario
async def a_failure_goes_before_a_cancellation_from_outside_which_is_felt_later(trace):
    """S67: the request stays, and the next await throws."""

    async def fail_when_cancelled():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            raise Boom("cleanup") from None

    async def parent():
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(fail_when_cancelled())
        except ExceptionGroup as failed:
            trace("failed", failures(failed))
        trace("requests", requests())
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError as cancelled:
            trace("next await", cancelled)
            raise

    task = asyncio.create_task(parent())
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.wait([task])
    trace("cancelled", task.cancelled())


@scenario
async def a_second_cancellation_does_not_leave_the_children_behind(trace):
    """S68: the block ends when they have."""

    async def slow_to_end():
        try:
            await asyncio.sleep(10)
        finally:
            await asyncio.sleep(3)
            trace("cleaned up", millis())

    async def parent():
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(slow_to_end())
        finally:
            trace("parent ends", millis(), "requests", requests())

    task = asyncio.create_task(parent())
    for _ in range(3):
        await asyncio.sleep(1)
        trace("accepted", task.cancel())
    await asyncio.wait([task])
    trace("cancelled", task.cancelled())


@scenario
async def a_cancellation_before_the_first_await_reaches_the_wait(trace):
    """S67, S42: the request is delivered where the block waits for its children."""

    async def parent():
        try:
            async with asyncio.TaskGroup() as group:
                child = group.create_task(sleeper(trace, "child"))
                asyncio.current_task().cancel("early")
        except asyncio.CancelledError as cancelled:
            trace("parent", cancelled, message_of(cancelled), "child", child.cancelled())
            raise

    task = asyncio.create_task(parent())
    await asyncio.wait([task])
    trace("cancelled", task.cancelled())


@scenario
async def a_group_in_a_task_that_is_being_cancelled_works(trace):
    """S64, S67: cleaning up with a group; after a failure of a child the older request is felt again."""

    async def clean_up(group_fails):
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(fail_after(1, "cleanup") if group_fails else sleeper(trace, "cleanup", 1))
        except ExceptionGroup as failed:
            trace("failed", failures(failed))
        trace("requests", requests())

    async def parent(group_fails):
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            await clean_up(group_fails)
        try:
            await asyncio.sleep(1)
            trace("slept")
        except asyncio.CancelledError as cancelled:
            trace("next await", cancelled)

    for group_fails in (False, True):
        task = asyncio.create_task(parent(group_fails))
        await asyncio.sleep(1)
        task.cancel()
        await asyncio.wait([task])
