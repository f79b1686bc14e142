"""Lock: taking, handing over and giving back; S80, S81."""

import asyncio

from harness import Boom, Passes, millis, scenario


async def report(trace, name, waiting):
    """Awaits something and says when that ended."""
    await waiting
    trace(name, "goes on at", millis())


def start(trace, name, waiting):
    return asyncio.create_task(report(trace, name, waiting))


@scenario
async def a_free_lock_is_taken_at_once(trace):
    """S81: that takes no pass."""
    lock = asyncio.Lock()
    trace("locked", lock.locked())
    passes = Passes()
    await lock.acquire()
    trace("passes", passes.stop(), "locked", lock.locked())
    lock.release()
    trace("locked", lock.locked())


@scenario
async def waiters_get_the_lock_in_the_order_in_which_they_came(trace):
    """S80: and each waits until the one before has given it back."""
    lock = asyncio.Lock()

    async def worker(name):
        async with lock:
            trace(name, "in at", millis())
            await asyncio.sleep(1)
        trace(name, "out at", millis())

    await asyncio.gather(worker("a"), worker("b"), worker("c"))
    trace("locked", lock.locked())


@scenario
async def the_lock_is_free_until_the_next_waiter_runs(trace):
    """S80: a release wakes the waiter, which takes the lock in its own step."""
    lock = asyncio.Lock()
    await lock.acquire()
    start(trace, "a", lock.acquire())
    await asyncio.sleep(1)
    lock.release()
    trace("locked", lock.locked())
    await asyncio.sleep(1)
    trace("locked", lock.locked())


@scenario
async def a_hand_over_takes_one_pass(trace):
    """S80: from the release to the next one in line, and to the one after that."""
    lock = asyncio.Lock()
    await lock.acquire()

    async def worker(name):
        async with lock:
            trace(name, "after", passes.count)

    workers = [asyncio.create_task(worker(name)) for name in ("a", "b", "c")]
    await asyncio.sleep(1)
    passes = Passes()
    lock.release()
    await asyncio.wait(workers)
    passes.stop()


@scenario
async def anybody_may_release_a_lock(trace):
    """S81: it has no owner."""
    lock = asyncio.Lock()
    await lock.acquire()
    start(trace, "a", lock.acquire())
    asyncio.get_running_loop().call_later(1, lock.release)
    await asyncio.sleep(2)
    lock.release()
    trace("locked", lock.locked())


@scenario
async def a_lock_is_not_reentrant(trace):
    """S81: whoever holds it waits for it like everybody else."""
    lock = asyncio.Lock()
    await lock.acquire()
    try:
        await asyncio.wait_for(lock.acquire(), 1)
    except TimeoutError as late:
        trace(late, "at", millis(), "locked", lock.locked())


@scenario
async def a_free_lock_cannot_be_released(trace):
    """S81: and it is still good after that."""
    lock = asyncio.Lock()
    for _ in range(2):
        try:
            lock.release()
        except RuntimeError as refused:
            trace(refused, "locked", lock.locked())
    await lock.acquire()
    trace("locked", lock.locked())
    lock.release()


@scenario
async def a_lock_that_was_just_released_cannot_be_released_again(trace):
    """S80: the waiter that was woken does not hold it yet."""
    lock = asyncio.Lock()
    await lock.acquire()
    start(trace, "a", lock.acquire())
    await asyncio.sleep(1)
    lock.release()
    try:
        lock.release()
    except RuntimeError as refused:
        trace(refused)
    await asyncio.sleep(1)
    trace("locked", lock.locked())


@scenario
async def a_block_gives_the_lock_back_however_it_is_left(trace):
    """S80: by a failure and by a cancellation, too."""
    lock = asyncio.Lock()

    async def fail():
        async with lock:
            await asyncio.sleep(1)
            raise Boom

    async def wait():
        async with lock:
            await asyncio.sleep(10)

    failing = asyncio.create_task(fail())
    waiting = asyncio.create_task(wait())
    start(trace, "a", lock.acquire())
    await asyncio.sleep(2)
    trace("failed", failing.exception(), "locked", lock.locked())
    waiting.cancel()
    await asyncio.sleep(1)
    trace("cancelled", waiting.cancelled(), "locked", lock.locked())
    lock.release()
    trace("locked", lock.locked())


@scenario
async def a_block_that_was_not_entered_gives_nothing_back(trace):
    """S80: whoever is cancelled in front of it does not hold the lock."""
    lock = asyncio.Lock()
    await lock.acquire()

    async def wait():
        async with lock:
            trace("not reached")

    waiting = asyncio.create_task(wait())
    await asyncio.sleep(1)
    waiting.cancel()
    await asyncio.sleep(1)
    trace("cancelled", waiting.cancelled(), "locked", lock.locked())
