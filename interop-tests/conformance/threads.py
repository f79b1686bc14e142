"""Work in other threads, and work from other threads: executors, to_thread, run_coroutine_threadsafe; S123-S125."""

import asyncio
import concurrent.futures
import threading

from harness import Boom, message_of, scenario


@scenario
async def a_function_in_a_thread_gives_its_value_or_its_failure(trace):
    """S123: on a thread where no loop runs."""

    def value():
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return "no loop here"

    def failure():
        raise Boom("in the thread")

    trace(await asyncio.to_thread(value))
    try:
        await asyncio.to_thread(failure)
    except Boom as failed:
        trace(failed, message_of(failed))


@scenario
async def cancelling_the_wait_for_a_running_function_lets_it_go_on(trace):
    """S123: the one that waits is told at once, and the value is dropped."""
    loop = asyncio.get_running_loop()
    begun = loop.create_future()
    ended = loop.create_future()
    release = threading.Event()

    def work():
        loop.call_soon_threadsafe(begun.set_result, None)
        release.wait()
        loop.call_soon_threadsafe(ended.set_result, "to its end")
        return "dropped"

    async def body():
        try:
            await asyncio.to_thread(work)
        except asyncio.CancelledError as cancelled:
            trace(cancelled, "ended", ended.done())
            raise

    task = asyncio.create_task(body())
    await begun
    task.cancel()
    await asyncio.wait([task])
    trace("cancelled", task.cancelled())
    release.set()
    trace(await ended)


@scenario
async def a_function_that_has_not_begun_is_taken_out_of_the_queue(trace):
    """S123: it never runs."""
    loop = asyncio.get_running_loop()
    begun = loop.create_future()
    release = threading.Event()

    def first():
        loop.call_soon_threadsafe(begun.set_result, None)
        release.wait()
        return "first"

    with concurrent.futures.ThreadPoolExecutor(1) as executor:
        running = loop.run_in_executor(executor, first)
        queued = loop.run_in_executor(executor, lambda: trace("not reached"))
        await begun
        trace("accepted", queued.cancel(), "cancelled", queued.cancelled())
        await asyncio.sleep(0)  # the executor is told by a callback
        release.set()
        trace(await running)
        trace(await loop.run_in_executor(executor, lambda: "third"))


@scenario
async def the_default_executor_takes_no_work_after_its_shutdown(trace):
    """S124: the shutdown waits for what has begun."""
    loop = asyncio.get_running_loop()
    work = loop.run_in_executor(None, lambda: "value")
    await loop.shutdown_default_executor()
    trace(await work)
    try:
        await asyncio.to_thread(lambda: trace("not reached"))
    except RuntimeError as refused:
        trace(refused)


@scenario
async def another_thread_may_run_a_task_and_wait_for_its_result(trace):
    """S125: a value or a failure."""
    loop = asyncio.get_running_loop()
    here = threading.current_thread()

    async def body(fails):
        await asyncio.sleep(0)
        if fails:
            raise Boom("on the loop")
        return threading.current_thread() is here

    def work():
        trace("on the loop's thread", asyncio.run_coroutine_threadsafe(body(False), loop).result())
        try:
            asyncio.run_coroutine_threadsafe(body(True), loop).result()
        except Boom as failed:
            trace(failed, message_of(failed))

    await asyncio.to_thread(work)


@scenario
async def another_thread_may_cancel_its_task(trace):
    """S125: the request travels to the loop, and the task may clean up there."""
    loop = asyncio.get_running_loop()
    begun = threading.Event()
    cleaned_up = threading.Event()

    async def body():
        begun.set()
        try:
            await loop.create_future()
        except asyncio.CancelledError as cancelled:
            trace("task", cancelled)
            cleaned_up.set()
            raise

    def work():
        submitted = asyncio.run_coroutine_threadsafe(body(), loop)
        begun.wait()
        accepted = submitted.cancel()
        cleaned_up.wait()
        trace("accepted", accepted, "cancelled", submitted.cancelled())

    await asyncio.to_thread(work)


@scenario
async def a_task_of_another_thread_that_is_cancelled_here_ends_cancelled_there(trace):
    """S125: the other direction."""
    loop = asyncio.get_running_loop()

    async def body():
        asyncio.current_task().cancel()
        await asyncio.sleep(0)

    def work():
        submitted = asyncio.run_coroutine_threadsafe(body(), loop)
        concurrent.futures.wait([submitted])
        trace("cancelled", submitted.cancelled())

    await asyncio.to_thread(work)
