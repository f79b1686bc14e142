"""Task groups and their failures: S64-S66."""

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
async def the_first_failure_cancels_the_siblings_and_the_body(trace):
    """S64: the block is left when all children have ended, and no cancel request is left behind."""
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(sleeper(trace, "sibling"))
            group.create_task(fail_after(1, "first"))
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError as cancelled:
                trace("body", cancelled, "requests", requests())
                raise
    except ExceptionGroup as failed:
        trace("failed", failures(failed))
    trace("after", millis(), "requests", requests())
    await asyncio.sleep(1)
    trace("slept")


@scenario
async def failures_are_in_the_order_of_their_end_and_the_body_comes_last(trace):
    """S64: what fails while it is being cancelled counts too."""

    async def fail_in_cleanup(seconds, message):
        try:
            await asyncio.sleep(10)
        finally:
            await asyncio.sleep(seconds)
            raise Boom(message)

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail_in_cleanup(2, "third"))
            group.create_task(fail_in_cleanup(1, "second"))
            group.create_task(fail_after(1, "first"))
            await fail_in_cleanup(0, "body")
    except ExceptionGroup as failed:
        trace("failed", failures(failed))
    trace("after", millis())


@scenario
async def failures_of_the_same_pass_are_all_there(trace):
    """S64: a child that has failed already cannot be cancelled any more."""

    async def fail(message):
        raise Boom(message)

    try:
        async with asyncio.TaskGroup() as group:
            for message in ("one", "two", "three"):
                group.create_task(fail(message))
    except ExceptionGroup as failed:
        trace("failed", failures(failed))


@scenario
async def a_body_that_awaits_the_failing_child_is_cancelled(trace):
    """S64, S44: the group hears of the failure before the body does, and its cancellation wins."""
    try:
        async with asyncio.TaskGroup() as group:
            child = group.create_task(fail_after(1, "child"))
            try:
                await child
            except BaseException as thrown:
                trace("body", thrown)
                raise
    except ExceptionGroup as failed:
        trace("failed", failures(failed))


@scenario
async def a_body_that_catches_the_cancellation_still_leaves_with_the_failure(trace):
    """S64: the request is taken back at the end of the block, whatever the body made of it."""
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail_after(1, "child"))
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError:
                trace("caught")
            await asyncio.sleep(1)
            trace("body goes on", millis())
    except ExceptionGroup as failed:
        trace("failed", failures(failed))
    trace("requests", requests())


@scenario
async def a_cancelled_child_is_no_failure(trace):
    """S65: neither one that somebody cancels, nor one that ends so by itself."""

    async def end_cancelled():
        raise asyncio.CancelledError

    async with asyncio.TaskGroup() as group:
        victim = group.create_task(sleeper(trace, "victim"))
        by_itself = group.create_task(end_cancelled())
        other = group.create_task(sleeper(trace, "other", 2))
        await asyncio.sleep(1)
        victim.cancel()
    trace("cancelled", victim.cancelled(), by_itself.cancelled(), other.cancelled())
    trace("after", millis())


@scenario
async def a_failing_body_cancels_the_children_and_leaves_in_a_group(trace):
    """S66: children that have not started never run."""
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(sleeper(trace, "early"))
            await asyncio.sleep(1)
            late = group.create_task(sleeper(trace, "late"))
            raise Boom("body")
    except ExceptionGroup as failed:
        trace("failed", failures(failed))
    trace("late", late.cancelled())


@scenario
async def a_body_that_ends_cancelled_by_itself_leaves_as_it_is(trace):
    """S66: the children are cancelled, and the cancellation is in no group."""
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(sleeper(trace, "child"))
            await asyncio.sleep(1)
            raise asyncio.CancelledError("own")
    except asyncio.CancelledError as cancelled:
        trace(cancelled, message_of(cancelled), "requests", requests())
