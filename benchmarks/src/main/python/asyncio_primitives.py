"""CPython's scenarios of primitives and queues: the counterparts of io.jasyncio.benchmarks.scenario.SyncScenarios."""

import asyncio

ITEM = "item"
BURST = 100


async def queue_between(operations, watch, capacity):
    queue = asyncio.Queue(capacity)

    async def produce():
        for i in range(1, operations + 1):
            await queue.put(ITEM)
            if capacity == 0 and i % BURST == 0:
                await asyncio.sleep(0)

    async def consume():
        for _ in range(operations):
            await queue.get()

    watch.start()
    await asyncio.gather(produce(), consume())
    watch.stop(operations)


async def queue_alone(operations, watch):
    queue = asyncio.Queue(BURST)
    watch.start()
    for _ in range(operations):
        await queue.put(ITEM)
        await queue.get()
    watch.stop(operations)


async def lock_alone(operations, watch):
    lock = asyncio.Lock()
    count = 0
    watch.start()
    for _ in range(operations):
        async with lock:
            count += 1
    watch.stop(count)


async def lock_among(operations, watch, tasks):
    await take_turns(operations, watch, tasks, asyncio.Lock())


async def lock_once(operations, watch, tasks):
    lock = asyncio.Lock()
    rounds = operations // tasks + 1

    async def work():
        async with lock:
            await asyncio.sleep(0)

    watch.start()
    for _ in range(rounds):
        await asyncio.gather(*(work() for _ in range(tasks)))
    watch.stop(rounds * tasks)


async def semaphore_among(operations, watch, tasks, permits):
    await take_turns(operations, watch, tasks, asyncio.Semaphore(permits))


async def take_turns(operations, watch, tasks, primitive):
    turns = operations // tasks + 1

    async def work():
        for _ in range(turns):
            async with primitive:
                await asyncio.sleep(0)

    watch.start()
    await asyncio.gather(*(work() for _ in range(tasks)))
    watch.stop(turns * tasks)


async def event_broadcast(operations, watch, crowd):
    event = asyncio.Event()
    turns = operations // crowd + 1

    async def wait():
        for _ in range(turns):
            await event.wait()

    watch.start()
    waiters = [asyncio.create_task(wait()) for _ in range(crowd)]
    for _ in range(turns):
        await asyncio.sleep(0)
        event.set()
        event.clear()
    await asyncio.gather(*waiters)
    watch.stop(turns * crowd)


async def generator(operations, watch, waits):
    async def elements():
        for _ in range(operations):
            if waits:
                await asyncio.sleep(0)
            yield ITEM

    count = 0
    watch.start()
    async for _ in elements():
        count += 1
    watch.stop(count)
