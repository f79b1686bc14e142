"""Queues: getters and putters that are cancelled, before and after they were woken; S44, S91, S96."""

import asyncio

from harness import scenario


def start(coroutine):
    return asyncio.create_task(coroutine)


async def ended(*tasks):
    """Waits for tasks, whichever way they end."""
    await asyncio.wait(tasks)


async def getter(trace, name, queue):
    try:
        trace(name, "got", await queue.get())
    except asyncio.CancelledError as cancelled:
        trace(name, cancelled)
        raise


async def putter(trace, name, queue, item):
    try:
        await queue.put(item)
        trace(name, "has put", item)
    except asyncio.CancelledError as cancelled:
        trace(name, cancelled)
        raise


@scenario
async def a_cancelled_getter_leaves_the_line(trace):
    """S91: the next item goes to the one behind it."""
    queue = asyncio.Queue()
    first = start(getter(trace, "A", queue))
    second = start(getter(trace, "B", queue))
    await asyncio.sleep(1)
    first.cancel()
    await asyncio.sleep(1)
    queue.put_nowait("item")
    await ended(first, second)
    trace("left", queue.qsize())


@scenario
async def an_item_passes_by_a_getter_that_is_being_cancelled(trace):
    """S91, S96: the cancelled one stands in the line until its next step, and is skipped."""
    queue = asyncio.Queue()
    first = start(getter(trace, "A", queue))
    second = start(getter(trace, "B", queue))
    await asyncio.sleep(1)
    first.cancel()
    queue.put_nowait("item")
    await ended(first, second)
    trace("left", queue.qsize())


@scenario
async def a_woken_getter_that_is_cancelled_wakes_the_next(trace):
    """S91: the item is for the one behind it."""
    queue = asyncio.Queue()
    first = start(getter(trace, "A", queue))
    second = start(getter(trace, "B", queue))
    await asyncio.sleep(1)
    queue.put_nowait("item")
    first.cancel()
    await ended(first, second)
    trace("left", queue.qsize())


@scenario
async def of_two_woken_getters_the_living_one_gets_the_first_item(trace):
    """S91, S96: the items keep their order when the first getter is cancelled."""
    queue = asyncio.Queue()
    first = start(getter(trace, "A", queue))
    second = start(getter(trace, "B", queue))
    await asyncio.sleep(1)
    queue.put_nowait(1)
    queue.put_nowait(2)
    first.cancel()
    await ended(first, second)
    trace("left", queue.get_nowait())


@scenario
async def a_wakeup_that_nobody_can_take_is_kept_for_the_next_to_come(trace):
    """S91: all who waited are cancelled in the pass in which the item comes."""
    queue = asyncio.Queue()
    tasks = [start(getter(trace, name, queue)) for name in "AB"]
    await asyncio.sleep(1)
    queue.put_nowait("item")
    for task in tasks:
        task.cancel()
    await ended(*tasks)
    trace("left", queue.qsize())
    await getter(trace, "C", queue)


@scenario
async def a_woken_putter_that_is_cancelled_wakes_the_next(trace):
    """S91: its item does not come in, and the room is for the one behind it."""
    queue = asyncio.Queue(1)
    queue.put_nowait("of old")
    first = start(putter(trace, "A", queue, "item of A"))
    second = start(putter(trace, "B", queue, "item of B"))
    await asyncio.sleep(1)
    queue.get_nowait()
    first.cancel()
    await ended(first, second)
    trace("in the queue", queue.get_nowait(), "left", queue.qsize())


@scenario
async def a_cancelled_putter_leaves_the_line(trace):
    """S91: its item does not come in."""
    queue = asyncio.Queue(1)
    queue.put_nowait("of old")
    first = start(putter(trace, "A", queue, "item of A"))
    second = start(putter(trace, "B", queue, "item of B"))
    await asyncio.sleep(1)
    first.cancel()
    await asyncio.sleep(1)
    queue.get_nowait()
    await ended(first, second)
    trace("in the queue", queue.get_nowait(), "left", queue.qsize())


@scenario
async def room_that_nobody_takes_is_there_for_all(trace):
    """S91: the one that was woken is cancelled, and nobody stands behind it."""
    queue = asyncio.Queue(1)
    queue.put_nowait("of old")
    task = start(putter(trace, "putter", queue, "item"))
    await asyncio.sleep(1)
    queue.get_nowait()
    task.cancel()
    await ended(task)
    trace("full", queue.full())
    queue.put_nowait("item of another")
    trace("in the queue", queue.get_nowait(), "left", queue.qsize())
