"""asyncio.timeout: deadlines that meet cancel requests; S53, S55, S59."""

import asyncio

from harness import millis, scenario


def requests():
    """The cancel requests that stand against the running task."""
    return asyncio.current_task().cancelling()


async def ended(task):
    """Waits for a task, whichever way it ends."""
    await asyncio.wait([task])
    return task


@scenario
async def a_request_from_outside_goes_before_the_deadline(trace):
    """S53: it comes first, and the deadline passes during the cleanup."""

    async def body():
        try:
            async with asyncio.timeout(2) as deadline:
                try:
                    await asyncio.sleep(10)
                finally:
                    trace("expired", deadline.expired(), "at", millis())
        except asyncio.CancelledError as cancelled:
            trace(cancelled, "requests", requests())
            raise

    task = asyncio.create_task(body())
    await asyncio.sleep(1)
    task.cancel()
    await ended(task)
    trace("cancelled", task.cancelled(), "at", millis())


@scenario
async def a_request_in_the_pass_of_the_deadline_wins(trace):
    """S55: whichever of the two comes first."""
    loop = asyncio.get_running_loop()

    async def body(deadlines):
        try:
            async with asyncio.timeout(None) as deadline:
                deadlines.append(deadline)
                await asyncio.sleep(10)
        except asyncio.CancelledError as cancelled:
            trace(cancelled, "expired", deadline.expired(), "requests", requests())
            raise

    for request_first in (True, False):
        deadlines = []
        task = asyncio.create_task(body(deadlines))
        await asyncio.sleep(1)
        if request_first:
            loop.call_soon(task.cancel)
        deadlines[0].reschedule(loop.time())
        if not request_first:
            loop.call_soon(task.cancel)
        await ended(task)
        trace("cancelled", task.cancelled())


@scenario
async def a_request_during_the_cleanup_after_the_deadline_wins(trace):
    """S53: there are more requests than the deadline's own when the block ends."""

    async def body():
        try:
            async with asyncio.timeout(1) as deadline:
                try:
                    await asyncio.sleep(10)
                finally:
                    await asyncio.sleep(10)
        except asyncio.CancelledError as cancelled:
            trace(cancelled, "expired", deadline.expired(), "requests", requests())
            raise

    task = asyncio.create_task(body())
    await asyncio.sleep(2)
    task.cancel()
    await ended(task)
    trace("cancelled", task.cancelled(), "at", millis())


@scenario
async def a_deadline_works_in_a_task_that_is_being_cancelled(trace):
    """S59: requests from before do not count."""

    async def body():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            try:
                async with asyncio.timeout(1):
                    await asyncio.sleep(10)
            except TimeoutError as late:
                trace("cleanup", late, "requests", requests(), "at", millis())
            raise

    task = asyncio.create_task(body())
    await asyncio.sleep(1)
    task.cancel()
    await ended(task)
    trace("cancelled", task.cancelled())


@scenario
async def a_request_from_before_the_block_goes_before_a_deadline_of_now(trace):
    """CPython 3.13 loses the request here (gh-134471): it should win, as it does over a later deadline."""

    async def body(delay):
        asyncio.current_task().cancel()
        try:
            async with asyncio.timeout(delay):
                await asyncio.sleep(0)
        except (TimeoutError, asyncio.CancelledError) as ending:
            trace(ending, "requests", requests())
            raise

    for delay in (1, 0):
        task = await ended(asyncio.create_task(body(delay)))
        trace("cancelled", task.cancelled())
        task.cancelled() or task.exception()
