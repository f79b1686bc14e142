"""Callbacks and the iterations of the loop: S1-S5, S8, S11-S14."""

import asyncio

from harness import Boom, advance, millis, scenario


@scenario
async def one_queue_for_all_sources(trace):
    """S2: callbacks, thread-safe calls, task starts, wake-ups and done callbacks stand in one queue, in order."""
    loop = asyncio.get_running_loop()
    gate = loop.create_future()

    async def waiter():
        await gate
        trace("woken")

    async def starter():
        trace("started")

    asyncio.create_task(waiter())
    await asyncio.sleep(0)
    loop.call_soon(trace, "soon one")
    gate.set_result(None)
    asyncio.create_task(starter())
    gate.add_done_callback(lambda done: trace("done"))
    loop.call_soon_threadsafe(trace, "threadsafe")
    loop.call_soon(trace, "soon two")
    await asyncio.sleep(0)
    trace("main")


@scenario
async def ready_callbacks_go_before_due_timers(trace):
    """S1, S2: a timer that has become due joins the iteration behind what was ready, and before what the callbacks add."""
    loop = asyncio.get_running_loop()

    def busy():
        trace("busy")
        advance(0.020)
        loop.call_soon(trace, "added by busy")

    def timer(name):
        trace("timer", name)
        loop.call_soon(trace, "added by", name)

    loop.call_later(0.010, timer, "late")
    loop.call_later(0.005, timer, "early")
    loop.call_soon(busy)
    await asyncio.sleep(0)
    trace("main one")
    await asyncio.sleep(0)
    trace("main two")
    await asyncio.sleep(0)
    trace("main three at", millis())


@scenario
async def a_rescheduled_callback_waits_for_the_next_iteration(trace):
    """S3: what a callback schedules runs after everything that was ready before, however often it does so."""
    loop = asyncio.get_running_loop()

    def again(left):
        trace("again", left)
        if left:
            loop.call_soon(again, left - 1)

    loop.call_soon(again, 2)
    loop.call_soon(trace, "other")
    await asyncio.sleep(0)
    trace("main one")
    await asyncio.sleep(0)
    trace("main two")
    await asyncio.sleep(0)
    trace("main three")


@scenario
async def a_handle_can_be_cancelled_by_its_predecessor(trace):
    """S4: a handle that stands in the running iteration already can still be cancelled, and its place runs nothing."""
    loop = asyncio.get_running_loop()
    handles = []
    loop.call_soon(lambda: [trace("first")] and handles[1].cancel())
    for name in ("second", "third", "fourth"):
        handles.append(loop.call_soon(trace, name))
    handles[0].cancel()
    handles[0].cancel()
    await asyncio.sleep(0)
    trace("cancelled", [handle.cancelled() for handle in handles])


@scenario
async def a_handle_knows_of_a_cancel_that_came_too_late(trace):
    """S5: cancel() after the run changes nothing but the answer of cancelled(), also from within the callback itself."""
    loop = asyncio.get_running_loop()

    def itself():
        own.cancel()
        trace("ran", own.cancelled())

    own = loop.call_soon(itself)
    late = loop.call_soon(trace, "late ran")
    trace("before", own.cancelled(), late.cancelled())
    await asyncio.sleep(0)
    trace("between", late.cancelled())
    late.cancel()
    await asyncio.sleep(0)
    trace("after", late.cancelled())


@scenario
async def a_failing_callback_goes_to_the_handler(trace):
    """S8: an exception in a callback reaches the handler; the callbacks behind it and the loop go on."""
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: trace("handler", context["exception"], str(context["exception"])))

    def fail(name):
        trace("fail", name)
        raise Boom(name)

    loop.call_soon(fail, "soon")
    loop.call_later(0.001, fail, "timer")
    loop.call_soon(trace, "behind")
    await asyncio.sleep(0)
    trace("main")
    await asyncio.sleep(0.002)
    trace("main later")


@scenario
async def a_callback_has_no_current_task(trace):
    """S11: in a callback there is no current task, though a task scheduled it; the loop is there all the same."""
    loop = asyncio.get_running_loop()
    main = asyncio.current_task()
    future = loop.create_future()

    def look(name):
        trace(name, asyncio.current_task(), asyncio.get_running_loop() is loop)

    loop.call_soon(look, "soon")
    loop.call_later(0, look, "timer")
    future.add_done_callback(lambda done: look("done callback"))
    future.set_result(None)
    await asyncio.sleep(0.001)
    trace("main", asyncio.current_task() is main)


@scenario
async def a_call_from_another_thread_wakes_the_loop(trace):
    """S12: thread-safe calls wake a loop that has nothing to do, and keep the order of the thread that made them."""
    loop = asyncio.get_running_loop()

    def work():
        loop.call_soon_threadsafe(trace, "one")
        loop.call_soon_threadsafe(trace, "two")
        loop.call_soon_threadsafe(trace, "three")
        return "work"

    trace(await loop.run_in_executor(None, work))


@scenario
async def debug_mode_refuses_other_threads(trace):
    """S14: in debug mode the calls that are not thread-safe fail in another thread."""
    loop = asyncio.get_running_loop()
    loop.set_debug(True)
    refused = []

    def work():
        for call in (lambda: loop.call_soon(trace, "never"), lambda: loop.call_later(1, trace, "never")):
            try:
                call()
            except RuntimeError as error:
                refused.append(error)

    await loop.run_in_executor(None, work)
    trace(refused)
