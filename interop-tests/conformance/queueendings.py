"""Queues: shutdowns that meet something else in one pass, and those that somebody joins; S44, S93, S94."""

import asyncio

from harness import millis, scenario


def start(coroutine):
    return asyncio.create_task(coroutine)


async def getter(trace, name, queue):
    try:
        trace(name, "got", await queue.get())
    except asyncio.QueueShutDown:
        trace(name, "finds it shut down")
    except asyncio.CancelledError as cancelled:
        trace(name, cancelled)
        raise


async def putter(trace, name, queue, item):
    try:
        await queue.put(item)
        trace(name, "has put", item)
    except asyncio.QueueShutDown:
        trace(name, "finds it shut down")


async def joiner(trace, name, queue):
    await queue.join()
    trace(name, "joined at", millis())


@scenario
async def an_item_and_a_shutdown_in_one_pass(trace):
    """S93: the woken getter gets the item, the other one does not."""
    queue = asyncio.Queue()
    tasks = [start(getter(trace, name, queue)) for name in "AB"]
    await asyncio.sleep(1)
    queue.put_nowait("item")
    queue.shutdown()
    await asyncio.wait(tasks)


@scenario
async def an_item_and_a_shutdown_at_once_in_one_pass(trace):
    """S94: the woken getter comes too late."""
    queue = asyncio.Queue()
    tasks = [start(getter(trace, name, queue)) for name in "AB"]
    await asyncio.sleep(1)
    queue.put_nowait("item")
    queue.shutdown(immediate=True)
    await asyncio.wait(tasks)
    trace("size", queue.qsize())


@scenario
async def a_robbed_getter_and_a_shutdown_in_one_pass(trace):
    """S90, S93: there is nothing to wait for any more."""
    queue = asyncio.Queue()
    task = start(getter(trace, "getter", queue))
    await asyncio.sleep(1)
    queue.put_nowait("item")
    trace("robber got", queue.get_nowait())
    queue.shutdown()
    await task


@scenario
async def room_and_a_shutdown_in_one_pass(trace):
    """S93: the woken putter comes too late."""
    queue = asyncio.Queue(1)
    queue.put_nowait("of old")
    task = start(putter(trace, "putter", queue, "item"))
    await asyncio.sleep(1)
    queue.get_nowait()
    queue.shutdown()
    await task
    trace("size", queue.qsize())


@scenario
async def a_putter_that_has_got_its_room_has_put_before_a_shutdown(trace):
    """S93: its item is one of those that are left."""
    queue = asyncio.Queue(1)
    queue.put_nowait("of old")
    task = start(putter(trace, "putter", queue, "item"))
    await asyncio.sleep(1)
    queue.get_nowait()
    await asyncio.sleep(1)
    queue.shutdown()
    await task
    await getter(trace, "getter", queue)
    await getter(trace, "getter", queue)


@scenario
async def a_request_and_a_shutdown_in_one_pass(trace):
    """S44, S93: the request wins in either order."""
    for request_first in (True, False):
        queue = asyncio.Queue()
        task = start(getter(trace, "getter", queue))
        await asyncio.sleep(1)
        if request_first:
            task.cancel()
            queue.shutdown()
        else:
            queue.shutdown()
            task.cancel()
        await asyncio.wait([task])
        trace("cancelled", task.cancelled())


@scenario
async def a_join_goes_on_through_a_shutdown(trace):
    """S93: until what was left is done."""
    queue = asyncio.Queue()
    queue.put_nowait("item")
    task = start(joiner(trace, "joiner", queue))
    await asyncio.sleep(1)
    queue.shutdown()
    await asyncio.sleep(1)
    trace("got", queue.get_nowait())
    queue.task_done()
    await task


@scenario
async def a_shutdown_at_once_ends_a_join(trace):
    """S94: dropped items count as done."""
    queue = asyncio.Queue()
    queue.put_nowait(1)
    queue.put_nowait(2)
    tasks = [start(joiner(trace, name, queue)) for name in "AB"]
    await asyncio.sleep(1)
    queue.shutdown(immediate=True)
    await asyncio.wait(tasks)


@scenario
async def an_item_in_work_holds_a_join_after_a_shutdown_at_once(trace):
    """S94: it was not dropped, and is to be reported done."""
    queue = asyncio.Queue()
    queue.put_nowait(1)
    queue.put_nowait(2)
    trace("got", queue.get_nowait())
    task = start(joiner(trace, "joiner", queue))
    await asyncio.sleep(1)
    queue.shutdown(immediate=True)
    await asyncio.sleep(1)
    trace("waits on", not task.done())
    queue.task_done()
    await task
