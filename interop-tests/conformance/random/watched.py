"""Primitives that notice when a program comes to where jasyncio differs from CPython on purpose; then `is_free` is true.

There a trace of CPython says nothing about jasyncio.
"""

import asyncio


class Lock(asyncio.Lock):
    """Tells when a wake-up meets a waiter who was cancelled and has not left the line yet."""

    is_free = False

    def _wake_up_first(self):
        if self._waiters and self._waiters[0].cancelled():
            self.is_free = True
        super()._wake_up_first()


class Semaphore(asyncio.Semaphore):
    """As the lock; one that was cancelled may stand anywhere in the line."""

    is_free = False

    def _wake_up_next(self):
        if any(waiter.cancelled() for waiter in self._waiters or ()):
            self.is_free = True
        return super()._wake_up_next()


class Condition(asyncio.Condition):
    """That of a barrier: tells when a wait that ends badly wakes somebody else, who goes to the end of the line."""

    def __init__(self):
        super().__init__(Lock())
        self.wakes = False

    @property
    def is_free(self):
        return self.wakes or self._lock.is_free

    def notify(self, n=1):
        if not self.locked():
            raise RuntimeError("the condition is not locked")
        super()._notify(n)

    def _notify(self, n):
        self.wakes = self.wakes or any(not waiter.done() for waiter in self._waiters)
        super()._notify(n)


class Barrier(asyncio.Barrier):
    """Tells when somebody goes past those who wait for the round before to go, or when a reset wakes them too early."""

    def __init__(self, parties):
        super().__init__(parties)
        self._cond = Condition()
        self.is_disturbed = False
        self.outside = 0

    @property
    def is_free(self):
        return self.is_disturbed or self._cond.is_free

    async def wait(self):
        if self.outside and self._state.value == "filling":
            self.is_disturbed = True
        return await super().wait()

    async def reset(self):
        self.is_disturbed = self.is_disturbed or self.outside > 0
        await super().reset()

    async def _block(self):
        self.outside += 1
        try:
            await super()._block()
        finally:
            self.outside -= 1
