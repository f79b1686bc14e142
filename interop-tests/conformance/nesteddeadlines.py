"""asyncio.timeout within asyncio.timeout; S56."""

import asyncio

from harness import millis, scenario


def requests():
    """The cancel requests that stand against the running task."""
    return asyncio.current_task().cancelling()


@scenario
async def an_inner_deadline_leaves_the_outer_block_going(trace):
    """S56: only the one that has expired becomes a timeout."""
    async with asyncio.timeout(5) as outer:
        try:
            async with asyncio.timeout(1) as inner:
                await asyncio.sleep(10)
        except TimeoutError as late:
            trace(late, "at", millis())
        await asyncio.sleep(1)
        trace("goes on until", millis())
    trace("expired outer", outer.expired(), "inner", inner.expired())


@scenario
async def an_outer_deadline_passes_through_the_inner_block(trace):
    """S56: as a cancellation."""
    try:
        async with asyncio.timeout(1) as outer:
            try:
                async with asyncio.timeout(5) as inner:
                    await asyncio.sleep(10)
            except asyncio.CancelledError as cancelled:
                trace("inner", cancelled, "requests", requests())
                raise
    except TimeoutError as late:
        trace("outer", late, "requests", requests(), "at", millis())
    trace("expired outer", outer.expired(), "inner", inner.expired())


@scenario
async def of_two_deadlines_at_once_the_outer_one_leaves(trace):
    """S56: both have expired."""
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout_at(loop.time() + 1) as outer:
            try:
                async with asyncio.timeout_at(loop.time() + 1) as inner:
                    await asyncio.sleep(10)
            except asyncio.CancelledError as cancelled:
                trace("inner", cancelled, "requests", requests())
                raise
    except TimeoutError as late:
        trace("outer", late, "requests", requests(), "at", millis())
    trace("expired outer", outer.expired(), "inner", inner.expired())


@scenario
async def an_outer_deadline_during_the_cleanup_of_the_inner_block_leaves(trace):
    """S56: the cleanup is broken off."""
    try:
        async with asyncio.timeout(2) as outer:
            async with asyncio.timeout(1) as inner:
                try:
                    await asyncio.sleep(10)
                finally:
                    trace("cleanup", millis())
                    await asyncio.sleep(10)
    except TimeoutError as late:
        trace(late, "requests", requests(), "at", millis())
    trace("expired outer", outer.expired(), "inner", inner.expired())
