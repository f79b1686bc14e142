"""Primitives outside of a loop and on a second loop; S89."""

import asyncio

from harness import new_loop, scenario


def run(coroutine):
    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(coroutine)


async def fight(waiting):
    """Has to wait for something that nobody gives, and is cancelled."""
    task = asyncio.create_task(waiting)
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.wait([task])


async def refusal(trace, waiting):
    try:
        await waiting
        trace("not refused")
    except RuntimeError as refused:
        trace(refused)


@scenario(plain=True)
def all_of_them_are_made_without_a_loop(trace):
    """S89: and may be asked there how they are, and set and released."""
    lock, condition = asyncio.Lock(), asyncio.Condition()
    trace("locked", lock.locked(), condition.locked())
    event = asyncio.Event()
    event.set()
    trace("set", event.is_set())
    semaphore = asyncio.BoundedSemaphore(1)
    trace("locked", semaphore.locked())
    barrier = asyncio.Barrier(2)
    trace("parties", barrier.parties, "waiting", barrier.n_waiting, "broken", barrier.broken)


@scenario(plain=True)
def what_nobody_had_to_wait_for_belongs_to_no_loop(trace):
    """S89: so a second loop may use it."""
    lock, semaphore, event = asyncio.Lock(), asyncio.Semaphore(1), asyncio.Event()

    async def use():
        await lock.acquire()
        lock.release()
        await semaphore.acquire()
        semaphore.release()
        event.set()
        await event.wait()
        event.clear()
        trace("locked", lock.locked(), semaphore.locked(), "set", event.is_set())

    run(use())
    run(use())


@scenario(plain=True)
def a_lock_belongs_to_the_loop_of_the_first_wait(trace):
    """S89: and nobody may wait for it on another."""
    lock = asyncio.Lock()

    async def first():
        await lock.acquire()
        await fight(lock.acquire())

    async def second():
        await refusal(trace, lock.acquire())
        trace("locked", lock.locked())

    run(first())
    run(second())


@scenario(plain=True)
def an_event_belongs_to_the_loop_of_the_first_wait(trace):
    """S89."""
    event = asyncio.Event()

    async def first():
        await fight(event.wait())

    async def second():
        await refusal(trace, event.wait())
        trace("set", event.is_set())

    run(first())
    run(second())


@scenario(plain=True)
def a_condition_belongs_to_the_loop_of_the_first_wait(trace):
    """S89: the lock that nobody had to wait for does not."""
    condition = asyncio.Condition()

    async def wait():
        async with condition:
            await condition.wait()

    async def second():
        async with condition:
            await refusal(trace, condition.wait())
            trace("locked", condition.locked())

    run(fight(wait()))
    run(second())


@scenario(plain=True)
def a_semaphore_belongs_to_the_loop_of_the_first_wait(trace):
    """S89."""
    semaphore = asyncio.Semaphore(0)

    async def second():
        await refusal(trace, semaphore.acquire())
        trace("locked", semaphore.locked())

    run(fight(semaphore.acquire()))
    run(second())


@scenario(plain=True)
def a_barrier_belongs_to_the_loop_of_the_first_wait(trace):
    """S89."""
    barrier = asyncio.Barrier(2)

    async def second():
        await refusal(trace, barrier.wait())
        trace("waiting", barrier.n_waiting)

    run(fight(barrier.wait()))
    run(second())
