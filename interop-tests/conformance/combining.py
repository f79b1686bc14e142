"""Shield, ensure_future, and the passes of all that combines: S30, S32, S79."""

import asyncio

from harness import Boom, Passes, message_of, millis, scenario


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


@scenario
async def a_shield_keeps_a_cancellation_from_the_inner_future(trace):
    """S79: the one that waits is cancelled at once, and can wait again."""
    inner = start(sleeper(trace, "inner", 3))

    async def parent():
        try:
            await asyncio.shield(inner)
        except asyncio.CancelledError as cancelled:
            trace("outer", cancelled, "inner", inner.done(), millis())
        await inner

    task = start(parent())
    await asyncio.sleep(1)
    task.cancel()
    await task
    trace("after", millis())


@scenario
async def a_shield_ends_as_the_inner_future_does(trace):
    """S79: with its value, its failure, or cancelled."""
    trace(await asyncio.shield(start(after(1, "value"))))
    try:
        await asyncio.shield(start(fail_after(1, "bad")))
    except Boom as failed:
        trace(failed, message_of(failed))
    inner = start(sleeper(trace, "inner"))
    outer = asyncio.shield(inner)
    await asyncio.sleep(1)
    inner.cancel()
    await asyncio.wait([outer])
    trace("outer cancelled", outer.cancelled())


@scenario
async def a_shield_of_an_ended_future_is_that_future(trace):
    """S79: there is nothing to protect."""
    ended = asyncio.get_running_loop().create_future()
    ended.set_result("x")
    trace(asyncio.shield(ended) is ended)


@scenario
async def a_shield_in_a_gather_is_left_out_of_its_cancellation(trace):
    """S76, S79: gather ends with the shield, the work behind it goes on."""
    inner = start(sleeper(trace, "inner", 2))
    together = asyncio.gather(asyncio.shield(inner), start(sleeper(trace, "child")))
    await asyncio.sleep(1)
    together.cancel()
    try:
        await together
    except asyncio.CancelledError as cancelled:
        trace(cancelled, millis())
    await inner


@scenario
async def ensure_future_gives_a_future_back_as_it_is(trace):
    """S30: only what is none yet is wrapped."""
    future = asyncio.get_running_loop().create_future()
    task = start(after(0, "x"))
    trace(asyncio.ensure_future(future) is future, asyncio.ensure_future(task) is task)
    await task


@scenario
async def the_passes_of_what_combines(trace):
    """S32: how long a task waits for children that end in their first step."""

    async def immediate():
        pass

    passes = Passes()
    await start(immediate())
    trace("task", passes.stop())
    passes = Passes()
    await asyncio.gather(start(immediate()), start(immediate()))
    trace("gather", passes.stop())
    passes = Passes()
    await asyncio.wait([start(immediate())])
    trace("wait", passes.stop())
    passes = Passes()
    await asyncio.shield(start(immediate()))
    trace("shield", passes.stop())
    passes = Passes()
    for following in asyncio.as_completed([start(immediate())]):
        await following
    trace("as completed", passes.stop())


@scenario
async def the_passes_of_what_combines_ended_futures(trace):
    """S32, S24: to await a gather or a shield of them does not suspend."""
    ended = asyncio.get_running_loop().create_future()
    ended.set_result(None)
    passes = Passes()
    await ended
    trace("future", passes.stop())
    passes = Passes()
    await asyncio.gather(ended, ended)
    trace("gather", passes.stop())
    passes = Passes()
    await asyncio.wait([ended])
    trace("wait", passes.stop())
    passes = Passes()
    await asyncio.shield(ended)
    trace("shield", passes.stop())
    passes = Passes()
    for following in asyncio.as_completed([ended]):
        await following
    trace("as completed", passes.stop())
