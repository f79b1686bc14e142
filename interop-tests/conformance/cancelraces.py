"""Cancel requests that meet a result or each other in the same pass; S41, S42, S44, S51."""

import asyncio

from harness import millis, scenario


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
        trace(name, cancelled)
        raise


@scenario
async def a_request_wins_over_a_result_of_the_same_pass(trace):
    """S44: the result is lost to the task, and stays in the future."""
    future = asyncio.get_running_loop().create_future()
    task = start(waiter(trace, "task", future))
    await asyncio.sleep(1)
    future.set_result("value")
    trace("accepted", task.cancel())
    await ended(task)
    trace("cancelled", task.cancelled(), "future", future.result())


@scenario
async def a_result_after_a_request_of_the_same_pass_is_refused(trace):
    """S42: the request has cancelled the future at once."""
    future = asyncio.get_running_loop().create_future()
    task = start(waiter(trace, "task", future))
    await asyncio.sleep(1)
    task.cancel()
    trace("future done", future.done(), "cancelled", future.cancelled())
    await ended(task)


@scenario
async def a_request_wins_over_a_sleep_that_ends_in_the_same_pass(trace):
    """S44: whichever of the two timers comes first."""
    task = start(waiter(trace, "task", asyncio.sleep(1, "slept")))
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_later(1, task.cancel)
    await ended(task)
    trace("cancelled", task.cancelled(), "at", millis())


@scenario
async def a_request_wins_over_a_child_that_has_just_ended(trace):
    """S44: the child keeps its result."""

    async def child():
        await asyncio.sleep(1)
        return "value"

    inner = start(child())
    task = start(waiter(trace, "task", inner))
    inner.add_done_callback(lambda _: trace("accepted", task.cancel()))
    await asyncio.sleep(0)
    await ended(task)
    trace("cancelled", task.cancelled(), "child", inner.result())


@scenario
async def a_request_that_comes_after_the_wakeup_is_too_late(trace):
    """S41: the task has ended in its step."""
    future = asyncio.get_running_loop().create_future()
    task = start(waiter(trace, "task", future))
    await asyncio.sleep(1)
    future.set_result("value")
    await asyncio.sleep(0)
    trace("accepted", task.cancel(), "cancelled", task.cancelled())


@scenario
async def two_requests_of_the_same_pass_are_delivered_as_one(trace):
    """S39, S41: they count two."""
    future = asyncio.get_running_loop().create_future()

    async def body():
        try:
            await future
        except asyncio.CancelledError as cancelled:
            trace(cancelled, "requests", asyncio.current_task().cancelling())
        await asyncio.sleep(0)
        trace("goes on")

    task = start(body())
    await asyncio.sleep(1)
    task.cancel()
    task.cancel()
    await ended(task)
    trace("cancelled", task.cancelled())


@scenario
async def a_request_after_the_future_was_cancelled_is_delivered_with_it(trace):
    """S42, S44: the future refuses it, so it is delivered at the next step; once."""
    future = asyncio.get_running_loop().create_future()

    async def body():
        try:
            await future
        except asyncio.CancelledError as cancelled:
            trace(cancelled, "requests", asyncio.current_task().cancelling())
        await asyncio.sleep(1)
        trace("goes on")

    task = start(body())
    await asyncio.sleep(1)
    future.cancel()
    trace("accepted", task.cancel())
    await task


@scenario
async def a_request_taken_back_in_the_same_pass_leaves_the_result(trace):
    """S51: the result was there first, and is not lost."""
    future = asyncio.get_running_loop().create_future()
    task = start(waiter(trace, "task", future))
    await asyncio.sleep(1)
    future.set_result("value")
    task.cancel()
    trace("left", task.uncancel())
    await ended(task)
    trace("cancelled", task.cancelled())


@scenario
async def a_request_taken_back_does_not_revive_the_future(trace):
    """S51: what was cancelled with it stays so."""
    future = asyncio.get_running_loop().create_future()
    task = start(waiter(trace, "task", future))
    await asyncio.sleep(1)
    task.cancel()
    trace("left", task.uncancel())
    await ended(task)
    trace("cancelled", task.cancelled(), "requests", task.cancelling())
