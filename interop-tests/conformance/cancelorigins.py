"""Cancellations and where they come from: without a request, from other futures, with messages; S42, S46-S48."""

import asyncio

from harness import message_of, millis, scenario


def start(coroutine, name=None):
    return asyncio.create_task(coroutine, name=name)


async def ended(task):
    """Waits for a task, whichever way it ends."""
    await asyncio.wait([task])
    return task


async def sleeper(trace, name, seconds=10):
    """Sleeps, and says how that ended."""
    try:
        await asyncio.sleep(seconds)
        trace(name, "slept")
    except asyncio.CancelledError as cancelled:
        trace(name, cancelled, message_of(cancelled))
        raise


async def cancelled_message(awaitable):
    """The message of the cancellation that an await ends with."""
    try:
        await awaitable
    except asyncio.CancelledError as cancelled:
        return message_of(cancelled)


@scenario
async def a_task_whose_future_is_cancelled_by_another_ends_cancelled(trace):
    """S47: the cancellation comes without a request to the task."""
    future = asyncio.get_running_loop().create_future()

    async def body():
        try:
            await future
        except asyncio.CancelledError as cancelled:
            trace(cancelled, "requests", asyncio.current_task().cancelling())
            raise

    task = start(body())
    await asyncio.sleep(1)
    trace("accepted", future.cancel())
    await ended(task)
    trace("cancelled", task.cancelled())


@scenario
async def all_who_await_a_cancelled_future_are_told(trace):
    """S47: in the order in which they came."""
    future = asyncio.get_running_loop().create_future()

    async def body(name):
        try:
            await future
        except asyncio.CancelledError as cancelled:
            trace(name, cancelled)
            raise

    tasks = [start(body(name)) for name in ("one", "two", "three")]
    await asyncio.sleep(1)
    future.cancel()
    await asyncio.wait(tasks)
    trace("cancelled", [task.cancelled() for task in tasks])


@scenario
async def the_first_message_reaches_a_task_that_waits(trace):
    """S48: it cancels the future that the task waits for; what follows finds that done."""
    task = start(sleeper(trace, "task"))
    await asyncio.sleep(1)
    task.cancel("first")
    task.cancel("second")
    trace(await cancelled_message(task))


@scenario
async def the_last_message_reaches_a_task_that_has_not_started(trace):
    """S48: requests that nothing carries overwrite each other."""
    task = start(sleeper(trace, "task"))
    task.cancel("first")
    task.cancel("second")
    trace(await cancelled_message(task))


@scenario
async def the_message_climbs_a_chain_of_tasks(trace):
    """S48: everybody on the way sees it."""

    async def link(name, inner):
        try:
            await inner
        except asyncio.CancelledError as cancelled:
            trace(name, message_of(cancelled))
            raise

    chain = start(link("outer", start(link("middle", start(sleeper(trace, "inner"))))))
    await asyncio.sleep(1)
    chain.cancel("enough")
    trace(await cancelled_message(chain))


@scenario
async def a_cancellation_without_a_message_has_none(trace):
    """S48."""
    task = start(sleeper(trace, "task"))
    await asyncio.sleep(1)
    task.cancel()
    trace(await cancelled_message(task))


@scenario
async def a_request_from_a_done_callback_reaches_a_task_that_still_waits(trace):
    """S42: callbacks run one by one, and each may cancel."""
    future = asyncio.get_running_loop().create_future()
    other = start(sleeper(trace, "other"))
    future.add_done_callback(lambda _: other.cancel("from a callback"))
    await asyncio.sleep(1)
    future.set_result(None)
    await ended(other)
    trace("cancelled", other.cancelled(), "at", millis())


@scenario
async def a_task_may_cancel_the_one_that_awaits_it(trace):
    """S42: the request comes back to the task itself, which is not waiting just now."""

    async def child(parent):
        trace("accepted", parent().cancel())
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError as cancelled:
            trace("child", cancelled, "requests", asyncio.current_task().cancelling())
            raise

    async def body():
        await start(child(lambda: task))

    task = start(body())
    await ended(task)
    trace("cancelled", task.cancelled(), "at", millis())


@scenario
async def results_and_exceptions_of_a_cancelled_task_cannot_be_read(trace):
    """S21, S47: both raise the cancellation."""
    task = start(sleeper(trace, "task"))
    await asyncio.sleep(1)
    task.cancel()
    await ended(task)
    for question in (task.result, task.exception):
        try:
            question()
        except asyncio.CancelledError as cancelled:
            trace(cancelled)
