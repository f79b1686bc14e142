"""asyncio.timeout around a block of code: what expires, when, and what the block may do about it; S53, S54, S57, S58."""

import asyncio

from harness import Boom, millis, scenario


def requests():
    """The cancel requests that stand against the running task."""
    return asyncio.current_task().cancelling()


@scenario
async def a_deadline_breaks_the_block_off(trace):
    """S53: the block sees a cancellation, which leaves it as a timeout; no request is left behind."""
    try:
        async with asyncio.timeout(1) as deadline:
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError as cancelled:
                trace("block", cancelled, "requests", requests())
                raise
    except TimeoutError as late:
        trace(late, "because of", late.__cause__, "at", millis())
    trace("expired", deadline.expired(), "requests", requests())


@scenario
async def a_block_that_ends_in_time_is_left_alone(trace):
    """S53: also after the deadline."""
    async with asyncio.timeout(2) as deadline:
        await asyncio.sleep(1)
    trace("expired", deadline.expired(), "at", millis())
    await asyncio.sleep(5)
    trace("expired", deadline.expired(), "requests", requests(), "at", millis())


@scenario
async def a_failure_in_time_leaves_the_block_as_it_is(trace):
    """S53."""
    try:
        async with asyncio.timeout(2) as deadline:
            await asyncio.sleep(1)
            raise Boom()
    except Boom as failed:
        trace(failed, "expired", deadline.expired())


@scenario
async def a_block_without_a_deadline_is_never_broken_off(trace):
    """S60: there may be one later."""
    async with asyncio.timeout(None) as deadline:
        trace("deadline", deadline.when())
        await asyncio.sleep(100_000)
    trace("expired", deadline.expired(), "at", millis())


@scenario
async def a_block_that_never_suspends_does_not_time_out(trace):
    """S54: even if its time was up before it began."""
    for delay in (1, 0, -1):
        async with asyncio.timeout(delay) as deadline:
            trace("runs")
        trace("expired", deadline.expired())


@scenario
async def a_deadline_of_now_breaks_off_the_first_suspension(trace):
    """S54: however short that is."""
    for delay in (0, -1):
        try:
            async with asyncio.timeout(delay) as deadline:
                await asyncio.sleep(0)
                trace("not reached")
        except TimeoutError as late:
            trace(late, "expired", deadline.expired(), "requests", requests())


@scenario
async def the_block_may_clean_up_before_the_timeout_leaves_it(trace):
    """S53: it takes the time that it takes."""
    try:
        async with asyncio.timeout(1):
            try:
                await asyncio.sleep(10)
            finally:
                await asyncio.sleep(3)
                trace("cleaned up", millis())
    except TimeoutError as late:
        trace(late, "at", millis())


@scenario
async def a_block_that_swallows_the_cancellation_does_not_time_out(trace):
    """S57: but the deadline has expired, and no request is left behind."""
    async with asyncio.timeout(1) as deadline:
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError as cancelled:
            trace("swallowed", cancelled)
        await asyncio.sleep(5)
        trace("expired", deadline.expired(), "requests", requests(), "at", millis())
    trace("expired", deadline.expired(), "requests", requests())


@scenario
async def a_failure_after_the_deadline_leaves_the_block_and_tells_of_the_timeout(trace):
    """S58: the timeout stands behind the failure."""
    try:
        async with asyncio.timeout(1) as deadline:
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError:
                raise Boom()
    except Boom as failed:
        trace(failed, "behind it", failed.__context__)
    trace("expired", deadline.expired(), "requests", requests())


@scenario
async def a_deadline_wins_over_a_result_that_the_block_has_not_taken(trace):
    """S44, S53: it is a cancel request like any other; so one pass decides, and in it the order."""
    loop = asyncio.get_running_loop()
    for result_first in (True, False):
        future = loop.create_future()
        try:
            async with asyncio.timeout(None) as deadline:

                def both():
                    if result_first:
                        future.set_result("value")
                    deadline.reschedule(loop.time())
                    if not result_first:
                        future.set_result("value")

                loop.call_later(1, both)
                trace("got", await future)
        except TimeoutError as late:
            trace(late, "future", future.result(), "requests", requests())


@scenario
async def the_passes_of_a_timeout(trace):
    """S53: entering and leaving take none."""
    loop = asyncio.get_running_loop()
    order = []
    loop.call_soon(order.append, "callback")
    async with asyncio.timeout(1):
        order.append("inside")
    order.append("after")
    trace(order)


@scenario
async def a_cancelled_future_in_the_block_is_no_timeout(trace):
    """S53: the deadline has not passed."""
    future = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(1, future.cancel)
    try:
        async with asyncio.timeout(5) as deadline:
            await future
    except asyncio.CancelledError as cancelled:
        trace(cancelled, "expired", deadline.expired(), "requests", requests(), "at", millis())
