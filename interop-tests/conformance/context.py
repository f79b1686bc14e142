"""Context variables: which code sees what other code has set; S126, S123."""

import asyncio
import contextvars

from harness import scenario

VARIABLE = contextvars.ContextVar("variable", default="default")


@scenario
async def a_task_sees_its_creator_and_is_not_seen_by_it(trace):
    """S126: it works on a copy."""

    async def body():
        trace("task", VARIABLE.get())
        VARIABLE.set("of the task")
        await asyncio.sleep(1)
        trace("task", VARIABLE.get())

    VARIABLE.set("of the creator")
    await asyncio.create_task(body())
    trace("creator", VARIABLE.get())


@scenario
async def a_task_sees_what_was_set_when_it_was_created(trace):
    """S126: the copy is made at creation, not at the first step."""

    async def body():
        trace("task", VARIABLE.get())

    VARIABLE.set("before")
    task = asyncio.create_task(body())
    VARIABLE.set("after")
    await task


@scenario
async def siblings_do_not_see_each_other(trace):
    """S126: however their steps are mixed."""

    async def body(name):
        VARIABLE.set(name)
        await asyncio.sleep(0)
        trace(name, VARIABLE.get())
        await asyncio.sleep(0)
        trace(name, VARIABLE.get())

    await asyncio.gather(asyncio.create_task(body("one")), asyncio.create_task(body("two")))
    trace("parent", VARIABLE.get())


@scenario
async def callbacks_see_what_was_set_when_they_were_scheduled(trace):
    """S126: ready ones, timers, and done callbacks; each in a copy of its own."""
    loop = asyncio.get_running_loop()
    future = loop.create_future()

    def callback(name):
        trace(name, VARIABLE.get())
        VARIABLE.set("of a callback")

    for name in ("soon", "later", "done"):
        VARIABLE.set("for " + name)
        match name:
            case "soon":
                loop.call_soon(callback, name)
            case "later":
                loop.call_later(1, callback, name)
            case "done":
                future.add_done_callback(lambda _: callback("done"))
    VARIABLE.set("of the task")
    await asyncio.sleep(2)
    future.set_result(None)
    await asyncio.sleep(0)
    trace("task", VARIABLE.get())


@scenario
async def what_is_awaited_directly_shares_the_context(trace):
    """S126: it is the same task."""

    async def body():
        VARIABLE.set("of the body")
        await asyncio.sleep(1)

    await body()
    trace(VARIABLE.get())
    await asyncio.wait_for(body(), 5)
    trace(VARIABLE.get())


@scenario
async def a_task_may_be_given_the_very_context_to_run_in(trace):
    """S126: then it shares it with whoever else has it."""
    context = contextvars.copy_context()

    async def body(value):
        trace("task", VARIABLE.get())
        VARIABLE.set(value)

    await asyncio.create_task(body("one"), context=context)
    await asyncio.create_task(body("two"), context=context)
    trace("context", context.run(VARIABLE.get), "creator", VARIABLE.get())


@scenario
async def a_callback_may_be_given_the_very_context_to_run_in(trace):
    """S126: as a task may."""
    loop = asyncio.get_running_loop()
    context = contextvars.copy_context()
    loop.call_soon(VARIABLE.set, "of a callback", context=context)
    loop.call_soon(lambda: trace("next", VARIABLE.get()), context=context)
    await asyncio.sleep(0)
    trace("creator", VARIABLE.get())


@scenario
async def a_value_that_was_set_can_be_taken_back(trace):
    """S126: to what it was before, or to nothing."""
    bare = contextvars.ContextVar("bare")
    first = bare.set("first")
    second = bare.set("second")
    bare.reset(second)
    trace(bare.get())
    bare.reset(first)
    try:
        bare.get()
    except LookupError as unset:
        trace(unset)
    try:
        bare.reset(first)
    except RuntimeError:
        trace("the token is used up")


@scenario
async def a_value_cannot_be_taken_back_in_another_task(trace):
    """S126: a token belongs to the context that it was made in."""
    token = VARIABLE.set("of the creator")

    async def body():
        try:
            VARIABLE.reset(token)
        except ValueError as refused:
            trace(refused, VARIABLE.get())

    await asyncio.create_task(body())


@scenario
async def to_thread_takes_the_context_along_and_an_executor_does_not(trace):
    """S123: the thread works on a copy."""
    loop = asyncio.get_running_loop()

    def work():
        seen = VARIABLE.get()
        VARIABLE.set("of the thread")
        return seen

    VARIABLE.set("of the task")
    trace("to_thread", await asyncio.to_thread(work))
    trace("executor", await loop.run_in_executor(None, VARIABLE.get))
    trace("task", VARIABLE.get())
