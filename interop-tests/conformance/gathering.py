"""Gather: S74-S77."""

import asyncio

from harness import Boom, message_of, millis, scenario


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
async def gather_gives_the_values_in_the_order_of_the_arguments(trace):
    """S74: whatever ends first."""
    values = await asyncio.gather(start(after(3, "a")), start(after(1, "b")), start(after(2, "c")))
    trace(values, millis())


@scenario
async def gather_of_nothing_has_ended_at_once(trace):
    """S74: there is nothing to wait for."""
    nothing = asyncio.gather()
    trace("done", nothing.done(), nothing.result())


@scenario
async def gather_takes_a_future_at_several_places(trace):
    """S74: it runs once and its value stands at each."""

    async def once():
        trace("runs")
        return "x"

    task = start(once())
    trace(await asyncio.gather(task, start(after(1, "y")), task))


@scenario
async def the_first_failure_ends_gather_and_the_siblings_go_on(trace):
    """S75: what fails later is not reported."""
    reported = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: reported.append(context))
    sibling = start(sleeper(trace, "sibling", 3))
    later = start(fail_after(2, "later"))
    try:
        await asyncio.gather(sibling, later, start(fail_after(1, "first")))
    except Boom as failed:
        trace(failed, message_of(failed), "at", millis())
    await asyncio.wait([sibling, later])
    del later
    trace("reported", len(reported))


@scenario
async def a_cancelled_child_ends_gather(trace):
    """S75: as a cancellation, though nobody cancelled the one that waits."""
    victim = start(sleeper(trace, "victim"))
    sibling = start(sleeper(trace, "sibling", 2))
    asyncio.get_running_loop().call_later(1, victim.cancel)
    try:
        await asyncio.gather(victim, sibling)
    except asyncio.CancelledError as cancelled:
        trace(cancelled, "requests", asyncio.current_task().cancelling(), "at", millis())
    await sibling


@scenario
async def cancelling_gather_cancels_the_children_and_ends_with_the_first(trace):
    """S76: a second request finds it ended."""

    async def slow_to_end(name, seconds):
        try:
            await asyncio.sleep(10)
        finally:
            await asyncio.sleep(seconds)
            trace(name, "has ended", millis())

    slow = start(slow_to_end("slow", 3))
    together = asyncio.gather(start(slow_to_end("quick", 1)), slow)
    await asyncio.sleep(1)
    trace("accepted", together.cancel("enough"), "done", together.done())
    try:
        await together
    except asyncio.CancelledError as cancelled:
        trace(cancelled, message_of(cancelled), "at", millis())
    trace("accepted", together.cancel(), "done", together.done())
    await asyncio.wait([slow])


@scenario
async def a_gather_that_was_asked_to_stop_has_failed_and_is_not_cancelled(trace):
    """S76: it ends with the cancellation as an exception."""
    together = asyncio.gather(start(after(5, "x")))
    await asyncio.sleep(0)
    together.cancel()
    try:
        await together
    except asyncio.CancelledError:
        trace("done", together.done(), "cancelled", together.cancelled())


@scenario
async def cancelling_the_task_that_gathers_cancels_the_children(trace):
    """S76, S42: the request travels through gather."""

    async def parent():
        await asyncio.gather(start(sleeper(trace, "child")), asyncio.gather(start(sleeper(trace, "grandchild"))))

    task = start(parent())
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.wait([task])
    trace("cancelled", task.cancelled(), millis())


@scenario
async def cancelling_an_ended_gather_does_nothing(trace):
    """S76: also when it ended early by a failure and children still run."""
    sibling = start(sleeper(trace, "sibling", 2))
    together = asyncio.gather(sibling, start(fail_after(1, "first")))
    try:
        await together
    except Boom:
        trace("accepted", together.cancel())
    await sibling


@scenario
async def gather_outcomes_holds_failures_and_cancellations(trace):
    """S77: each at its place, when all have ended."""
    victim = start(sleeper(trace, "victim"))
    asyncio.get_running_loop().call_later(1, victim.cancel)
    bad = start(fail_after(3, "bad"))
    results = await asyncio.gather(bad, victim, start(after(2, "fine")), return_exceptions=True)
    trace(results, message_of(results[0]), millis())


@scenario
async def cancelling_gather_outcomes_ends_cancelled_when_all_have_ended(trace):
    """S76: even if the children do not heed the request."""

    async def stubborn(name, seconds):
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            await asyncio.sleep(seconds)
            trace(name, "has ended", millis())

    async def parent():
        results = await asyncio.gather(start(stubborn("one", 1)), start(stubborn("two", 2)), return_exceptions=True)
        trace("not reached", results)

    task = start(parent())
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.wait([task])
    trace("cancelled", task.cancelled(), millis())
