"""asyncio.timeout and timeout_at: deadlines that are asked for, moved, or misused; S60."""

import asyncio

from harness import millis, scenario


@scenario
async def a_deadline_may_be_moved_ahead(trace):
    """S60."""
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(1) as deadline:
        deadline.reschedule(loop.time() + 5)
        await asyncio.sleep(3)
        trace("goes on until", millis())
    trace("expired", deadline.expired())


@scenario
async def a_deadline_may_be_moved_nearer(trace):
    """S60."""
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(10) as deadline:
            await asyncio.sleep(1)
            deadline.reschedule(loop.time() + 1)
            await asyncio.sleep(10)
    except TimeoutError as late:
        trace(late, "at", millis())


@scenario
async def a_deadline_may_be_taken_away(trace):
    """S60."""
    async with asyncio.timeout(1) as deadline:
        deadline.reschedule(None)
        await asyncio.sleep(5)
        trace("deadline", deadline.when(), "goes on until", millis())
    trace("expired", deadline.expired())


@scenario
async def a_deadline_may_be_set_later(trace):
    """S60: on a block that had none."""
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(None) as deadline:
            await asyncio.sleep(5)
            deadline.reschedule(loop.time() + 1)
            await asyncio.sleep(5)
    except TimeoutError as late:
        trace(late, "at", millis())


@scenario
async def a_deadline_moved_into_the_past_passes_in_the_next_pass(trace):
    """S60: and not at once."""
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(10) as deadline:
            await asyncio.sleep(5)
            deadline.reschedule(loop.time() - 1)
            trace("expired", deadline.expired())
            await asyncio.sleep(0)
            trace("not reached")
    except TimeoutError as late:
        trace(late, "expired", deadline.expired(), "at", millis())


@scenario
async def a_deadline_is_a_time_of_the_loop(trace):
    """S60: whether it was given as a delay or as a time."""
    loop = asyncio.get_running_loop()
    await asyncio.sleep(1)
    async with asyncio.timeout(2) as relative:
        trace("deadline", round(relative.when() * 1000))
    try:
        async with asyncio.timeout_at(loop.time() + 3) as absolute:
            trace("deadline", round(absolute.when() * 1000))
            await asyncio.sleep(10)
    except TimeoutError as late:
        trace(late, "at", millis())


@scenario
async def a_time_in_the_past_is_a_deadline_of_now(trace):
    """S54, S60."""
    loop = asyncio.get_running_loop()
    await asyncio.sleep(5)
    async with asyncio.timeout_at(loop.time() - 3):
        trace("a block that does not suspend")
    try:
        async with asyncio.timeout_at(loop.time() - 3):
            await asyncio.sleep(0)
    except TimeoutError as late:
        trace(late, "at", millis())


@scenario
async def a_deadline_that_has_passed_cannot_be_moved(trace):
    """S60: in the block and after it."""
    loop = asyncio.get_running_loop()

    def try_to_move(deadline):
        try:
            deadline.reschedule(loop.time() + 1)
        except RuntimeError as refused:
            trace(refused)

    async with asyncio.timeout(1) as deadline:
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            try_to_move(deadline)
    try_to_move(deadline)


@scenario
async def the_deadline_of_a_block_that_was_left_cannot_be_moved(trace):
    """S60."""
    async with asyncio.timeout(1) as deadline:
        pass
    try:
        deadline.reschedule(None)
    except RuntimeError as refused:
        trace(refused)


@scenario
async def a_timeout_is_for_tasks_only(trace):
    """S60: a callback has nothing that could be cancelled."""
    loop = asyncio.get_running_loop()
    told = loop.create_future()

    def callback():
        try:
            asyncio.timeout(1).__aenter__().send(None)
        except RuntimeError as refused:
            trace(refused)
        told.set_result(None)

    loop.call_soon(callback)
    await told
