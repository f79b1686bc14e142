"""Queues at work: producers and consumers, selections, groups, and a second loop; S44, S89-S93, S96."""

import asyncio

from harness import Boom, millis, new_loop, scenario


def start(coroutine):
    return asyncio.create_task(coroutine)


async def getter(trace, name, queue):
    try:
        trace(name, "got", await queue.get())
    except asyncio.CancelledError as cancelled:
        trace(name, cancelled)
        raise


@scenario
async def a_bound_makes_the_producer_and_the_consumer_take_turns(trace):
    """S90: with room for one item, each step of the one waits for the other."""
    queue = asyncio.Queue(1)

    async def produce():
        for item in (1, 2, 3):
            await queue.put(item)
            trace("put", item)

    async def consume():
        for _ in range(3):
            trace("got", await queue.get())

    await asyncio.wait([start(produce()), start(consume())])


@scenario
async def fast_producers_are_held_back_by_slow_consumers(trace):
    """S90: never more items than the bound, and none lost."""
    queue = asyncio.Queue(2)
    sizes = []

    async def produce(name):
        for number in (1, 2, 3):
            await queue.put(f"{name}{number}")
            sizes.append(queue.qsize())

    async def consume(name):
        while True:
            await asyncio.sleep(1)
            trace(name, "got", await queue.get(), "at", millis())
            queue.task_done()

    consumer = start(consume("C"))
    await asyncio.wait([start(produce("A")), start(produce("B"))])
    await queue.join()
    consumer.cancel()
    trace("most", max(sizes), "left", queue.qsize())


@scenario
async def who_loses_a_selection_loses_no_item(trace):
    """S91, S96: the getters that came too late are cancelled, and the items that met that are still there."""
    left = asyncio.Queue()
    right = asyncio.Queue()
    gets = [start(left.get()), start(right.get())]
    await asyncio.sleep(1)
    left.put_nowait("from the left")
    done, pending = await asyncio.wait(gets, return_when=asyncio.FIRST_COMPLETED)
    trace("first", done.pop().result())
    right.put_nowait("from the right")
    loser = pending.pop()
    loser.cancel()
    await asyncio.wait([loser])
    trace("cancelled", loser.cancelled(), "left", left.qsize(), right.qsize())


@scenario
async def a_cancelled_gathering_takes_its_getters_out_of_the_line(trace):
    """S76, S91: items that come later go to others."""
    queue = asyncio.Queue()
    gathered = asyncio.gather(getter(trace, "A", queue), getter(trace, "B", queue))
    other = start(getter(trace, "C", queue))
    await asyncio.sleep(1)
    gathered.cancel()
    await asyncio.sleep(1)
    queue.put_nowait("item")
    await asyncio.wait([other, gathered])
    trace("left", queue.qsize())


@scenario
async def a_group_that_fails_gives_up_its_gets(trace):
    """S64, S96: the item that came in the same pass is still there."""
    queue = asyncio.Queue()

    async def fail():
        await asyncio.sleep(1)
        # The item comes just before the group hears of the failure.
        asyncio.get_running_loop().call_soon(queue.put_nowait, "item")
        raise Boom("now")

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(getter(trace, "getter", queue))
            group.create_task(fail())
    except* Boom:
        trace("group failed")
    trace("left", queue.qsize())


@scenario
async def a_getter_that_is_cancelled_and_comes_again_stands_last(trace):
    """S39, S90: it has lost its place."""
    queue = asyncio.Queue()

    async def stubborn():
        try:
            await queue.get()
        except asyncio.CancelledError as cancelled:
            trace("A", cancelled)
        trace("A got", await queue.get())

    first = start(stubborn())
    second = start(getter(trace, "B", queue))
    await asyncio.sleep(1)
    first.cancel()
    await asyncio.sleep(1)
    queue.put_nowait(1)
    queue.put_nowait(2)
    await asyncio.wait([first, second])


@scenario
async def consumers_end_when_the_queue_was_shut_down_and_is_empty(trace):
    """S93: the producer says that it is done by shutting down."""
    queue = asyncio.Queue(1)

    async def consume(name):
        try:
            while True:
                item = await queue.get()
                await asyncio.sleep(item)
                trace(name, "did", item, "at", millis())
        except asyncio.QueueShutDown:
            trace(name, "ends at", millis())

    consumers = [start(consume(name)) for name in "AB"]
    for item in (5, 1, 2):
        await queue.put(item)
    queue.shutdown()
    await asyncio.wait(consumers)


@scenario
async def items_pass_through_a_chain_of_queues(trace):
    """S90: in their order, each stage at its own pace."""
    raw = asyncio.Queue(1)
    cooked = asyncio.Queue(1)

    async def cook():
        try:
            while True:
                item = await raw.get()
                await asyncio.sleep(1)
                await cooked.put(item * 10)
        except asyncio.QueueShutDown:
            cooked.shutdown()

    async def supply():
        for item in (1, 2, 3):
            await raw.put(item)
        trace("supplied at", millis())
        raw.shutdown()

    tasks = [start(cook()), start(supply())]
    try:
        while True:
            trace("got", await cooked.get(), "at", millis())
            await asyncio.sleep(2)
    except asyncio.QueueShutDown:
        trace("end at", millis())
    await asyncio.wait(tasks)


@scenario(plain=True)
def a_queue_belongs_to_the_loop_on_which_somebody_waited(trace):
    """S89: it may be made and filled outside of any loop, and a wait on a second one is refused."""
    queue = asyncio.Queue()
    queue.put_nowait("item")

    async def take_and_wait():
        trace("got", await queue.get())
        asyncio.get_running_loop().call_soon(queue.put_nowait, "second")
        trace("got", await queue.get())

    async def wait_elsewhere():
        try:
            trace("got", await queue.get())
        except RuntimeError as refused:
            trace(refused)

    for main in (take_and_wait, wait_elsewhere):
        with asyncio.Runner(loop_factory=new_loop) as runner:
            runner.run(main())
