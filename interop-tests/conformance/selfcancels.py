"""Tasks that cancel themselves, and bodies that end cancelled without any request; S45, S47, S51."""

import asyncio

from harness import Boom, message_of, scenario


def start(coroutine):
    return asyncio.create_task(coroutine)


async def ended(task):
    """Waits for a task, whichever way it ends."""
    await asyncio.wait([task])
    return task


@scenario
async def a_task_that_cancels_itself_and_returns_ends_cancelled(trace):
    """S45: the request stands, although it was never delivered."""

    async def body():
        trace("accepted", asyncio.current_task().cancel())
        return "lost"

    task = await ended(start(body()))
    trace("cancelled", task.cancelled())


@scenario
async def a_task_that_cancels_itself_and_fails_has_failed(trace):
    """S45: an exception of the body goes first."""

    async def body():
        asyncio.current_task().cancel()
        raise Boom("first")

    task = await ended(start(body()))
    trace("cancelled", task.cancelled(), task.exception())


@scenario
async def a_task_that_cancels_itself_is_told_when_it_next_suspends(trace):
    """S45: an await that finds its result there does not suspend."""

    async def at_once():
        return "coroutine"

    async def body():
        known = asyncio.get_running_loop().create_future()
        known.set_result("future")
        asyncio.current_task().cancel()
        trace(await known)
        trace(await at_once())
        try:
            await asyncio.sleep(0)
        except asyncio.CancelledError as cancelled:
            trace(cancelled)

    await start(body())


@scenario
async def a_request_to_oneself_that_is_taken_back_is_dropped(trace):
    """S45, S51: the next await works."""

    async def body():
        task = asyncio.current_task()
        task.cancel()
        trace("left", task.uncancel())
        await asyncio.sleep(1)
        return "value"

    trace(await start(body()))


@scenario
async def a_body_that_raises_a_cancellation_ends_cancelled(trace):
    """S47: though nobody asked for it."""

    async def body():
        raise asyncio.CancelledError("of its own")

    task = await ended(start(body()))
    trace("cancelled", task.cancelled(), "requests", task.cancelling())
    try:
        await task
    except asyncio.CancelledError as cancelled:
        trace(message_of(cancelled))
