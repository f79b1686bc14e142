"""Queues: what a woken task finds when it runs at last; S44, S51, S90, S91, S96."""

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
async def a_woken_getter_can_be_robbed(trace):
    """S90: an item is not handed over, it is there for whoever comes first."""
    queue = asyncio.Queue()
    task = start(getter(trace, "getter", queue))
    await asyncio.sleep(1)
    queue.put_nowait("first")
    trace("robber got", queue.get_nowait())
    await asyncio.sleep(1)
    trace("waits on", not task.done())
    queue.put_nowait("second")
    await ended(task)


@scenario
async def a_robbed_getter_goes_to_the_end_of_the_line(trace):
    """S90: the next item goes to the one that stood behind it."""
    queue = asyncio.Queue()
    tasks = [start(getter(trace, name, queue)) for name in "AB"]
    await asyncio.sleep(1)
    queue.put_nowait("stolen")
    queue.get_nowait()
    await asyncio.sleep(1)
    queue.put_nowait("second")
    await asyncio.sleep(1)
    queue.put_nowait("third")
    await ended(*tasks)


@scenario
async def a_woken_getter_is_robbed_by_a_task_that_runs_earlier(trace):
    """S90: the latecomer's first step is queued before the wake-up."""
    queue = asyncio.Queue()
    early = start(getter(trace, "early", queue))
    await asyncio.sleep(1)
    late = start(getter(trace, "late", queue))
    queue.put_nowait("first")
    await asyncio.sleep(1)
    queue.put_nowait("second")
    await ended(early, late)


@scenario
async def a_task_that_runs_after_the_woken_getter_finds_nothing(trace):
    """S90: the wake-up is queued before the latecomer's first step."""
    queue = asyncio.Queue()
    early = start(getter(trace, "early", queue))
    await asyncio.sleep(1)
    queue.put_nowait("first")
    late = start(getter(trace, "late", queue))
    await asyncio.sleep(1)
    queue.put_nowait("second")
    await ended(early, late)


@scenario
async def a_robbed_putter_goes_to_the_end_of_the_line(trace):
    """S90: room is not handed over either."""
    queue = asyncio.Queue(1)
    queue.put_nowait("of old")
    tasks = [start(putter(trace, name, queue, f"item of {name}")) for name in "AB"]
    await asyncio.sleep(1)
    queue.get_nowait()
    queue.put_nowait("item of the robber")
    for _ in range(3):
        await asyncio.sleep(1)
        trace("got", queue.get_nowait())
    await ended(*tasks)


@scenario
async def a_robbed_getter_that_is_cancelled_wakes_nobody(trace):
    """S91: there is nothing to pass on."""
    queue = asyncio.Queue()
    first = start(getter(trace, "A", queue))
    second = start(getter(trace, "B", queue))
    await asyncio.sleep(1)
    queue.put_nowait("stolen")
    queue.get_nowait()
    first.cancel()
    await asyncio.sleep(1)
    trace("waits on", not second.done())
    queue.put_nowait("item")
    await ended(first, second)


@scenario
async def an_item_that_nobody_takes_stays_where_it_was(trace):
    """S44, S96: at the head of the line, not at its end."""
    queue = asyncio.Queue()
    task = start(getter(trace, "getter", queue))
    await asyncio.sleep(1)
    queue.put_nowait("first")
    queue.put_nowait("second")
    task.cancel()
    await ended(task)
    trace([queue.get_nowait(), queue.get_nowait()], "left", queue.qsize())


@scenario
async def a_request_taken_back_leaves_the_item_to_the_getter(trace):
    """S51, S91: it was woken, and has not been cancelled in the end."""
    queue = asyncio.Queue()
    task = start(getter(trace, "getter", queue))
    await asyncio.sleep(1)
    queue.put_nowait("item")
    task.cancel()
    task.uncancel()
    await ended(task)
    trace("left", queue.qsize())
