"""What the letters of the random programs mean: a class for each kind.

`task` is what a capital letter starts, `now` what a small one does; `state` is what everybody may see. `is_free` is that of
`watched.py`.
"""

import asyncio

import watched


async def passes(count):
    for _ in range(count):
        await asyncio.sleep(0)


async def hold(length, task):
    """Keeps what the task has: for some passes, or, with a 3, for a second and a bit that only this task sleeps."""
    await (asyncio.sleep(1 + 0.0003 * task) if length == 3 else passes(length))


class Queue:
    """G get, P put, J join, T two items, E an item that goes back after passes, I all items;
    n put_nowait, t get_nowait, d task_done, s shutdown, x shutdown at once."""

    _CLASSES = {"F": asyncio.Queue, "P": asyncio.PriorityQueue, "L": asyncio.LifoQueue}
    is_free = False

    def __init__(self, head, trace):
        self.queue, self.trace = self._CLASSES[head[0]](int(head[1:])), trace

    async def task(self, letter, number, _):
        match letter:
            case "G":
                return await self.queue.get()
            case "P":
                await self.queue.put(number)
                return "put"
            case "J":
                await self.queue.join()
                return "joined"
            case "T":
                self.trace("first", await self.queue.get())
                return await self.queue.get()
            case "E":
                item = await self.queue.get()
                await passes(number)
                await self.queue.put(item)
                return f"{item} back"
            case "I":
                return await self._items()

    async def _items(self):
        while True:
            try:
                self.trace("item", await self.queue.get())
            except asyncio.QueueShutDown:
                return "over"
            await asyncio.sleep(0)

    def now(self, letter, number):
        match letter:
            case "n":
                self.queue.put_nowait(number)
            case "t":
                self.trace("took", self.queue.get_nowait())
            case "d":
                self.queue.task_done()
            case "s":
                self.queue.shutdown()
            case "x":
                self.queue.shutdown(immediate=True)

    def state(self):
        return f"{self.queue.qsize()} {self.queue._unfinished_tasks}"


class Lock:
    """L hold the lock; u release it, whoever holds it, l look."""

    def __init__(self, head, trace):
        self.lock, self.trace = watched.Lock(), trace

    @property
    def is_free(self):
        return self.lock.is_free

    async def task(self, _, number, task):
        async with self.lock:
            self.trace(f"T{task} in")
            await hold(number, task)
        return "left"

    def now(self, letter, _):
        match letter:
            case "u":
                self.lock.release()
            case "l":
                self.trace(self.state())

    def state(self):
        return str(self.lock.locked()).lower()


class Semaphore:
    """S hold the semaphore; v release it, l look."""

    def __init__(self, head, trace):
        self.semaphore, self.trace = watched.Semaphore(int(head)), trace

    @property
    def is_free(self):
        return self.semaphore.is_free

    async def task(self, _, number, task):
        async with self.semaphore:
            self.trace(f"T{task} in")
            await hold(number, task)
        return "left"

    def now(self, letter, _):
        match letter:
            case "v":
                self.semaphore.release()
            case "l":
                self.trace(self.state())

    def state(self):
        return str(self.semaphore.locked()).lower()


class Event:
    """W wait, E wait twice; s set, x clear, l look."""

    is_free = False

    def __init__(self, head, trace):
        self.event, self.trace = asyncio.Event(), trace

    async def task(self, letter, _, task):
        if letter == "E":
            await self.event.wait()
            self.trace(f"T{task} once")
            await asyncio.sleep(0)
        await self.event.wait()
        return "set"

    def now(self, letter, _):
        match letter:
            case "s":
                self.event.set()
            case "x":
                self.event.clear()
            case "l":
                self.trace(self.state())

    def state(self):
        return str(self.event.is_set()).lower()


class Condition:
    """W wait, L wait some seconds at most, P wait until the count is large enough, N notify some, A notify all, H hold;
    i count, n notify without the lock, l look."""

    def __init__(self, head, trace):
        self.lock = watched.Lock()
        self.condition, self.trace, self.count = asyncio.Condition(self.lock), trace, 0

    @property
    def is_free(self):
        return self.lock.is_free

    async def task(self, letter, number, task):
        async with self.condition:
            self.trace(f"T{task} in")
            match letter:
                case "W":
                    await self.condition.wait()
                case "L":
                    await self._wait_some(number, task)
                case "P":
                    await self.condition.wait_for(lambda: self.count >= number)
                case "N":
                    self.condition.notify(number)
                case "A":
                    self.condition.notify_all()
                case "H":
                    await hold(number, task)
            return "leaves"

    async def _wait_some(self, seconds, task):
        try:
            await asyncio.wait_for(self.condition.wait(), seconds + 0.0007 * (task + 1))
        except TimeoutError:
            self.trace(f"T{task} waited", self.state())

    def now(self, letter, _):
        match letter:
            case "i":
                self.count += 1
            case "n":
                self.condition.notify()
            case "l":
                self.trace(self.state())

    def state(self):
        return str(self.condition.locked()).lower()


class Barrier:
    """W wait, B abort, Z reset; l look."""

    def __init__(self, head, trace):
        self.barrier, self.trace = watched.Barrier(int(head)), trace

    @property
    def is_free(self):
        return self.barrier.is_free

    async def task(self, letter, _, __):
        match letter:
            case "W":
                await self.barrier.wait()
                return "through"
            case "B":
                await self.barrier.abort()
                return "breaks it"
            case "Z":
                await self.barrier.reset()
                return "resets it"

    def now(self, _, __):
        self.trace(self.state())

    def state(self):
        return f"{self.barrier.n_waiting} {self.barrier.broken}".lower()


THINGS = {
    "queues": Queue,
    "locks": Lock,
    "semaphores": Semaphore,
    "events": Event,
    "conditions": Condition,
    "barriers": Barrier,
}
