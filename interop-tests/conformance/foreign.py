"""Futures that the loop does not own: S29, S30."""

import asyncio
import concurrent.futures

from harness import Boom, new_loop, scenario


@scenario
async def a_future_of_another_loop_is_refused(trace):
    """S29: awaiting what belongs to another loop is an error at the await; the future is not touched."""
    other = new_loop()
    future = other.create_future()
    try:
        trace(await future)
    except RuntimeError as error:
        trace(error)
    await asyncio.sleep(0)
    trace("main goes on", future.done())
    other.close()


@scenario
async def a_task_cannot_await_itself(trace):
    """S29: a task that awaits itself gets an error in place of waiting for ever, and can go on."""

    async def body():
        try:
            await asyncio.current_task()
        except RuntimeError as error:
            trace(error)
        return "value"

    trace(await asyncio.create_task(body()))


@scenario
async def a_foreign_result_comes_through_the_queue(trace):
    """S30: the end of a foreign future reaches its view on the loop as a callback, behind what is ready."""
    loop = asyncio.get_running_loop()
    foreign = concurrent.futures.Future()
    view = asyncio.wrap_future(foreign)
    view.add_done_callback(lambda done: trace("view's callback"))
    loop.call_soon(trace, "before")
    foreign.set_result("value")
    loop.call_soon(trace, "after")
    trace("view", view.done())
    await asyncio.sleep(0)
    trace("main one, view", view.done())
    trace(await view)


@scenario
async def a_foreign_failure_is_the_original_one(trace):
    """S30: what a foreign future fails with arrives as the very same exception."""
    foreign = concurrent.futures.Future()
    failure = Boom("original")
    asyncio.get_running_loop().call_soon(foreign.set_exception, failure)
    try:
        await asyncio.wrap_future(foreign)
    except Boom as error:
        trace(error, error is failure)


@scenario
async def cancelling_the_view_cancels_the_foreign_future(trace):
    """S30: a cancel request for the view goes on to the foreign future by the next pass."""
    foreign = concurrent.futures.Future()
    view = asyncio.wrap_future(foreign)
    trace("cancel", view.cancel(), view.cancelled())
    await asyncio.sleep(0)
    trace("foreign", foreign.cancelled(), foreign.done())


@scenario
async def cancelling_the_foreign_future_cancels_the_view(trace):
    """S30: a foreign future that is cancelled by its own people ends the view as cancelled, and whoever awaits it."""
    foreign = concurrent.futures.Future()
    view = asyncio.wrap_future(foreign)
    asyncio.get_running_loop().call_soon(foreign.cancel)
    try:
        await view
    except asyncio.CancelledError as cancelled:
        trace(cancelled, view.cancelled())


@scenario
async def a_foreign_result_loses_against_a_cancel(trace):
    """S30: foreign result and cancel of the view in the same pass: the view is cancelled and the result is dropped."""
    foreign = concurrent.futures.Future()
    view = asyncio.wrap_future(foreign)
    foreign.set_result("too late")
    trace("cancel", view.cancel())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    trace("view cancelled", view.cancelled())
    trace("foreign", foreign.result())


@scenario(plain=True)
def a_foreign_result_for_a_closed_loop_is_dropped(trace):
    """S30: whoever completes a foreign future does not get to feel that the loop which waited for it is gone."""
    foreign = concurrent.futures.Future()

    async def main():
        return asyncio.wrap_future(foreign)

    with asyncio.Runner(loop_factory=new_loop) as runner:
        views = [runner.run(main())]
    foreign.set_result("value")
    trace("foreign", foreign.result(), "view done", [view.done() for view in views])
