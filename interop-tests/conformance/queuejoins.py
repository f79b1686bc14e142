"""Queues: reporting work done, and waiting for all of it; S92."""

import asyncio

from harness import Passes, millis, scenario


def start(coroutine):
    return asyncio.create_task(coroutine)


async def joiner(trace, name, queue):
    try:
        await queue.join()
        trace(name, "joined at", millis())
    except asyncio.CancelledError as cancelled:
        trace(name, cancelled)
        raise


@scenario
async def a_queue_without_work_is_joined_at_once(trace):
    """S92: one that was never used, and one whose work is done."""
    queue = asyncio.Queue()
    passes = Passes()
    await queue.join()
    trace("passes", passes.count)
    queue.put_nowait("item")
    queue.get_nowait()
    queue.task_done()
    await queue.join()
    trace("passes", passes.stop())


@scenario
async def a_join_waits_for_the_last_report(trace):
    """S92: not for an empty queue."""
    queue = asyncio.Queue()
    queue.put_nowait(1)
    queue.put_nowait(2)
    task = start(joiner(trace, "joiner", queue))
    for _ in range(2):
        await asyncio.sleep(1)
        queue.get_nowait()
    trace("empty", queue.empty(), "waits on", not task.done())
    for _ in range(2):
        await asyncio.sleep(1)
        trace("waits on", not task.done())
        queue.task_done()
    await task


@scenario
async def a_report_too_many_is_refused(trace):
    """S92: and changes nothing."""
    queue = asyncio.Queue()
    try:
        queue.task_done()
    except ValueError:
        trace("refused")
    queue.put_nowait("item")
    queue.get_nowait()
    queue.task_done()
    try:
        queue.task_done()
    except ValueError:
        trace("refused")
    queue.put_nowait("item")
    call_later = asyncio.get_running_loop().call_later
    call_later(1, queue.task_done)
    await queue.join()
    trace("joined at", millis())


@scenario
async def work_may_be_reported_before_it_is_got(trace):
    """S92: reports are counted, not matched with items."""
    queue = asyncio.Queue()
    queue.put_nowait("item")
    queue.task_done()
    await queue.join()
    trace("joined", "size", queue.qsize())


@scenario
async def joiners_go_on_in_the_order_they_came(trace):
    """S84, S92: all of them at the last report."""
    queue = asyncio.Queue()
    queue.put_nowait("item")
    tasks = [start(joiner(trace, name, queue)) for name in "ABC"]
    await asyncio.sleep(1)
    queue.task_done()
    await asyncio.wait(tasks)


@scenario
async def a_join_goes_on_one_pass_after_the_last_report(trace):
    """S32, S92: like a wait for an event."""
    queue = asyncio.Queue()
    queue.put_nowait("item")
    counted = {}

    async def counting_joiner():
        await queue.join()
        trace("passes", counted["passes"].stop())

    task = start(counting_joiner())
    await asyncio.sleep(1)
    counted["passes"] = Passes()
    queue.task_done()
    await task


@scenario
async def work_that_comes_while_a_join_waits_prolongs_it(trace):
    """S92: it waits for zero, not for what there was at its start."""
    queue = asyncio.Queue()
    queue.put_nowait(1)
    task = start(joiner(trace, "joiner", queue))
    await asyncio.sleep(1)
    queue.put_nowait(2)
    queue.task_done()
    await asyncio.sleep(1)
    trace("waits on", not task.done())
    queue.task_done()
    await task


@scenario
async def work_that_comes_just_after_the_last_report_does_not_hold_the_join(trace):
    """S84, S92: the joiner was woken, and is not asked again; the next one waits."""
    queue = asyncio.Queue()
    queue.put_nowait(1)
    first = start(joiner(trace, "first", queue))
    await asyncio.sleep(1)
    queue.task_done()
    queue.put_nowait(2)
    second = start(joiner(trace, "second", queue))
    await asyncio.sleep(1)
    trace("waits on", not second.done())
    queue.task_done()
    await asyncio.wait([first, second])


@scenario
async def a_cancelled_join_leaves_the_others(trace):
    """S92: and the count."""
    queue = asyncio.Queue()
    queue.put_nowait("item")
    first = start(joiner(trace, "A", queue))
    second = start(joiner(trace, "B", queue))
    await asyncio.sleep(1)
    first.cancel()
    await asyncio.sleep(1)
    trace("waits on", not second.done())
    queue.task_done()
    await asyncio.wait([first, second])


@scenario
async def a_request_wins_over_the_last_report_of_the_same_pass(trace):
    """S44, S92: for the one that was cancelled."""
    queue = asyncio.Queue()
    queue.put_nowait("item")
    first = start(joiner(trace, "A", queue))
    second = start(joiner(trace, "B", queue))
    await asyncio.sleep(1)
    queue.task_done()
    first.cancel()
    await asyncio.wait([first, second])
    trace("cancelled", first.cancelled(), second.cancelled())


@scenario
async def workers_are_cancelled_when_all_work_is_done(trace):
    """S92: the pattern for which there is a join."""
    queue = asyncio.Queue()

    async def worker(name):
        try:
            while True:
                seconds = await queue.get()
                await asyncio.sleep(seconds)
                trace(name, "has slept", seconds, "at", millis())
                queue.task_done()
        except asyncio.CancelledError as cancelled:
            trace(name, cancelled, "at", millis())
            raise

    for seconds in (1, 3, 4):
        queue.put_nowait(seconds)
    workers = [start(worker(name)) for name in "AB"]
    await queue.join()
    trace("all done at", millis())
    for task in workers:
        task.cancel()
    await asyncio.wait(workers)
