"""Semaphores where releases, cancel requests, deadlines and newcomers meet in one pass; S83, S96."""

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


async def start_waiters(trace, semaphore, *names):
    """Has a task for each name wait for a permit."""
    tasks = [start(trace, name, semaphore.acquire()) for name in names]
    await asyncio.sleep(1)
    return tasks


async def release(trace, semaphore):
    trace("release")
    semaphore.release()
    await asyncio.sleep(1)


@scenario
async def whoever_gives_back_and_takes_again_goes_behind_the_waiter(trace):
    """S83: the permit is the waiter's already."""
    semaphore = asyncio.Semaphore(0)
    await start_waiters(trace, semaphore, "a")

    async def release_and_take():
        semaphore.release()
        await report(trace, "again", semaphore.acquire())

    asyncio.create_task(release_and_take())
    await asyncio.sleep(1)
    await release(trace, semaphore)


@scenario
async def a_permit_is_not_free_while_somebody_is_about_to_run(trace):
    """S83: there is one too many, but the line goes first; whoever came meanwhile gets it in the next pass."""
    semaphore = asyncio.Semaphore(0)

    async def taker(name):
        await semaphore.acquire()
        trace(name, "after", passes.count)

    tasks = [asyncio.create_task(taker("a"))]
    await asyncio.sleep(1)
    passes = Passes()
    tasks.append(asyncio.create_task(taker("newcomer")))
    semaphore.release()
    semaphore.release()
    trace("locked", semaphore.locked())
    await asyncio.wait(tasks)
    passes.stop()
    trace("locked", semaphore.locked())


@scenario
async def whoever_runs_before_the_woken_waiter_goes_behind_it(trace):
    """S83: the step of the newcomer comes between the release and the waiter's."""
    semaphore = asyncio.Semaphore(0)
    await start_waiters(trace, semaphore, "a", "b")
    start(trace, "newcomer", semaphore.acquire())
    semaphore.release()
    await asyncio.sleep(1)
    await release(trace, semaphore)
    await release(trace, semaphore)


@scenario
async def a_woken_waiter_that_is_cancelled_passes_its_permit_on(trace):
    """S83, S96."""
    semaphore = asyncio.Semaphore(0)
    a, _, _ = await start_waiters(trace, semaphore, "a", "b", "c")
    semaphore.release()
    a.cancel()
    await asyncio.sleep(1)
    trace("locked", semaphore.locked(), "cancelled", a.cancelled())
    await release(trace, semaphore)


@scenario
async def a_woken_waiter_that_is_cancelled_alone_gives_its_permit_back(trace):
    """S83, S96."""
    semaphore = asyncio.Semaphore(0)
    a, = await start_waiters(trace, semaphore, "a")
    semaphore.release()
    a.cancel()
    await asyncio.sleep(1)
    trace("locked", semaphore.locked())
    passes = Passes()
    await semaphore.acquire()
    trace("passes", passes.stop(), "locked", semaphore.locked())


@scenario
async def of_several_that_were_woken_one_may_be_cancelled(trace):
    """S83, S96: its permit goes to the one that was not woken."""
    semaphore = asyncio.Semaphore(0)
    _, b, _, _ = await start_waiters(trace, semaphore, "a", "b", "c", "d")
    semaphore.release()
    semaphore.release()
    b.cancel()
    await asyncio.sleep(1)
    await release(trace, semaphore)


@scenario
async def all_that_were_woken_may_be_cancelled(trace):
    """S83, S96: then the next two have the permits."""
    semaphore = asyncio.Semaphore(0)
    a, b, _, _ = await start_waiters(trace, semaphore, "a", "b", "c", "d")
    semaphore.release()
    semaphore.release()
    a.cancel()
    b.cancel()
    await asyncio.sleep(1)
    trace("locked", semaphore.locked())


@scenario
async def what_is_passed_on_takes_one_pass_for_each_hand(trace):
    """S83, S96: a waiter that was cancelled passes it on in its own step."""
    semaphore = asyncio.Semaphore(0)

    async def taker(name):
        try:
            await semaphore.acquire()
            trace(name, "goes on after", passes.count)
        except asyncio.CancelledError as cancelled:
            trace(name, cancelled, "after", passes.count)
            raise

    tasks = [asyncio.create_task(taker(name)) for name in ("a", "b", "c")]
    await asyncio.sleep(1)
    passes = Passes()
    semaphore.release()
    tasks[0].cancel()
    await asyncio.sleep(0)
    tasks[1].cancel()
    await asyncio.wait(tasks)
    passes.stop()


@scenario
async def a_waiter_that_was_cancelled_is_not_woken(trace):
    """S83: the request comes first, the release in the same pass."""
    semaphore = asyncio.Semaphore(0)
    a, _ = await start_waiters(trace, semaphore, "a", "b")
    a.cancel()
    semaphore.release()
    await asyncio.sleep(1)
    trace("locked", semaphore.locked())


@scenario
async def waiters_that_were_cancelled_do_not_keep_anybody_from_a_permit(trace):
    """S82, S83: a queue of nothing else counts as empty, even before they have run."""
    semaphore = asyncio.Semaphore(0)
    a, b = await start_waiters(trace, semaphore, "a", "b")
    a.cancel()
    b.cancel()
    semaphore.release()
    trace("locked", semaphore.locked())
    passes = Passes()
    await semaphore.acquire()
    taken = passes.stop()
    await asyncio.sleep(1)
    trace("passes", taken, "locked", semaphore.locked())


@scenario
async def a_newcomer_cannot_use_the_cancellation_of_a_woken_waiter(trace):
    """S83: the next in line comes first."""
    semaphore = asyncio.Semaphore(0)
    a, _ = await start_waiters(trace, semaphore, "a", "b")
    start(trace, "newcomer", semaphore.acquire())
    semaphore.release()
    a.cancel()
    await asyncio.sleep(1)
    await release(trace, semaphore)


@scenario
async def a_cancelled_waiter_behind_the_first_changes_nothing(trace):
    """S83: the others keep their places."""
    semaphore = asyncio.Semaphore(0)
    _, b, _ = await start_waiters(trace, semaphore, "a", "b", "c")
    b.cancel()
    await asyncio.sleep(1)
    await release(trace, semaphore)
    await release(trace, semaphore)


@scenario
async def a_deadline_in_the_pass_of_the_release_comes_too_early(trace):
    """S62, S83: the permit goes to the next in line, whichever of the two comes first."""
    for release_after, deadline in ((2, 3), (3, 2)):
        semaphore = asyncio.Semaphore(0)
        start(trace, "a", asyncio.wait_for(semaphore.acquire(), deadline))
        start(trace, "b", semaphore.acquire())
        await asyncio.sleep(0)
        loop = asyncio.get_running_loop()
        loop.call_later(release_after, semaphore.release)
        loop.call_later(1, advance, 5)  # so that both are due in the pass after this one
        await asyncio.sleep(10)
        trace("locked", semaphore.locked())


@scenario
async def what_a_cancelled_waiter_gives_back_counts_for_the_bound(trace):
    """S83, S96: its permit is back, not one more."""
    semaphore = asyncio.BoundedSemaphore(1)
    await semaphore.acquire()
    a, = await start_waiters(trace, semaphore, "a")
    semaphore.release()
    a.cancel()
    await asyncio.sleep(1)
    trace("locked", semaphore.locked())
    try:
        semaphore.release()
    except ValueError:
        trace("refused")
