"""Queues gone through in a loop until they are shut down; S91, S93, S96.

Python needs a generator for that; other languages have the loop built in. It takes an item in the moment in which the
loop goes on with it, and none ahead.
"""

import asyncio

from harness import advance, millis, scenario


async def items(queue):
    try:
        while True:
            yield await queue.get()
    except asyncio.QueueShutDown:
        return


async def consumer(trace, name, queue, seconds=0):
    """Works so long on each item."""
    try:
        async for item in items(queue):
            trace(name, "got", item, "at", millis())
            if seconds:
                await asyncio.sleep(seconds)
        trace(name, "ends at", millis())
    except asyncio.CancelledError as cancelled:
        trace(name, cancelled, "at", millis())
        raise


def start(coroutine):
    return asyncio.create_task(coroutine)


def call_at(second, function, *arguments):
    asyncio.get_running_loop().call_at(second, function, *arguments)


@scenario
async def a_loop_goes_on_until_the_queue_is_shut_down_and_empty(trace):
    """S93: with what is there, and with what comes."""
    queue = asyncio.Queue()
    queue.put_nowait(1)
    call_at(1, queue.put_nowait, 2)
    call_at(2, queue.put_nowait, 3)
    call_at(3, queue.shutdown)
    await consumer(trace, "A", queue)


@scenario
async def a_loop_ends_at_once_with_a_shutdown_at_once(trace):
    """S94: after the item that it works on."""
    queue = asyncio.Queue()
    for item in (1, 2, 3):
        queue.put_nowait(item)
    call_at(1, queue.shutdown, True)
    await consumer(trace, "A", queue, 3)


@scenario
async def loops_share_the_items(trace):
    """S90: each item goes to one of them, by turns if they wait."""
    queue = asyncio.Queue()
    tasks = [start(consumer(trace, name, queue)) for name in "AB"]
    for second in (1, 2, 3):
        call_at(second, queue.put_nowait, second)
    call_at(4, queue.shutdown)
    await asyncio.wait(tasks)


@scenario
async def a_loop_takes_no_item_ahead(trace):
    """S90: while it works, the others are there for everybody."""
    queue = asyncio.Queue()
    for item in (1, 2, 3):
        queue.put_nowait(item)
    task = start(consumer(trace, "A", queue, 2))
    await asyncio.sleep(1)
    trace("robber got", queue.get_nowait(), "left", queue.qsize())
    queue.shutdown()
    await task


@scenario
async def a_loop_that_is_left_early_leaves_the_rest(trace):
    """S90: it goes on where it was left, or another one does."""
    queue = asyncio.Queue()
    for item in (1, 2, 3):
        queue.put_nowait(item)
    queue.shutdown()
    loop = items(queue)
    async for item in loop:
        trace("got", item)
        break
    trace("left", queue.qsize())
    await loop.aclose()
    await consumer(trace, "A", queue)


@scenario
async def an_item_that_meets_a_request_stays_in_the_queue(trace):
    """S96: the loop has not taken it."""
    queue = asyncio.Queue()
    task = start(consumer(trace, "A", queue))
    await asyncio.sleep(1)
    queue.put_nowait("item")
    task.cancel()
    await asyncio.wait([task])
    trace("left", queue.qsize())


@scenario
async def an_item_that_meets_a_request_goes_to_the_next_loop(trace):
    """S91: which was not woken by the put."""
    queue = asyncio.Queue()
    first = start(consumer(trace, "A", queue))
    second = start(consumer(trace, "B", queue))
    await asyncio.sleep(1)
    queue.put_nowait("item")
    first.cancel()
    await asyncio.sleep(1)
    queue.shutdown()
    await asyncio.wait([first, second])
    trace("left", queue.qsize())


@scenario
async def an_item_that_meets_a_deadline_stays_in_the_queue(trace):
    """S62, S96: the whole loop has the deadline."""
    queue = asyncio.Queue()
    call_at(1, advance, 3)
    call_at(2, queue.put_nowait, "item")
    try:
        await asyncio.wait_for(consumer(trace, "A", queue), 3)
    except TimeoutError as late:
        trace(late, "at", millis())
    trace("left", queue.qsize())


@scenario
async def a_request_while_it_works_takes_its_item_with_it(trace):
    """S91: that one was got; the others are still there."""
    queue = asyncio.Queue()
    for item in (1, 2):
        queue.put_nowait(item)
    task = start(consumer(trace, "A", queue, 5))
    call_at(1, task.cancel)
    await asyncio.wait([task])
    trace("left", queue.qsize(), queue.get_nowait())
