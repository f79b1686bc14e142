"""Locks where a release, a cancel request, a deadline and a newcomer meet in one pass; S80, S82, S96."""

import asyncio

from harness import Passes, advance, millis, scenario


async def report(trace, name, waiting):
    """Awaits something and says how that ended."""
    try:
        await waiting
        trace(name, "goes on")
    except TimeoutError as late:
        trace(name, late, "at", millis())
    except asyncio.CancelledError as cancelled:
        trace(name, cancelled)
        raise


def start(trace, name, waiting):
    return asyncio.create_task(report(trace, name, waiting))


async def start_waiters(trace, lock, *names):
    """Takes the lock, and has a task for each name wait for it."""
    await lock.acquire()
    tasks = [start(trace, name, lock.acquire()) for name in names]
    await asyncio.sleep(1)
    return tasks


async def drain(trace, lock):
    """Releases the lock until nobody waits for it any more."""
    while lock.locked():
        trace("release")
        lock.release()
        await asyncio.sleep(1)


@scenario
async def whoever_releases_and_takes_again_goes_behind_the_waiter(trace):
    """S80: the lock is free at that moment, but somebody waits for it."""
    lock = asyncio.Lock()
    await start_waiters(trace, lock, "a")

    async def release_and_take():
        lock.release()
        await report(trace, "again", lock.acquire())

    asyncio.create_task(release_and_take())
    await asyncio.sleep(1)
    await drain(trace, lock)


@scenario
async def whoever_runs_before_the_woken_waiter_goes_behind_it(trace):
    """S80: the step of the newcomer comes between the release and the waiter's."""
    lock = asyncio.Lock()
    await start_waiters(trace, lock, "a", "b")
    start(trace, "newcomer", lock.acquire())
    lock.release()
    await asyncio.sleep(1)
    await drain(trace, lock)


@scenario
async def a_woken_waiter_that_is_cancelled_wakes_the_next(trace):
    """S80, S96: what it was promised is passed on."""
    lock = asyncio.Lock()
    a, _ = await start_waiters(trace, lock, "a", "b")
    lock.release()
    a.cancel()
    await asyncio.sleep(1)
    trace("locked", lock.locked(), "cancelled", a.cancelled())


@scenario
async def a_woken_waiter_that_is_cancelled_alone_leaves_the_lock_free(trace):
    """S80, S96."""
    lock = asyncio.Lock()
    a, = await start_waiters(trace, lock, "a")
    lock.release()
    a.cancel()
    await asyncio.sleep(1)
    trace("locked", lock.locked())
    passes = Passes()
    await lock.acquire()
    trace("passes", passes.stop())


@scenario
async def woken_waiters_that_are_cancelled_one_after_the_other_pass_the_lock_on(trace):
    """S80, S96: down to the last one."""
    lock = asyncio.Lock()
    tasks = await start_waiters(trace, lock, "a", "b", "c")
    lock.release()
    tasks[0].cancel()
    tasks[1].cancel()
    await asyncio.sleep(1)
    trace("locked", lock.locked())


@scenario
async def what_is_passed_on_takes_one_pass_for_each_hand(trace):
    """S80, S96: a waiter that was cancelled passes it on in its own step."""
    lock = asyncio.Lock()
    await lock.acquire()

    async def taker(name):
        try:
            await lock.acquire()
            trace(name, "goes on after", passes.count)
        except asyncio.CancelledError as cancelled:
            trace(name, cancelled, "after", passes.count)
            raise

    tasks = [asyncio.create_task(taker(name)) for name in ("a", "b", "c")]
    await asyncio.sleep(1)
    passes = Passes()
    lock.release()
    tasks[0].cancel()
    await asyncio.sleep(0)
    tasks[1].cancel()
    await asyncio.wait(tasks)
    passes.stop()


@scenario
async def a_waiter_that_was_cancelled_is_not_woken(trace):
    """S82: the request comes first, the release in the same pass."""
    lock = asyncio.Lock()
    a, _ = await start_waiters(trace, lock, "a", "b")
    a.cancel()
    lock.release()
    await asyncio.sleep(1)
    trace("locked", lock.locked())


@scenario
async def waiters_that_were_cancelled_do_not_keep_anybody_from_the_lock(trace):
    """S82: a queue of nothing else counts as empty, even before they have run."""
    lock = asyncio.Lock()
    a, b = await start_waiters(trace, lock, "a", "b")
    a.cancel()
    b.cancel()
    lock.release()
    passes = Passes()
    await lock.acquire()
    taken = passes.stop()
    await asyncio.sleep(1)
    trace("passes", taken, "locked", lock.locked())


@scenario
async def a_cancelled_waiter_behind_the_first_changes_nothing(trace):
    """S80: the others keep their places."""
    lock = asyncio.Lock()
    _, b, _ = await start_waiters(trace, lock, "a", "b", "c")
    b.cancel()
    lock.release()
    await asyncio.sleep(1)
    await drain(trace, lock)


@scenario
async def a_newcomer_cannot_use_the_cancellation_of_a_woken_waiter(trace):
    """S80: the next in line comes first."""
    lock = asyncio.Lock()
    a, _ = await start_waiters(trace, lock, "a", "b")
    start(trace, "newcomer", lock.acquire())
    lock.release()
    a.cancel()
    await asyncio.sleep(1)
    await drain(trace, lock)


@scenario
async def a_deadline_in_the_pass_of_the_release_comes_too_early(trace):
    """S62, S80: the lock goes to the next in line, whichever of the two comes first."""
    for release_after, deadline in ((2, 3), (3, 2)):
        lock = asyncio.Lock()
        await lock.acquire()
        start(trace, "a", asyncio.wait_for(lock.acquire(), deadline))
        start(trace, "b", lock.acquire())
        await asyncio.sleep(0)
        loop = asyncio.get_running_loop()
        loop.call_later(release_after, lock.release)
        loop.call_later(1, advance, 5)  # so that both are due in the pass after this one
        await asyncio.sleep(10)
        trace("locked", lock.locked())


@scenario
async def a_deadline_in_the_pass_after_the_release_comes_too_late(trace):
    """S62, S80: the waiter runs before the timers of that pass."""
    lock = asyncio.Lock()
    await lock.acquire()
    start(trace, "a", asyncio.wait_for(lock.acquire(), 2))

    def release_late():
        lock.release()
        advance(5)

    asyncio.get_running_loop().call_later(1, release_late)
    await asyncio.sleep(10)
    trace("locked", lock.locked())


@scenario
async def a_block_that_is_cancelled_in_the_pass_of_the_release_is_not_entered(trace):
    """S80, S96: the next one is."""
    lock = asyncio.Lock()
    await lock.acquire()

    async def worker(name):
        async with lock:
            trace(name, "in at", millis())
            await asyncio.sleep(1)

    a, b = asyncio.create_task(worker("a")), asyncio.create_task(worker("b"))
    await asyncio.sleep(1)
    lock.release()
    a.cancel()
    await asyncio.wait([a, b])
    trace("cancelled", a.cancelled(), b.cancelled(), "locked", lock.locked())
