"""Task groups within each other and within timeouts: S64, S67, S73."""

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
async def a_group_in_a_group_fails_as_a_part_of_it(trace):
    """S64: the outer group cancels its other children when the inner one has left with its failures."""

    async def inner():
        async with asyncio.TaskGroup() as group:
            group.create_task(fail_after(1, "inner"))
            group.create_task(sleeper(trace, "inner sibling"))

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(inner())
            outer_sibling = group.create_task(sleeper(trace, "outer sibling"))
    except ExceptionGroup as failed:
        trace("failed", failures(failed))
    trace("outer sibling", outer_sibling.cancelled(), "after", millis())


@scenario
async def a_failure_of_the_outer_group_passes_through_the_inner_block(trace):
    """S64: the inner group only sees that its task is cancelled; the outer one knows why."""
    try:
        async with asyncio.TaskGroup() as outer:
            outer.create_task(fail_after(1, "outer"))
            try:
                async with asyncio.TaskGroup() as inner:
                    inner.create_task(sleeper(trace, "inner child"))
            except BaseException as thrown:
                trace("inner", thrown, "requests", requests())
                raise
    except ExceptionGroup as failed:
        trace("failed", failures(failed))
    trace("requests", requests())


@scenario
async def nested_groups_that_fail_in_the_same_pass_leave_no_request_behind(trace):
    """S64, S67: each takes back its own request."""
    try:
        async with asyncio.TaskGroup() as outer:
            outer.create_task(fail_after(1, "outer"))
            async with asyncio.TaskGroup() as inner:
                inner.create_task(fail_after(1, "inner"))
                await asyncio.sleep(10)
    except ExceptionGroup as failed:
        trace("failed", failures(failed))
    trace("requests", requests())
    await asyncio.sleep(1)
    trace("slept")


@scenario
async def a_timeout_around_a_group_cancels_it(trace):
    """S73: whether the body waits or the end of the block does."""
    for body_waits in (True, False):
        try:
            async with asyncio.timeout(1):
                async with asyncio.TaskGroup() as group:
                    group.create_task(sleeper(trace, "child"))
                    if body_waits:
                        await asyncio.sleep(10)
        except TimeoutError as late:
            trace(late, "requests", requests(), "at", millis())


@scenario
async def a_failure_goes_before_the_timeout_around_the_group(trace):
    """S73: and nothing is left of the timeout's request."""

    async def fail_when_cancelled():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            raise Boom("cleanup") from None

    try:
        async with asyncio.timeout(1):
            async with asyncio.TaskGroup() as group:
                group.create_task(fail_when_cancelled())
    except ExceptionGroup as failed:
        trace("failed", failures(failed))
    trace("requests", requests())
    await asyncio.sleep(1)
    trace("slept")


@scenario
async def a_timeout_in_a_group_is_a_failure_like_any_other(trace):
    """S64: in a child, and in the body."""

    async def impatient():
        async with asyncio.timeout(1):
            await asyncio.sleep(10)

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(impatient())
            group.create_task(sleeper(trace, "sibling"))
    except ExceptionGroup as failed:
        trace("in the child", failures(failed))
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(sleeper(trace, "child"))
            await impatient()
    except ExceptionGroup as failed:
        trace("in the body", failures(failed))
    trace("requests", requests())
