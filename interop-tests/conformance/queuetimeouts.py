"""Queues: gets, puts and joins with a deadline; S44, S61, S62, S91, S96.

Where a deadline and an item meet in one pass, a callback takes so long that both are due when it returns.
"""

import asyncio

from harness import advance, millis, scenario


def start(coroutine):
    return asyncio.create_task(coroutine)


def call_at(second, function, *arguments):
    asyncio.get_running_loop().call_at(second, function, *arguments)


async def patient_getter(trace, name, queue, seconds):
    """Gets one item in time, or says that it was too late."""
    try:
        trace(name, "got", await asyncio.wait_for(queue.get(), seconds), "at", millis())
    except TimeoutError as late:
        trace(name, late, "at", millis())
    except asyncio.CancelledError as cancelled:
        trace(name, cancelled, "at", millis())
        raise


async def patient_putter(trace, name, queue, item, seconds):
    try:
        await asyncio.wait_for(queue.put(item), seconds)
        trace(name, "has put", item, "at", millis())
    except TimeoutError as late:
        trace(name, late, "at", millis())


@scenario
async def an_item_in_time_is_got(trace):
    """S61: and the deadline has no effect any more."""
    queue = asyncio.Queue()
    call_at(1, queue.put_nowait, "item")
    await patient_getter(trace, "getter", queue, 2)
    await asyncio.sleep(5)
    trace("left", queue.qsize(), "requests", asyncio.current_task().cancelling())


@scenario
async def a_getter_whose_time_is_up_leaves_the_line(trace):
    """S62, S91: the next item is for the one behind it."""
    queue = asyncio.Queue()
    first = start(patient_getter(trace, "A", queue, 1))
    second = start(patient_getter(trace, "B", queue, 5))
    call_at(2, queue.put_nowait, "item")
    await asyncio.wait([first, second])
    trace("left", queue.qsize())


@scenario
async def a_putter_whose_time_is_up_does_not_put(trace):
    """S62, S91: its item does not come in later either."""
    queue = asyncio.Queue(1)
    queue.put_nowait("of old")
    await patient_putter(trace, "putter", queue, "late", 1)
    trace("got", queue.get_nowait())
    await asyncio.sleep(1)
    trace("left", queue.qsize())


@scenario
async def an_item_that_comes_just_before_the_deadline_is_not_lost(trace):
    """S44, S96: in the same pass; the deadline wins, and the item stays in the queue."""
    queue = asyncio.Queue()
    call_at(1, advance, 3)
    call_at(2, queue.put_nowait, "item")
    await patient_getter(trace, "getter", queue, 3)
    trace("left", queue.qsize())
    trace("got", queue.get_nowait())


@scenario
async def an_item_that_comes_just_after_the_deadline_is_not_lost(trace):
    """S44, S96: in the same pass; the getter is cancelled already, and passed over."""
    queue = asyncio.Queue()
    call_at(1, advance, 3)
    call_at(3, queue.put_nowait, "item")
    await patient_getter(trace, "getter", queue, 2)
    trace("left", queue.qsize())
    trace("got", queue.get_nowait())


@scenario
async def an_item_that_meets_the_deadline_goes_to_the_next_getter(trace):
    """S91, S96: which was not woken by the put."""
    queue = asyncio.Queue()
    first = start(patient_getter(trace, "A", queue, 3))
    second = start(patient_getter(trace, "B", queue, 10))
    call_at(1, advance, 3)
    call_at(2, queue.put_nowait, "item")
    await asyncio.wait([first, second])
    trace("left", queue.qsize())


@scenario
async def room_that_meets_the_deadline_is_not_used(trace):
    """S44, S91: what has timed out has not put."""
    queue = asyncio.Queue(1)
    queue.put_nowait("of old")
    call_at(1, advance, 3)
    call_at(2, queue.get_nowait)
    await patient_putter(trace, "putter", queue, "late", 3)
    trace("left", queue.qsize())


@scenario
async def room_that_meets_the_deadline_goes_to_the_next_putter(trace):
    """S91: whose item comes in."""
    queue = asyncio.Queue(1)
    queue.put_nowait("of old")
    first = start(patient_putter(trace, "A", queue, "item of A", 3))
    second = start(patient_putter(trace, "B", queue, "item of B", 10))
    call_at(1, advance, 3)
    call_at(2, queue.get_nowait)
    await asyncio.wait([first, second])
    trace("in the queue", queue.get_nowait(), "left", queue.qsize())


@scenario
async def no_time_at_all_does_not_take_what_is_there(trace):
    """S61: wait_for never starts a get that has no time; the item stays."""
    queue = asyncio.Queue()
    queue.put_nowait("item")
    await patient_getter(trace, "getter", queue, 0)
    trace("left", queue.qsize())


@scenario
async def a_request_and_a_deadline_and_an_item_in_one_pass(trace):
    """S55, S96: the request wins, and the item stays."""
    queue = asyncio.Queue()
    task = start(patient_getter(trace, "getter", queue, 3))
    call_at(1, advance, 4)
    call_at(2, queue.put_nowait, "item")
    call_at(4, task.cancel)
    await asyncio.wait([task])
    trace("cancelled", task.cancelled(), "left", queue.qsize())


@scenario
async def a_consumer_that_polls_loses_nothing(trace):
    """S62, S91: one get after the other with a deadline each."""
    queue = asyncio.Queue()
    for second in (3, 4):
        call_at(second, queue.put_nowait, f"item of {second}")
    for _ in range(5):
        await patient_getter(trace, "consumer", queue, 2)
    trace("left", queue.qsize())


@scenario
async def a_join_whose_time_is_up_can_be_tried_again(trace):
    """S62, S92: the queue does not mind."""
    queue = asyncio.Queue()
    queue.put_nowait("item")
    try:
        await asyncio.wait_for(queue.join(), 1)
    except TimeoutError as late:
        trace(late, "at", millis())
    call_at(3, queue.task_done)
    await asyncio.wait_for(queue.join(), 5)
    trace("joined at", millis())
