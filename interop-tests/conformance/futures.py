"""Futures and who awaits them: S21, S24, S25."""

import asyncio

from harness import Boom, Passes, scenario


def refused(call, *args):
    """Whether a future refuses a second end. Python says so by an exception, Java by returning false."""
    try:
        return call(*args) is False
    except asyncio.InvalidStateError:
        return True


@scenario
async def a_future_ends_once(trace):
    """S21: whatever its end was, a future refuses a second one and keeps the first."""
    loop = asyncio.get_running_loop()
    ends = {
        "result": lambda future: future.set_result("first"),
        "failure": lambda future: future.set_exception(Boom()),
        "cancel": lambda future: future.cancel(),
    }
    for name, end in ends.items():
        future = loop.create_future()
        end(future)
        trace(
            "after", name,
            "result refused", refused(future.set_result, "second"),
            "failure refused", refused(future.set_exception, ValueError()),
            "cancel refused", refused(future.cancel),
        )
        try:
            trace("still", await future)
        except (Boom, asyncio.CancelledError) as error:
            trace("still", error, future.cancelled())


@scenario
async def the_state_of_a_future_can_be_asked(trace):
    """S21: the result and the exception of a pending future are an error, those of a cancelled one raise."""
    loop = asyncio.get_running_loop()

    def look(name, future):
        trace(name, "done", future.done(), "cancelled", future.cancelled())
        for question in (future.result, future.exception):
            try:
                trace(name, question())
            except BaseException as error:
                trace(name, "raised", error)

    future = loop.create_future()
    look("pending", future)
    future.set_result("value")
    look("finished", future)
    future = loop.create_future()
    future.set_exception(Boom())
    look("failed", future)
    future = loop.create_future()
    future.cancel()
    look("cancelled", future)


@scenario
async def awaiting_an_ended_future_does_not_suspend(trace):
    """S24: neither a value nor a failure nor a cancellation that is there already costs a pass; nobody else runs."""
    loop = asyncio.get_running_loop()
    loop.call_soon(trace, "other")
    value, failed, cancelled = loop.create_future(), loop.create_future(), loop.create_future()
    value.set_result("value")
    failed.set_exception(Boom())
    cancelled.cancel()
    passes = Passes()
    for future in (value, failed, cancelled):
        try:
            trace(await future)
        except (Boom, asyncio.CancelledError) as error:
            trace(error)
    trace("passes", passes.stop())
    await asyncio.sleep(0)
    trace("main")


@scenario
async def all_awaiters_get_the_same_object(trace):
    """S25: everybody who awaits a future, and whoever asks it later, gets the very same value or exception."""
    loop = asyncio.get_running_loop()
    value, failure = [], Boom()

    async def waiter(future):
        try:
            return await future
        except Boom as error:
            return error

    for expected, end in ((value, asyncio.Future.set_result), (failure, asyncio.Future.set_exception)):
        future = loop.create_future()
        waiters = [asyncio.create_task(waiter(future)) for _ in range(3)]
        loop.call_later(0.001, end, future, expected)
        got = [await task for task in waiters] + [await waiter(future)]
        trace("same", [one is expected for one in got])
    trace("asked", future.exception() is failure)
