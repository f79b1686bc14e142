"""Cancel requests and tasks that wait for tasks: chains, shared tasks, shields, gatherings; S42, S46, S49, S50."""

import asyncio

from harness import Boom, Passes, message_of, millis, scenario


def start(coroutine, name=None):
    return asyncio.create_task(coroutine, name=name)


async def ended(task):
    """Waits for a task, whichever way it ends."""
    await asyncio.wait([task])
    return task


async def waiter(trace, name, awaitable):
    """Awaits something, and says how that ended."""
    try:
        trace(name, "got", await awaitable)
    except asyncio.CancelledError as cancelled:
        trace(name, cancelled, "at", millis())
        raise


@scenario
async def a_request_climbs_a_chain_one_task_a_pass(trace):
    """S49: the innermost is cancelled at once, the outermost has ended some passes later."""

    async def link(inner):
        await inner

    innermost = start(asyncio.sleep(10))
    chain = innermost
    for _ in range(3):
        chain = start(link(chain))
    await asyncio.sleep(1)
    passes = Passes()
    chain.cancel()
    await ended(chain)
    trace("innermost cancelled", innermost.cancelled(), "outermost cancelled", chain.cancelled(), "passes", passes.stop())


@scenario
async def the_outer_task_ends_after_the_inner_one_has_cleaned_up(trace):
    """S49: a request is passed on, not answered."""

    async def slow_to_end():
        try:
            await asyncio.sleep(10)
        finally:
            await asyncio.sleep(2)
            trace("inner cleaned up", millis())

    inner = start(slow_to_end())
    outer = start(waiter(trace, "outer", inner))
    await asyncio.sleep(1)
    outer.cancel()
    await asyncio.sleep(1)
    trace("done", outer.done(), "requests outer", outer.cancelling(), "inner", inner.cancelling())
    await ended(outer)


@scenario
async def a_second_request_reaches_the_cleanup_of_the_inner_task(trace):
    """S49: as the first one did."""

    async def slow_to_end():
        try:
            await asyncio.sleep(10)
        finally:
            await waiter(trace, "cleanup", asyncio.sleep(10))

    inner = start(slow_to_end())
    outer = start(waiter(trace, "outer", inner))
    await asyncio.sleep(1)
    outer.cancel()
    await asyncio.sleep(1)
    outer.cancel()
    await ended(outer)
    trace("requests outer", outer.cancelling(), "inner", inner.cancelling())


@scenario
async def an_inner_task_that_refuses_gives_its_value_to_the_outer_one(trace):
    """S46: then nobody is cancelled, and the requests stay counted."""

    async def stubborn():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            return "value"

    inner = start(stubborn())
    outer = start(waiter(trace, "outer", inner))
    await asyncio.sleep(1)
    outer.cancel()
    await ended(outer)
    trace("cancelled", outer.cancelled(), "requests outer", outer.cancelling(), "inner", inner.cancelling())


@scenario
async def an_inner_task_that_fails_in_its_cleanup_fails_the_outer_one(trace):
    """S46: the failure takes the place of the cancellation."""

    async def fragile():
        try:
            await asyncio.sleep(10)
        finally:
            raise Boom("cleanup")

    outer = start(waiter(trace, "outer", start(fragile())))
    await asyncio.sleep(1)
    outer.cancel()
    await ended(outer)
    trace("cancelled", outer.cancelled(), outer.exception(), message_of(outer.exception()))


@scenario
async def who_awaits_a_cancelled_task_may_go_on(trace):
    """S47: it sees the cancellation of the other, and has no request of its own."""

    async def outer(inner):
        try:
            await inner
        except asyncio.CancelledError as cancelled:
            trace("outer", cancelled, "requests", asyncio.current_task().cancelling())
        await asyncio.sleep(1)
        return "value"

    inner = start(waiter(trace, "inner", asyncio.sleep(10)))
    task = start(outer(inner))
    await asyncio.sleep(1)
    inner.cancel()
    trace(await task, millis())


@scenario
async def cancelling_one_awaiter_of_a_shared_task_cancels_all(trace):
    """S50: the shared task is cancelled, and with it everybody who waits for it."""
    shared = start(waiter(trace, "shared", asyncio.sleep(10)))
    one = start(waiter(trace, "one", shared))
    two = start(waiter(trace, "two", shared))
    await asyncio.sleep(1)
    one.cancel()
    await asyncio.wait([one, two])
    trace("requests", shared.cancelling(), one.cancelling(), two.cancelling())


@scenario
async def a_shield_protects_the_other_awaiters_of_a_shared_task(trace):
    """S50, S79: only the one that was cancelled is."""
    shared = start(asyncio.sleep(5, "value"))
    one = start(waiter(trace, "one", asyncio.shield(shared)))
    two = start(waiter(trace, "two", asyncio.shield(shared)))
    await asyncio.sleep(1)
    one.cancel()
    await asyncio.wait([one, two])
    trace("requests", shared.cancelling(), one.cancelling(), two.cancelling(), "at", millis())


@scenario
async def a_request_reaches_everything_that_is_gathered(trace):
    """S42, S76: a future, a sleep, a task, and a gathering of more."""
    future = asyncio.get_running_loop().create_future()
    inner = start(waiter(trace, "inner", asyncio.sleep(10)))

    async def body():
        await asyncio.gather(future, start(asyncio.sleep(10)), asyncio.gather(inner))

    task = start(body())
    await asyncio.sleep(1)
    task.cancel()
    await ended(task)
    trace("cancelled", task.cancelled(), "future", future.cancelled(), "inner", inner.cancelled(), "at", millis())


@scenario
async def a_request_wins_over_a_gathering_that_has_just_ended(trace):
    """S44, S76: its children keep their results."""
    future = asyncio.get_running_loop().create_future()
    together = asyncio.gather(future)
    task = start(waiter(trace, "task", together))
    together.add_done_callback(lambda _: trace("accepted", task.cancel()))
    await asyncio.sleep(1)
    future.set_result("value")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    trace("cancelled", task.cancelled(), "child", future.result())
