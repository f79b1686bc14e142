"""Tasks whose first step runs inside create_task: S35, S38."""

import asyncio

from harness import Boom, Passes, create_eager_task, new_loop, scenario


def current():
    task = asyncio.current_task()
    return task and task.get_name()


@scenario
async def an_eager_task_runs_up_to_its_first_wait(trace):
    """S35: the first step runs before create_task returns, as the new task; then the creator is current again."""

    async def body():
        trace("begins as", current())
        await asyncio.sleep(0)
        trace("goes on as", current())

    asyncio.current_task().set_name("main")
    asyncio.get_running_loop().call_soon(trace, "soon")
    task = create_eager_task(body(), name="eager")
    trace("main goes on as", current(), task.done())
    await task
    trace("main")


@scenario
async def an_eager_task_that_does_not_wait_is_done(trace):
    """S35: a body that never suspends gives a task that is done at once; awaiting it costs no pass, its callbacks do."""

    async def body():
        return "value"

    passes = Passes()
    task = create_eager_task(body())
    trace("done", task.done(), task.result(), "listed", task in asyncio.all_tasks())
    task.add_done_callback(lambda done: trace("callback"))
    trace(await task, "after", passes.stop())
    await asyncio.sleep(0)


@scenario
async def an_eager_failure_does_not_reach_the_creator(trace):
    """S35: what the first step throws is stored in the task; create_task returns as if nothing had happened."""

    async def fail():
        raise Boom

    async def give_up():
        raise asyncio.CancelledError

    failed, cancelled = create_eager_task(fail()), create_eager_task(give_up())
    trace("done", failed.done(), cancelled.done(), cancelled.cancelled())
    for task in (failed, cancelled):
        try:
            await task
        except (Boom, asyncio.CancelledError) as error:
            trace(error)


@scenario
async def eager_tasks_nest(trace):
    """S35: an eager task may start another one; each is current in its own part, and listed while it runs."""

    async def inner():
        trace("inner as", current(), "listed", asyncio.current_task() in asyncio.all_tasks())
        await asyncio.sleep(0)
        trace("inner ends as", current())

    async def outer():
        trace("outer as", current(), "listed", asyncio.current_task() in asyncio.all_tasks())
        task = create_eager_task(inner(), name="inner")
        trace("outer goes on as", current())
        await task
        trace("outer ends as", current())

    asyncio.current_task().set_name("main")
    task = create_eager_task(outer(), name="outer")
    trace("main goes on as", current())
    await task
    trace("main ends as", current())


@scenario
async def an_eager_task_in_a_callback(trace):
    """S11, S35: a callback that starts an eager task has no current task before and after, but the task has itself."""

    async def body():
        trace("task", current())
        await asyncio.sleep(0)
        trace("task ends", current())

    def callback():
        trace("callback before", current())
        create_eager_task(body(), name="eager")
        trace("callback after", current())

    asyncio.get_running_loop().call_soon(callback)
    await asyncio.sleep(0.001)
    trace("main")


@scenario
async def an_eager_task_that_cancels_itself(trace):
    """S35, S45: a cancel request in the first step is delivered at the first wait that suspends."""

    async def body():
        asyncio.current_task().cancel()
        trace("goes on")
        try:
            await asyncio.sleep(0)
        except asyncio.CancelledError as cancelled:
            trace("at the wait", cancelled)
            raise

    task = create_eager_task(body())
    trace("main, done", task.done())
    try:
        await task
    except asyncio.CancelledError as cancelled:
        trace("main", cancelled, task.cancelled())


@scenario
async def eager_tasks_begin_before_others_that_were_created_earlier(trace):
    """S31, S35: an eager start overtakes the queue; from the first wait on, the turns go round as ever."""

    async def turns(name):
        for turn in range(3):
            trace(name, turn)
            await asyncio.sleep(0)

    tasks = [asyncio.create_task(turns("a")), create_eager_task(turns("eager")), asyncio.create_task(turns("b"))]
    trace("main")
    for task in tasks:
        await task


@scenario(plain=True)
def an_eager_task_of_a_loop_that_does_not_run(trace):
    """S35: where no loop runs nothing can run at once, so the task waits in the queue as any other."""
    loop = new_loop()

    async def body():
        trace("begins")
        return "value"

    task = asyncio.Task(body(), loop=loop, eager_start=True)
    trace("created", task.done())
    trace(loop.run_until_complete(task))
    loop.close()
