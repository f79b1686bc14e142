"""CPython's contender: one scenario in a process of its own. Obeys the same lines as io.jasyncio.benchmarks.harness.Child."""

import asyncio
import gc
import math
import sys
import threading
import time

import asyncio_primitives

CROWD = 100_000
SLEEPERS = 200_000
SPREAD_MILLIS = 10
BATCH = 1_000
FOREIGN_BATCH = 10_000


class Stopwatch:
    """Takes one sample: operations, time, processor time. What was allocated is not known here."""

    def start(self):
        self.cpu = time.process_time_ns()
        self.started = time.perf_counter_ns()

    def stop(self, operations):
        took = time.perf_counter_ns() - self.started
        self.sample = (operations, took, time.process_time_ns() - self.cpu, -1)


async def nothing():
    pass


async def spawn_and_join(operations, watch):
    watch.start()
    for _ in range(operations):
        await asyncio.create_task(nothing())
    watch.stop(operations)


async def spawn_wait_and_join(operations, watch):
    watch.start()
    for _ in range(operations):
        await asyncio.create_task(asyncio.sleep(0))
    watch.stop(operations)


async def in_batches(operations, watch, size, body):
    count = math.ceil(operations / size)
    watch.start()
    for _ in range(count):
        tasks = [asyncio.create_task(body(i)) for i in range(size)]
        for task in tasks:
            await task
    watch.stop(count * size)


async def spawn_many(operations, watch):
    async def body(_):
        pass

    await in_batches(operations, watch, CROWD, body)


async def timers(operations, watch):
    async def body(i):
        await asyncio.sleep((1 + i % SPREAD_MILLIS) / 1000)

    await in_batches(operations, watch, SLEEPERS, body)


async def switch(operations, watch, tasks):
    turns = operations // tasks + 1

    async def body():
        for _ in range(turns):
            await asyncio.sleep(0)

    watch.start()
    await asyncio.gather(*(body() for _ in range(tasks)))
    watch.stop(turns * tasks)


async def switch_alone(operations, watch):
    await switch(operations, watch, 1)


async def switch_among_ten(operations, watch):
    await switch(operations, watch, 10)


async def await_future(operations, watch):
    loop = asyncio.get_running_loop()
    watch.start()
    for _ in range(operations):
        future = loop.create_future()
        loop.call_soon(future.set_result, 1)
        await future
    watch.stop(operations)


def do_nothing():
    pass


async def call_soon(operations, watch):
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    count = math.ceil(operations / BATCH)

    def queue(left):
        if left == 0:
            watch.stop(count * BATCH)
            done.set_result(None)
            return
        for _ in range(BATCH - 1):
            loop.call_soon(do_nothing)
        loop.call_soon(queue, left - 1)

    watch.start()
    queue(count)
    await done


async def call_soon_threadsafe(operations, watch):
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    count = math.ceil(operations / FOREIGN_BATCH)

    def feed():
        caught_up = threading.Semaphore(0)
        watch.start()
        for _ in range(count):
            for _ in range(FOREIGN_BATCH - 1):
                loop.call_soon_threadsafe(do_nothing)
            loop.call_soon_threadsafe(caught_up.release)
            caught_up.acquire()
        watch.stop(count * FOREIGN_BATCH)
        loop.call_soon_threadsafe(done.set_result, None)

    threading.Thread(target=feed).start()
    await done


async def done_callback(operations, watch):
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    left = operations

    def following(_):
        nonlocal left
        if left == 0:
            watch.stop(operations)
            done.set_result(None)
            return
        left -= 1
        future = loop.create_future()
        future.add_done_callback(following)
        future.set_result(1)

    watch.start()
    following(None)
    await done


def measure(scenario, operations):
    watch = Stopwatch()
    asyncio.run(scenario(operations, watch))
    return watch.sample


def warm_up(scenario, millis, sample_millis):
    """Doubles the number of operations until a run takes as long as a sample shall."""
    end = time.monotonic() + millis / 1000
    wanted = sample_millis * 1_000_000
    operations = 1
    while True:
        done, nanos, _, _ = measure(scenario, operations)
        if nanos < wanted:
            operations = math.ceil(done * min(wanted / max(nanos, 1), 2))
        if time.monotonic() >= end and nanos >= wanted / 2:
            return operations


def scenario_of(words):
    """The name of a coroutine function, here or among the primitives, and the numbers that it is called with."""
    name, *numbers = words.split()
    body = globals().get(name) or getattr(asyncio_primitives, name)
    return lambda operations, watch: body(operations, watch, *map(int, numbers))


def main():
    scenario = scenario_of(sys.argv[1])
    operations = 1
    for line in sys.stdin:
        words = line.split()
        if words[0] == "warm":
            operations = warm_up(scenario, int(words[1]), int(words[2]))
            print("ready", operations, flush=True)
        elif words[0] == "sample":
            gc.collect()
            print(*measure(scenario, operations), flush=True)
        else:
            raise ValueError(f"unknown command: {line}")


if __name__ == "__main__":
    main()
