"""The children of task groups, and when one is taken: S64, S69, S72."""

import asyncio

from harness import Boom, Passes, message_of, millis, scenario


def failures(group):
    """What a group holds: failures by their messages, groups as lists, other exceptions as they are."""
    return [
        failures(each) if isinstance(each, ExceptionGroup) else message_of(each) if isinstance(each, Boom) else each
        for each in group.exceptions
    ]


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
async def children_may_start_siblings_after_the_body_has_ended(trace):
    """S69: the group goes on until the last of them has ended."""

    async def child(group, left):
        await asyncio.sleep(1)
        trace("child", left, millis())
        if left:
            group.create_task(child(group, left - 1))

    async with asyncio.TaskGroup() as group:
        group.create_task(child(group, 2))
        trace("body ends")
    trace("after", millis())


@scenario
async def no_child_is_taken_during_the_shutdown_or_after_the_end(trace):
    """S69: it would be neither cancelled nor waited for."""

    def try_to_create(group, where):
        body = sleeper(trace, "never")
        try:
            group.create_task(body)
        except RuntimeError as refused:
            trace(where, refused)
        body.close()

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail_after(1, "child"))
            try:
                await asyncio.sleep(10)
            finally:
                try_to_create(group, "shutting down")
    except ExceptionGroup as failed:
        trace("failed", failures(failed))
    try_to_create(group, "finished")
    async with asyncio.TaskGroup() as empty:
        pass
    try_to_create(empty, "empty")


@scenario
async def no_child_is_taken_between_the_last_end_and_the_end_of_the_block(trace):
    """S69: the block is as good as left, though its task has not woken up yet."""

    def right_after_the_group_was_told(_):
        body = sleeper(trace, "never")
        try:
            group.create_task(body)
        except RuntimeError as refused:
            trace("refused", refused)
        body.close()

    async with asyncio.TaskGroup() as group:
        child = group.create_task(sleeper(trace, "child", 1))
        child.add_done_callback(right_after_the_group_was_told)
    trace("after", millis())


@scenario
async def a_group_must_be_entered_and_only_once(trace):
    """S69, S72: one group, one block."""
    group = asyncio.TaskGroup()
    body = sleeper(trace, "never")
    try:
        group.create_task(body)
    except RuntimeError as refused:
        trace("not entered", refused)
    body.close()
    async with group:
        trace("entered")
    try:
        async with group:
            trace("not reached")
    except RuntimeError as refused:
        trace("entered again", refused)


@scenario
async def the_children_of_a_group_have_ended_after_it(trace):
    """S64: their results are there."""

    async def compute(seconds, value):
        await asyncio.sleep(seconds)
        return value

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(compute(seconds, seconds * 10), name=f"child {seconds}") for seconds in (3, 1, 2)]
    trace(tasks, [task.result() for task in tasks], millis())


@scenario
async def the_passes_of_a_group(trace):
    """S32, S72: an empty group does not suspend."""

    async def immediate():
        pass

    passes = Passes()
    async with asyncio.TaskGroup():
        pass
    trace("empty", passes.stop())
    passes = Passes()
    async with asyncio.TaskGroup() as group:
        group.create_task(immediate())
    trace("one child", passes.stop())
    passes = Passes()
    async with asyncio.TaskGroup() as group:
        group.create_task(immediate())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    trace("ended before the body", passes.stop())
