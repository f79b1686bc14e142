"""Queues: order, waiting and sizes; S90."""

import asyncio

from harness import Passes, millis, scenario


def start(coroutine):
    return asyncio.create_task(coroutine)


async def getter(trace, name, queue):
    """Gets one item and says which."""
    trace(name, "got", await queue.get())


async def putter(trace, name, queue, item):
    """Puts one item and says so when there was room."""
    await queue.put(item)
    trace(name, "has put", item)


@scenario
async def items_leave_in_the_order_they_came(trace):
    """S90: however they were put and are got."""
    queue = asyncio.Queue()
    await queue.put("first")
    queue.put_nowait("second")
    await queue.put("third")
    trace([queue.get_nowait(), await queue.get(), queue.get_nowait()])


@scenario
async def what_can_be_done_at_once_does_not_suspend(trace):
    """S90: a put into room, and a get of what is there."""
    queue = asyncio.Queue(1)
    passes = Passes()
    await queue.put("item")
    trace(await queue.get(), "passes", passes.stop())


@scenario
async def a_getter_waits_for_an_item(trace):
    """S90: as long as it takes."""
    queue = asyncio.Queue()
    task = start(getter(trace, "getter", queue))
    await asyncio.sleep(2)
    await queue.put("item")
    await task
    trace("at", millis(), "left", queue.qsize())


@scenario
async def a_putter_waits_for_room(trace):
    """S90: its item is not in the queue before."""
    queue = asyncio.Queue(1)
    queue.put_nowait("first")
    task = start(putter(trace, "putter", queue, "second"))
    await asyncio.sleep(2)
    trace("size", queue.qsize())
    trace("got", await queue.get(), "size", queue.qsize())
    await task
    trace("at", millis(), "got", await queue.get())


@scenario
async def getters_are_served_in_the_order_they_came(trace):
    """S90: each item goes to the one that has waited longest."""
    queue = asyncio.Queue()
    tasks = [start(getter(trace, name, queue)) for name in "ABC"]
    await asyncio.sleep(1)
    for item in (1, 2, 3):
        queue.put_nowait(item)
    await asyncio.wait(tasks)


@scenario
async def putters_are_served_in_the_order_they_came(trace):
    """S90: room goes to the one that has waited longest."""
    queue = asyncio.Queue(1)
    queue.put_nowait("of old")
    tasks = [start(putter(trace, name, queue, f"item of {name}")) for name in "ABC"]
    for _ in range(4):
        await asyncio.sleep(1)
        trace("got", queue.get_nowait())
    await asyncio.wait(tasks)


@scenario
async def an_item_takes_one_pass_to_a_waiting_getter(trace):
    """S32: the getter goes on in the pass after the put."""
    queue = asyncio.Queue()
    counted = {}

    async def waiting_getter():
        await queue.get()
        trace("passes", counted["passes"].stop())

    task = start(waiting_getter())
    await asyncio.sleep(1)
    counted["passes"] = Passes()
    queue.put_nowait("item")
    await task


@scenario
async def room_takes_one_pass_to_a_waiting_putter(trace):
    """S32: the putter goes on in the pass after the get."""
    queue = asyncio.Queue(1)
    queue.put_nowait("first")
    counted = {}

    async def waiting_putter():
        await queue.put("second")
        trace("passes", counted["passes"].stop())

    task = start(waiting_putter())
    await asyncio.sleep(1)
    counted["passes"] = Passes()
    queue.get_nowait()
    await task


@scenario
async def nothing_to_get_is_said_at_once(trace):
    """S90: get_nowait does not wait, and the queue works on."""
    queue = asyncio.Queue()
    try:
        queue.get_nowait()
    except asyncio.QueueEmpty:
        trace("empty")
    queue.put_nowait("item")
    trace(queue.get_nowait())


@scenario
async def no_room_is_said_at_once(trace):
    """S90: put_nowait does not wait, and the item does not come in."""
    queue = asyncio.Queue(1)
    queue.put_nowait("first")
    try:
        queue.put_nowait("second")
    except asyncio.QueueFull:
        trace("full")
    trace(queue.get_nowait(), "left", queue.qsize())


@scenario
async def a_queue_knows_its_size(trace):
    """S90: one without a limit is never full."""
    for limit in (0, 2):
        queue = asyncio.Queue(limit)
        trace("limit", queue.maxsize, "size", queue.qsize(), "empty", queue.empty(), "full", queue.full())
        queue.put_nowait("first")
        queue.put_nowait("second")
        trace("limit", queue.maxsize, "size", queue.qsize(), "empty", queue.empty(), "full", queue.full())


@scenario
async def a_negative_limit_is_no_limit(trace):
    """S90: asyncio takes it for none at all."""
    try:
        queue = asyncio.Queue(-1)
    except ValueError as refused:
        trace(refused)
        return
    for item in (1, 2, 3):
        queue.put_nowait(item)
    trace("size", queue.qsize(), "full", queue.full())


@scenario
async def nothing_is_an_item_too(trace):
    """S90: a getter that waits for it gets it."""
    queue = asyncio.Queue()
    task = start(getter(trace, "getter", queue))
    await asyncio.sleep(1)
    queue.put_nowait(None)
    await task
