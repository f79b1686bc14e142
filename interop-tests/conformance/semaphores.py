"""Semaphore and BoundedSemaphore: a number of permits; S83."""

import asyncio

from harness import Boom, Passes, millis, scenario


async def report(trace, name, waiting):
    """Awaits something and says when that ended."""
    await waiting
    trace(name, "goes on at", millis())


def start(trace, name, waiting):
    return asyncio.create_task(report(trace, name, waiting))


async def start_waiters(trace, semaphore, *names):
    """Has a task for each name wait for a permit."""
    tasks = [start(trace, name, semaphore.acquire()) for name in names]
    await asyncio.sleep(1)
    return tasks


@scenario
async def permits_are_taken_at_once_while_there_are_any(trace):
    """S83: that takes no pass."""
    semaphore = asyncio.Semaphore(2)
    passes = Passes()
    for _ in range(2):
        trace("locked", semaphore.locked())
        await semaphore.acquire()
    trace("passes", passes.stop(), "locked", semaphore.locked())
    semaphore.release()
    trace("locked", semaphore.locked())


@scenario
async def as_many_are_in_as_there_are_permits(trace):
    """S83: the others follow in the order in which they came."""
    semaphore = asyncio.Semaphore(2)

    async def worker(name, seconds):
        async with semaphore:
            trace(name, "in at", millis())
            await asyncio.sleep(seconds)

    await asyncio.gather(worker("a", 5), worker("b", 1), worker("c", 2), worker("d", 4))
    trace("locked", semaphore.locked())


@scenario
async def a_permit_is_handed_over_at_once(trace):
    """S83: unlike a lock, it is not free until the waiter runs."""
    semaphore = asyncio.Semaphore(0)
    await start_waiters(trace, semaphore, "a")
    semaphore.release()
    trace("locked", semaphore.locked())
    await asyncio.sleep(1)
    trace("locked", semaphore.locked())


@scenario
async def several_releases_in_one_pass_wake_as_many(trace):
    """S83: in their order, all in the next pass."""
    semaphore = asyncio.Semaphore(0)

    async def waiter(name):
        await semaphore.acquire()
        trace(name, "after", passes.count)

    tasks = [asyncio.create_task(waiter(name)) for name in ("a", "b", "c", "d")]
    await asyncio.sleep(1)
    passes = Passes()
    for _ in range(3):
        semaphore.release()
    await asyncio.sleep(0)
    trace("d waits", not tasks[3].done())
    semaphore.release()
    await asyncio.wait(tasks)
    passes.stop()


@scenario
async def permits_may_become_more_than_there_were(trace):
    """S83: a release need not follow an acquire."""
    semaphore = asyncio.Semaphore()
    semaphore.release()
    semaphore.release()
    await start_waiters(trace, semaphore, "a", "b", "c", "d")
    trace("locked", semaphore.locked())


@scenario
async def anybody_may_give_a_permit_back(trace):
    """S83: it has no owner."""
    semaphore = asyncio.Semaphore()
    await semaphore.acquire()
    asyncio.get_running_loop().call_later(2, semaphore.release)
    await start_waiters(trace, semaphore, "a")
    await asyncio.sleep(2)
    trace("locked", semaphore.locked())


@scenario
async def there_are_no_negative_numbers_of_permits(trace):
    """S83."""
    for kind in (asyncio.Semaphore, asyncio.BoundedSemaphore):
        try:
            kind(-1)
        except ValueError as refused:
            trace(refused)
        trace("locked", kind(0).locked())


@scenario
async def a_bounded_semaphore_takes_back_what_was_taken(trace):
    """S83: more than that is an error, and changes nothing."""
    semaphore = asyncio.BoundedSemaphore(2)
    await start_waiters(trace, semaphore, "a", "b", "c")
    for _ in range(4):
        try:
            semaphore.release()
            trace("locked", semaphore.locked())
        except ValueError as refused:
            trace(refused, "locked", semaphore.locked())
        await asyncio.sleep(1)
    await start_waiters(trace, semaphore, "d", "e", "f")
    trace("locked", semaphore.locked())


@scenario
async def a_block_gives_its_permit_back_however_it_is_left(trace):
    """S83: by a failure and by a cancellation, too."""
    semaphore = asyncio.Semaphore(2)

    async def fail():
        async with semaphore:
            await asyncio.sleep(1)
            raise Boom

    async def wait():
        async with semaphore:
            await asyncio.sleep(10)

    failing = asyncio.create_task(fail())
    waiting = asyncio.create_task(wait())
    await asyncio.sleep(2)
    trace("failed", failing.exception(), "locked", semaphore.locked())
    await semaphore.acquire()
    trace("locked", semaphore.locked())
    waiting.cancel()
    await asyncio.sleep(1)
    trace("cancelled", waiting.cancelled(), "locked", semaphore.locked())


@scenario
async def a_block_that_was_not_entered_gives_nothing_back(trace):
    """S83: whoever is cancelled in front of it has no permit."""
    semaphore = asyncio.Semaphore(0)

    async def wait():
        async with semaphore:
            trace("not reached")

    waiting = asyncio.create_task(wait())
    await asyncio.sleep(1)
    waiting.cancel()
    await asyncio.sleep(1)
    trace("cancelled", waiting.cancelled(), "locked", semaphore.locked())
