"""Queues by priority and last-in first-out queues; S90, S91, S95."""

import asyncio

from harness import scenario


def start(coroutine):
    return asyncio.create_task(coroutine)


async def getter(trace, name, queue):
    trace(name, "got", await queue.get())


async def putter(trace, name, queue, item):
    await queue.put(item)
    trace(name, "has put", item)


def drain(queue):
    """All that is in the queue, in the order in which it gives it."""
    items = []
    while not queue.empty():
        items.append(queue.get_nowait())
    return items


@scenario
async def the_smallest_item_leaves_first(trace):
    """S95: whenever it came."""
    queue = asyncio.PriorityQueue()
    for item in (3, 1, 2):
        queue.put_nowait(item)
    trace(queue.get_nowait())
    queue.put_nowait(0)
    trace(drain(queue))


@scenario
async def items_of_one_priority_leave_in_the_order_they_came(trace):
    """S95: when a running number comes second."""
    queue = asyncio.PriorityQueue()
    for number, (priority, what) in enumerate([(2, "b"), (1, "x"), (2, "a"), (1, "y"), (2, "c")]):
        queue.put_nowait((priority, number, what))
    trace([what for _, _, what in drain(queue)])


@scenario
async def another_order_can_be_chosen(trace):
    """S95: the greatest first."""
    queue = asyncio.PriorityQueue()
    for item in (2, 3, 1):
        queue.put_nowait(-item)
    trace([-item for item in drain(queue)])


@scenario
async def the_last_item_leaves_first(trace):
    """S95: of those that are there."""
    queue = asyncio.LifoQueue()
    queue.put_nowait(1)
    queue.put_nowait(2)
    trace(queue.get_nowait())
    queue.put_nowait(3)
    trace(drain(queue))


@scenario
async def a_woken_getter_takes_the_smallest_that_is_there_by_then(trace):
    """S90, S95: not the item that woke it."""
    queue = asyncio.PriorityQueue()
    task = start(getter(trace, "getter", queue))
    await asyncio.sleep(1)
    queue.put_nowait(5)
    queue.put_nowait(1)
    await task
    trace("left", drain(queue))


@scenario
async def a_woken_getter_takes_the_last_that_is_there_by_then(trace):
    """S90, S95: not the item that woke it."""
    queue = asyncio.LifoQueue()
    task = start(getter(trace, "getter", queue))
    await asyncio.sleep(1)
    queue.put_nowait("first")
    queue.put_nowait("last")
    await task
    trace("left", drain(queue))


@scenario
async def of_two_woken_getters_the_first_gets_the_smallest(trace):
    """S90, S95: the line of getters is first-in first-out in any queue."""
    queue = asyncio.PriorityQueue()
    tasks = [start(getter(trace, name, queue)) for name in "AB"]
    await asyncio.sleep(1)
    queue.put_nowait(2)
    queue.put_nowait(1)
    await asyncio.wait(tasks)


@scenario
async def an_item_that_nobody_takes_keeps_its_rank(trace):
    """S91, S96: in a queue by priority and in one of the last first."""
    for queue in (asyncio.PriorityQueue(), asyncio.LifoQueue()):
        task = start(queue.get())
        await asyncio.sleep(1)
        for item in (1, 3, 2):
            queue.put_nowait(item)
        task.cancel()
        await asyncio.wait([task])
        trace("cancelled", task.cancelled(), "left", drain(queue))


@scenario
async def a_putter_that_waited_comes_in_by_its_rank(trace):
    """S90, S95: room is given by the order of coming, the items leave by priority."""
    queue = asyncio.PriorityQueue(2)
    queue.put_nowait(3)
    queue.put_nowait(4)
    tasks = [start(putter(trace, name, queue, item)) for name, item in (("A", 5), ("B", 1))]
    await asyncio.sleep(1)
    trace("got", queue.get_nowait())
    await asyncio.sleep(1)
    trace("got", queue.get_nowait())
    await asyncio.wait(tasks)
    trace("left", drain(queue))


@scenario
async def a_putter_that_waited_is_the_last_in(trace):
    """S90, S95: its item leaves first."""
    queue = asyncio.LifoQueue(2)
    queue.put_nowait("bottom")
    queue.put_nowait("top")
    task = start(putter(trace, "putter", queue, "late"))
    await asyncio.sleep(1)
    trace("got", queue.get_nowait())
    await task
    trace("left", drain(queue))


@scenario
async def each_kind_keeps_its_order_after_a_shutdown(trace):
    """S93, S95: what is left is drained in it."""
    for queue in (asyncio.PriorityQueue(), asyncio.LifoQueue()):
        for item in (2, 1, 3):
            queue.put_nowait(item)
        queue.shutdown()
        items = []
        try:
            while True:
                items.append(await queue.get())
        except asyncio.QueueShutDown:
            trace(items)


@scenario
async def each_kind_has_its_limit(trace):
    """S90: and takes no more."""
    for queue in (asyncio.PriorityQueue(1), asyncio.LifoQueue(1)):
        queue.put_nowait(1)
        try:
            queue.put_nowait(2)
        except asyncio.QueueFull:
            trace("full")
        trace("size", queue.qsize(), "limit", queue.maxsize)
