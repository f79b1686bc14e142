"""Queues: shutting down, plainly and at once, and who is woken by it; S93, S94."""

import asyncio

from harness import scenario


def start(coroutine):
    return asyncio.create_task(coroutine)


async def getter(trace, name, queue):
    try:
        trace(name, "got", await queue.get())
    except asyncio.QueueShutDown:
        trace(name, "finds it shut down")


async def putter(trace, name, queue, item):
    try:
        await queue.put(item)
        trace(name, "has put", item)
    except asyncio.QueueShutDown:
        trace(name, "finds it shut down")


def try_get(trace, queue):
    try:
        trace("got", queue.get_nowait())
    except asyncio.QueueShutDown:
        trace("shut down")
    except asyncio.QueueEmpty:
        trace("empty")


def try_put(trace, queue, item):
    try:
        queue.put_nowait(item)
        trace("has put", item)
    except asyncio.QueueShutDown:
        trace("shut down")
    except asyncio.QueueFull:
        trace("full")


@scenario
async def a_queue_that_is_shut_down_takes_nothing(trace):
    """S93: not even what it has room for."""
    queue = asyncio.Queue()
    queue.shutdown()
    await putter(trace, "putter", queue, "item")
    try_put(trace, queue, "item")
    trace("size", queue.qsize())


@scenario
async def a_full_queue_that_is_shut_down_takes_nothing_either(trace):
    """S93: it says why, and does not wait for room."""
    queue = asyncio.Queue(1)
    queue.put_nowait("of old")
    queue.shutdown()
    await putter(trace, "putter", queue, "item")
    try_put(trace, queue, "item")
    trace("size", queue.qsize())


@scenario
async def what_is_left_can_be_got_after_a_shutdown(trace):
    """S93: and then no more."""
    queue = asyncio.Queue()
    for item in (1, 2, 3):
        queue.put_nowait(item)
    queue.shutdown()
    await getter(trace, "getter", queue)
    try_get(trace, queue)
    await getter(trace, "getter", queue)
    await getter(trace, "getter", queue)
    try_get(trace, queue)


@scenario
async def a_shutdown_wakes_all_getters(trace):
    """S93: in the order they came."""
    queue = asyncio.Queue()
    tasks = [start(getter(trace, name, queue)) for name in "ABC"]
    await asyncio.sleep(1)
    queue.shutdown()
    await asyncio.wait(tasks)


@scenario
async def a_shutdown_wakes_all_putters(trace):
    """S93: their items do not come in."""
    queue = asyncio.Queue(1)
    queue.put_nowait("of old")
    tasks = [start(putter(trace, name, queue, f"item of {name}")) for name in "AB"]
    await asyncio.sleep(1)
    queue.shutdown()
    await asyncio.wait(tasks)
    try_get(trace, queue)
    try_get(trace, queue)


@scenario
async def a_shutdown_at_once_drops_the_items(trace):
    """S94: nobody gets them."""
    queue = asyncio.Queue()
    queue.put_nowait(1)
    queue.put_nowait(2)
    queue.shutdown(immediate=True)
    trace("size", queue.qsize(), "empty", queue.empty())
    await getter(trace, "getter", queue)
    try_get(trace, queue)
    try_put(trace, queue, "item")


@scenario
async def a_shutdown_at_once_wakes_all_putters(trace):
    """S94: there is room now, but not for them."""
    queue = asyncio.Queue(1)
    queue.put_nowait("of old")
    tasks = [start(putter(trace, name, queue, f"item of {name}")) for name in "AB"]
    await asyncio.sleep(1)
    queue.shutdown(immediate=True)
    await asyncio.wait(tasks)
    trace("size", queue.qsize())


@scenario
async def a_second_shutdown_changes_nothing(trace):
    """S93: neither of a queue with items nor of an empty one."""
    queue = asyncio.Queue()
    queue.put_nowait("item")
    queue.shutdown()
    queue.shutdown()
    try_get(trace, queue)
    queue.shutdown()
    try_get(trace, queue)


@scenario
async def a_shutdown_can_become_one_at_once(trace):
    """S93, S94: what was left is dropped then."""
    queue = asyncio.Queue()
    queue.put_nowait(1)
    queue.put_nowait(2)
    queue.shutdown()
    try_get(trace, queue)
    queue.shutdown(immediate=True)
    try_get(trace, queue)
