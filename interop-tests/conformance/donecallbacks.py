"""Done callbacks of futures: S22, S23."""

import asyncio

from harness import Boom, scenario


@scenario
async def callbacks_never_run_inline(trace):
    """S22: they run in the next iteration in the order of registration, those added to an ended future as well."""
    loop = asyncio.get_running_loop()
    future = loop.create_future()

    def adder(done):
        trace("adder")
        done.add_done_callback(lambda done: trace("added by a callback"))
        trace("adder ends")

    future.add_done_callback(lambda done: trace("one", done.result()))
    future.add_done_callback(adder)
    loop.call_soon(trace, "soon")
    future.set_result("value")
    trace("completed")
    future.add_done_callback(lambda done: trace("added after the end"))
    trace("main goes on")
    await asyncio.sleep(0)
    trace("main one")
    await asyncio.sleep(0)
    trace("main two")


@scenario
async def a_wakeup_stands_among_the_callbacks(trace):
    """S22: a task that awaits a future is one of its callbacks and wakes in its place among the others."""
    future = asyncio.get_running_loop().create_future()

    async def waiter(name):
        await future
        trace(name)

    future.add_done_callback(lambda done: trace("callback one"))
    asyncio.create_task(waiter("waiter one"))
    await asyncio.sleep(0)
    future.add_done_callback(lambda done: trace("callback two"))
    asyncio.create_task(waiter("waiter two"))
    await asyncio.sleep(0)
    future.add_done_callback(lambda done: trace("callback three"))
    future.set_result(None)
    await asyncio.sleep(0)
    trace("main")


@scenario
async def a_callback_that_fails_harms_nobody(trace):
    """S8, S22: an exception in a done callback goes to the handler; the other callbacks and waiters are told."""
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: trace("handler", context["exception"]))
    future = loop.create_future()

    def fail(done):
        raise Boom

    future.add_done_callback(lambda done: trace("one"))
    future.add_done_callback(fail)
    future.add_done_callback(lambda done: trace("three"))
    loop.call_soon(future.set_result, "value")
    trace("main", await future)


@scenario
async def a_removed_callback_is_removed_as_often_as_it_was_added(trace):
    """S23: remove_done_callback takes every entry of the callback out and says how many there were."""
    future = asyncio.get_running_loop().create_future()

    def one(done):
        trace("one")

    def two(done):
        trace("two")

    for callback in (one, two, one, one):
        future.add_done_callback(callback)
    trace("removed", future.remove_done_callback(one), future.remove_done_callback(one))
    future.set_result(None)
    await asyncio.sleep(0)
    trace("removed at the end", future.remove_done_callback(two))


@scenario
async def a_scheduled_callback_cannot_be_removed(trace):
    """S23: once the future has ended its callbacks are on their way, also when one of them wants to remove another."""
    future = asyncio.get_running_loop().create_future()

    def one(done):
        trace("one removes", done.remove_done_callback(two))

    def two(done):
        trace("two")

    future.add_done_callback(one)
    future.add_done_callback(two)
    future.set_result(None)
    trace("main removes", future.remove_done_callback(two))
    await asyncio.sleep(0)
    trace("main")
