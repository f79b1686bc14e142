"""How many iterations an await takes: S24, S32, S49."""

import asyncio

from harness import Boom, Passes, create_eager_task, scenario


async def immediate():
    return "value"


async def yielding(times):
    for _ in range(times):
        await asyncio.sleep(0)


async def measure(trace, name, start):
    passes = Passes()
    await start()
    trace(name, passes.stop())


@scenario
async def passes_until_an_awaited_task_has_ended(trace):
    """S32: one pass for the start, one for each yield, one for the way back."""
    await measure(trace, "immediate", lambda: asyncio.create_task(immediate()))
    await measure(trace, "yields once", lambda: asyncio.create_task(yielding(1)))
    await measure(trace, "yields twice", lambda: asyncio.create_task(yielding(2)))


@scenario
async def passes_of_an_await_that_has_nothing_to_wait_for(trace):
    """S24: a body that is awaited as it is, an ended future and an ended task take no pass."""
    ended = asyncio.create_task(immediate())
    await ended
    future = asyncio.get_running_loop().create_future()
    future.set_result("value")
    await measure(trace, "body", immediate)
    await measure(trace, "future", lambda: future)
    await measure(trace, "task", lambda: ended)


@scenario
async def passes_until_a_future_is_completed(trace):
    """S22, S32: completing takes the pass of whoever completes, and the awaiter goes on in the next one."""
    loop = asyncio.get_running_loop()

    def completed_by_a_callback():
        future = loop.create_future()
        loop.call_soon(future.set_result, "value")
        return future

    def completed_by_a_task():
        future = loop.create_future()

        async def complete():
            await asyncio.sleep(0)
            future.set_result("value")

        asyncio.create_task(complete())
        return future

    await measure(trace, "callback", completed_by_a_callback)
    await measure(trace, "task", completed_by_a_task)


@scenario
async def passes_of_eager_tasks(trace):
    """S32, S35: an eager start saves the pass for the start, and all of them if the body does not wait."""
    await measure(trace, "immediate", lambda: create_eager_task(immediate()))
    await measure(trace, "yields once", lambda: create_eager_task(yielding(1)))
    await measure(trace, "yields twice", lambda: create_eager_task(yielding(2)))


@scenario
async def an_end_climbs_one_task_per_pass(trace):
    """S31, S49: in a chain of tasks that await each other, a failure at the bottom takes one pass for each level."""
    passes = Passes()

    async def level(depth):
        if depth == 0:
            trace("fails after", passes.count)
            raise Boom
        try:
            await asyncio.create_task(level(depth - 1))
        finally:
            trace("level", depth, "after", passes.count)

    try:
        await level(4)
    except Boom as error:
        trace("main", error, "after", passes.stop())
