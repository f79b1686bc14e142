"""What is known of a task, and who may end it: S36-S38."""

import asyncio

from harness import Boom, scenario


class Fatal(BaseException):
    """What `except Exception` does not catch; an Error in Java."""


@scenario
async def a_task_has_a_name(trace):
    """S36: the given name can be changed at any time; without one, each task gets another name."""

    async def nothing():
        pass

    named = asyncio.create_task(nothing(), name="given")
    one, two = asyncio.create_task(nothing()), asyncio.create_task(nothing())
    trace(named, one.get_name() == two.get_name(), one.get_name().startswith("Task-"))
    await named
    named.set_name("changed")
    trace(named)


@scenario
async def a_task_cannot_be_completed_from_outside(trace):
    """S36: only its body ends a task; set_result and set_exception are errors and do not disturb it."""

    async def body():
        await asyncio.sleep(0.001)
        return "from the body"

    task = asyncio.create_task(body())
    for name, end in (("result", lambda: task.set_result("from outside")), ("failure", lambda: task.set_exception(Boom()))):
        try:
            end()
        except RuntimeError as refused:
            trace(name, refused, task.done())
    trace(await task)


@scenario
async def a_failure_that_is_no_exception_is_stored_too(trace):
    """S37: what a catch-all for ordinary exceptions does not catch still ends only the task, and reaches who awaits it."""

    async def body():
        try:
            raise Fatal
        except Exception as error:
            trace("caught", error)

    task = asyncio.create_task(body())
    try:
        await task
    except BaseException as error:
        trace(error, error is task.exception(), task.cancelled())


@scenario
async def all_tasks_are_those_that_have_not_ended(trace):
    """S38: a task is listed from its creation to its end, whether it has begun, sleeps or is being cancelled."""

    async def body():
        trace("in the task", names())
        await asyncio.sleep(0.010)

    def names():
        return sorted(task.get_name() for task in asyncio.all_tasks())

    asyncio.current_task().set_name("main")
    trace("at first", names())
    ending = asyncio.create_task(body(), name="ending")
    trace("created", names())
    await asyncio.sleep(0)
    trace("sleeping", names())
    await ending
    trace("ended", names())
    cancelled = asyncio.create_task(asyncio.sleep(1), name="cancelled")
    await asyncio.sleep(0)
    cancelled.cancel()
    trace("being cancelled", names())
    await asyncio.sleep(0)
    trace("after a pass", names())
    asyncio.get_running_loop().call_soon(lambda: trace("in a callback", names()))
    await asyncio.sleep(0)
