"""asyncio.timeout as it stands in programs: around code that cleans up, catches, nests; S53-S57. In Java as a resource."""

import asyncio

from harness import Boom, millis, scenario


def requests():
    """The cancel requests that stand against the running task."""
    return asyncio.current_task().cancelling()


async def ended(task):
    """Waits for a task, whichever way it ends."""
    await asyncio.wait([task])
    return task


@scenario
async def the_timeout_is_caught_where_the_block_ends(trace):
    """S53: what follows can wait again."""
    try:
        async with asyncio.timeout(1):
            await asyncio.sleep(10)
            trace("not reached")
    except TimeoutError as late:
        trace(late, "requests", requests(), "at", millis())
    await asyncio.sleep(1)
    trace("goes on until", millis())


@scenario
async def finally_blocks_run_and_may_wait(trace):
    """S53: on the way out."""
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
async def the_same_task_may_time_out_again_and_again(trace):
    """S53: each block begins with a clean slate."""
    for attempt in (1, 2, 3):
        try:
            async with asyncio.timeout(attempt):
                await asyncio.sleep(2)
                trace("attempt", attempt, "succeeds", millis())
        except TimeoutError as late:
            trace("attempt", attempt, late, millis())


@scenario
async def a_block_in_a_block_may_time_out_alone(trace):
    """S56: the outer one goes on, and its deadline still holds."""
    try:
        async with asyncio.timeout(3):
            try:
                async with asyncio.timeout(1):
                    await asyncio.sleep(10)
            except TimeoutError as late:
                trace("inner", late, millis())
            await asyncio.sleep(10)
    except TimeoutError as late:
        trace("outer", late, "requests", requests(), millis())


@scenario
async def a_block_in_a_block_ends_with_the_outer_one(trace):
    """S56: an inner deadline that is further away has no say."""
    try:
        async with asyncio.timeout(1):
            try:
                async with asyncio.timeout(5) as inner:
                    await asyncio.sleep(10)
            finally:
                trace("inner expired", inner.expired(), millis())
    except TimeoutError as late:
        trace("outer", late, "requests", requests(), millis())


@scenario
async def two_deadlines_in_the_same_pass_are_one_timeout(trace):
    """S56: outside of both nothing is left behind."""
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout_at(loop.time() + 1) as outer, asyncio.timeout_at(loop.time() + 1) as inner:
            await asyncio.sleep(10)
    except TimeoutError as late:
        trace(late, "requests", requests(), "expired", outer.expired(), inner.expired())
    await asyncio.sleep(1)
    trace("goes on until", millis())


@scenario
async def a_request_from_outside_is_no_timeout(trace):
    """S53, S55: before the deadline, and in the pass of the deadline."""
    loop = asyncio.get_running_loop()

    async def body():
        try:
            async with asyncio.timeout(2) as deadline:
                await asyncio.sleep(10)
        except (TimeoutError, asyncio.CancelledError) as ending:
            trace(ending, "expired", deadline.expired(), "requests", requests())
            raise

    for seconds in (1, 2):
        task = asyncio.create_task(body())
        loop.call_later(seconds, task.cancel)
        await ended(task)
        trace("cancelled", task.cancelled())


@scenario
async def a_failure_in_the_block_is_no_timeout(trace):
    """S53: before the deadline, and in the cleanup after it."""
    try:
        async with asyncio.timeout(1):
            raise Boom()
    except Boom as failed:
        trace(failed)
    try:
        async with asyncio.timeout(1) as deadline:
            try:
                await asyncio.sleep(10)
            finally:
                raise Boom()
    except Boom as failed:
        trace(failed, "expired", deadline.expired(), "requests", requests())


@scenario
async def a_block_that_goes_on_after_its_deadline_ends_normally(trace):
    """S57: what it caught was the deadline."""
    async with asyncio.timeout(1) as deadline:
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError as caught:
            trace("caught", caught)
        await asyncio.sleep(2)
        trace("goes on until", millis())
    trace("expired", deadline.expired(), "requests", requests())
