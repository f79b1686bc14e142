"""Tasks: when they start, go on and end: S31, S34."""

import asyncio

from harness import Boom, scenario


@scenario
async def tasks_start_in_order_behind_their_creator(trace):
    """S31: create_task only queues: the creator goes on, then the tasks begin in order, their children behind them."""

    async def child(name):
        trace(name, "begins")

    async def parent(name):
        trace(name, "begins")
        asyncio.create_task(child(f"{name}'s child"))
        trace(name, "ends")

    asyncio.create_task(parent("first"))
    asyncio.create_task(parent("second"))
    asyncio.get_running_loop().call_soon(lambda: asyncio.create_task(child("a callback's child")))
    trace("main goes on")
    await asyncio.sleep(0)
    trace("main one")
    await asyncio.sleep(0)
    trace("main two")


@scenario
async def yielding_tasks_take_turns(trace):
    """S31: among tasks that yield by sleep(0), the turns go round strictly, and one that is done drops out."""

    async def turns(name, count):
        for turn in range(count):
            trace(name, turn)
            await asyncio.sleep(0)

    tasks = [asyncio.create_task(turns(name, count)) for name, count in (("a", 2), ("b", 4), ("c", 3))]
    for task in tasks:
        await task
    trace("main")


@scenario
async def two_tasks_pass_the_ball(trace):
    """S22, S31: a hand-off through futures costs one pass each way: the partner never runs inside the one who serves."""
    loop = asyncio.get_running_loop()
    balls = [loop.create_future() for _ in range(6)]

    async def player(name, first):
        for turn in range(first, len(balls), 2):
            await balls[turn]
            trace(name, "has ball", turn)
            if turn + 1 < len(balls):
                balls[turn + 1].set_result(None)
                trace(name, "has played")

    ping, pong = asyncio.create_task(player("ping", 0)), asyncio.create_task(player("pong", 1))
    await asyncio.sleep(0)
    balls[0].set_result(None)
    trace("main has served")
    await ping
    trace("ping is done")
    await pong
    trace("pong is done")


@scenario
async def the_end_of_a_task_stands_in_the_queue(trace):
    """S22, S31: who awaits a task goes on behind all that was queued before the task ended, by itself too."""
    loop = asyncio.get_running_loop()

    async def body():
        await asyncio.sleep(0)
        loop.call_soon(trace, "queued by the task")
        trace("task ends")
        return "result"

    task = asyncio.create_task(body())
    task.add_done_callback(lambda done: trace("done callback"))
    loop.call_soon(lambda: loop.call_soon(trace, "queued before the end"))
    result = await task
    trace("main has the", result)


@scenario
async def several_await_one_task(trace):
    """S22, S25: a task wakes its awaiters in the order in which they came, and all get the same failure."""
    failure = Boom()

    async def failing():
        await asyncio.sleep(0.001)
        raise failure

    async def awaiter(name, task):
        try:
            await task
        except Boom as error:
            trace(name, error is failure)

    task = asyncio.create_task(failing())
    awaiters = [asyncio.create_task(awaiter(name, task)) for name in ("first", "second", "third")]
    for each in awaiters:
        await each
    await awaiter("late", task)


@scenario
async def each_task_is_current_in_its_own_steps(trace):
    """S11, S31: the current task is the one whose step runs, after each await again, and in what it calls."""

    def name_of_current():
        return asyncio.current_task().get_name()

    async def steps(name):
        for _ in range(2):
            trace(name, "is", name_of_current())
            await asyncio.sleep(0)
        trace(name, "is still", name_of_current())

    asyncio.current_task().set_name("main")
    a = asyncio.create_task(steps("a"), name="a")
    b = asyncio.create_task(steps("b"), name="b")
    await a
    trace("main is", name_of_current())
    await b
    trace("main is", name_of_current())


@scenario
async def a_forgotten_task_still_ends(trace):
    """S34: a task that nobody holds and nobody awaits runs to its end while the loop runs."""

    async def body():
        trace("begins")
        await asyncio.sleep(0.005)
        trace("ends")

    asyncio.create_task(body())
    await asyncio.sleep(0.010)
    trace("main")
