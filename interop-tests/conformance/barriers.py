"""Barrier: filling, draining, resetting and breaking; S88."""

import asyncio

from harness import Passes, millis, scenario


async def party(trace, name, barrier):
    """Waits at the barrier, and says how that ended."""
    try:
        trace(name, "passes as", await barrier.wait(), "at", millis())
    except asyncio.BrokenBarrierError as broken:
        trace(name, broken, "at", millis())


async def start_parties(trace, barrier, *names):
    """Has a task for each name wait at the barrier."""
    tasks = [asyncio.create_task(party(trace, name, barrier)) for name in names]
    await asyncio.sleep(1)
    return tasks


def show(trace, barrier):
    trace("waiting", barrier.n_waiting, "broken", barrier.broken)


@scenario
async def the_last_one_lets_all_pass(trace):
    """S88: it goes on itself at once, the others behind it in the order in which they came."""
    barrier = asyncio.Barrier(3)
    trace("parties", barrier.parties)
    for name in ("a", "b", "c"):
        show(trace, barrier)
        await start_parties(trace, barrier, name)
    show(trace, barrier)


@scenario
async def a_barrier_opens_in_one_pass(trace):
    """S88: the last one need not wait at all."""
    barrier = asyncio.Barrier(3)

    async def body(name):
        index = await barrier.wait()
        trace(name, "passes as", index, "after", passes.count)

    tasks = [asyncio.create_task(body(name)) for name in ("a", "b")]
    await asyncio.sleep(1)
    passes = Passes()
    await body("main")
    await asyncio.wait(tasks)
    passes.stop()


@scenario
async def a_barrier_for_one_is_always_open(trace):
    """S88."""
    barrier = asyncio.Barrier(1)
    passes = Passes()
    for _ in range(2):
        trace("passes as", await barrier.wait())
    trace("passes", passes.stop())


@scenario
async def a_barrier_is_used_round_after_round(trace):
    """S88: whoever passes may come back at once, for the next round."""
    barrier = asyncio.Barrier(2)

    async def rounds(name, seconds):
        for number in range(3):
            await asyncio.sleep(seconds)
            index = await barrier.wait()
            trace(name, "round", number, "as", index, "at", millis())

    await asyncio.gather(rounds("a", 1), rounds("b", 2))
    show(trace, barrier)


@scenario
async def more_than_the_parties_make_several_rounds(trace):
    """S88: who comes while the barrier drains waits for the next."""
    barrier = asyncio.Barrier(2)
    await start_parties(trace, barrier, "a", "b", "c", "d", "e")
    show(trace, barrier)


@scenario
async def a_barrier_needs_a_party(trace):
    """S88."""
    for parties in (0, -1):
        try:
            asyncio.Barrier(parties)
        except ValueError as refused:
            trace(refused)


@scenario
async def a_reset_sends_away_all_that_wait(trace):
    """S88: with an error, and the barrier is good for others after that."""
    barrier = asyncio.Barrier(3)
    await start_parties(trace, barrier, "a", "b")
    await barrier.reset()
    show(trace, barrier)
    await asyncio.sleep(1)
    show(trace, barrier)
    await start_parties(trace, barrier, "c", "d", "e")


@scenario
async def a_reset_of_an_empty_barrier_does_nothing(trace):
    """S88."""
    barrier = asyncio.Barrier(2)
    await barrier.reset()
    show(trace, barrier)
    await start_parties(trace, barrier, "a", "b")


@scenario
async def an_abort_sends_away_all_that_wait_and_all_that_come(trace):
    """S88: until somebody resets the barrier."""
    barrier = asyncio.Barrier(3)
    await start_parties(trace, barrier, "a", "b")
    await barrier.abort()
    show(trace, barrier)
    await start_parties(trace, barrier, "c")
    show(trace, barrier)
    await barrier.reset()
    show(trace, barrier)
    await start_parties(trace, barrier, "d", "e", "f")


@scenario
async def an_aborted_barrier_refuses_at_once(trace):
    """S88: nobody waits there."""
    barrier = asyncio.Barrier(2)
    await barrier.abort()
    await barrier.abort()
    passes = Passes()
    try:
        await barrier.wait()
    except asyncio.BrokenBarrierError as broken:
        trace(broken, "passes", passes.stop())
    show(trace, barrier)
