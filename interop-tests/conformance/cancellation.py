"""Cancel requests and one task: how they count, when they are delivered, what the body may do about them; S39-S43, S46, S51."""

import asyncio

from harness import Boom, message_of, millis, scenario


def start(coroutine, name=None):
    return asyncio.create_task(coroutine, name=name)


async def ended(task):
    """Waits for a task, whichever way it ends."""
    await asyncio.wait([task])
    return task


@scenario
async def a_request_is_delivered_once(trace):
    """S39: a body that has caught it goes on, and its later awaits work."""

    async def body():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError as cancelled:
            trace("caught", cancelled, "at", millis())
        await asyncio.sleep(2)
        trace("slept until", millis())
        return "value"

    task = start(body())
    await asyncio.sleep(1)
    accepted = task.cancel()
    trace(await task, "accepted", accepted)


@scenario
async def a_body_may_clean_up_before_it_ends_cancelled(trace):
    """S39: the finally block can wait as long as it likes."""

    async def body():
        try:
            await asyncio.sleep(10)
        finally:
            await asyncio.sleep(3)
            trace("cleaned up at", millis())

    task = start(body())
    await asyncio.sleep(1)
    task.cancel()
    trace("done", task.done())
    await ended(task)
    trace("cancelled", task.cancelled(), "at", millis())


@scenario
async def a_second_request_breaks_the_cleanup_off(trace):
    """S39: each request is delivered, wherever the body waits then."""

    async def body():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            trace("cleaning up", millis())
            await asyncio.sleep(10)
            trace("not reached")

    task = start(body())
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.sleep(1)
    task.cancel()
    await ended(task)
    trace("cancelled", task.cancelled(), "requests", task.cancelling(), "at", millis())


@scenario
async def requests_are_counted_until_the_task_has_ended(trace):
    """S41: each is accepted and counts, whatever the body does about it; those that come too late do neither."""

    async def body():
        for _ in range(2):
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError:
                trace("requests", asyncio.current_task().cancelling())
        await asyncio.sleep(1)
        return "value"

    task = start(body())
    accepted = []
    for _ in range(2):
        await asyncio.sleep(1)
        accepted.append(task.cancel())
    trace(await task, "accepted", accepted, task.cancel(), "requests", task.cancelling())


@scenario
async def uncancel_takes_one_request_back_and_stops_at_zero(trace):
    """S51: it tells how many are left."""

    async def body():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            return "value"

    task = start(body())
    await asyncio.sleep(1)
    task.cancel()
    task.cancel()
    trace("requests", task.cancelling(), "left", task.uncancel(), task.uncancel(), task.uncancel())
    trace(await task, "requests", task.cancelling(), "cancelled", task.cancelled())


@scenario
async def a_task_that_is_cancelled_before_it_starts_never_runs(trace):
    """S43: it ends in its first step, and not at once."""

    async def body():
        trace("not reached")

    task = start(body())
    trace("accepted", task.cancel(), "done", task.done())
    await asyncio.sleep(0)
    trace("cancelled", task.cancelled(), "requests", task.cancelling())


@scenario
async def a_request_that_is_taken_back_before_the_start_is_dropped(trace):
    """S51: nothing is left to be delivered."""

    async def body():
        trace("runs")
        await asyncio.sleep(1)
        return "value"

    task = start(body())
    task.cancel()
    trace("left", task.uncancel())
    trace(await task)


@scenario
async def one_of_two_requests_taken_back_leaves_one_to_deliver(trace):
    """S51: a request is dropped only when none is left."""

    async def body():
        trace("not reached")

    task = start(body())
    task.cancel()
    task.cancel()
    trace("left", task.uncancel())
    await ended(task)
    trace("cancelled", task.cancelled(), "requests", task.cancelling())


@scenario
async def a_body_that_swallows_the_cancellation_ends_normally(trace):
    """S46: the request goes on being counted, and hinders nobody."""

    async def body():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            return "value"

    task = start(body())
    await asyncio.sleep(1)
    task.cancel()
    trace(await task, "cancelled", task.cancelled(), "requests", task.cancelling())


@scenario
async def a_body_that_answers_with_a_failure_has_failed(trace):
    """S46: the failure is what the awaiter sees."""

    async def body():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            raise Boom("in place of it")

    task = start(body())
    await asyncio.sleep(1)
    task.cancel()
    try:
        await task
    except Boom as failed:
        trace(failed, message_of(failed), "cancelled", task.cancelled())
