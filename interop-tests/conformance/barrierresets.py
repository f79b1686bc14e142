"""Barriers that are reset or aborted while others come, pass or are cancelled; S88."""

import asyncio

from harness import scenario


async def party(trace, name, barrier):
    """Waits at the barrier, and says how that ended."""
    try:
        trace(name, "passes as", await barrier.wait())
    except asyncio.BrokenBarrierError as broken:
        trace(name, broken)
    except asyncio.CancelledError as cancelled:
        trace(name, cancelled)
        raise


def arrive(trace, barrier, *names):
    """Has a task for each name wait at the barrier."""
    return [asyncio.create_task(party(trace, name, barrier)) for name in names]


def show(trace, barrier):
    trace("waiting", barrier.n_waiting, "broken", barrier.broken)


@scenario
async def a_reset_in_the_pass_in_which_it_opens_sends_the_rest_away(trace):
    """S88: all but the last one, which has passed."""
    barrier = asyncio.Barrier(3)
    arrive(trace, barrier, "a", "b")
    await asyncio.sleep(1)
    trace("main passes as", await barrier.wait())
    await barrier.reset()
    await asyncio.sleep(1)
    show(trace, barrier)
    arrive(trace, barrier, "c", "d", "e")
    await asyncio.sleep(1)


@scenario
async def an_abort_in_the_pass_in_which_it_opens_sends_the_rest_away(trace):
    """S88."""
    barrier = asyncio.Barrier(3)
    arrive(trace, barrier, "a", "b")
    await asyncio.sleep(1)
    trace("main passes as", await barrier.wait())
    await barrier.abort()
    await asyncio.sleep(1)
    show(trace, barrier)


@scenario
async def a_reset_while_it_drains_lets_newcomers_in(trace):
    """S88: but nobody else pass."""
    barrier = asyncio.Barrier(2)
    arrive(trace, barrier, "a")
    await asyncio.sleep(1)
    arrive(trace, barrier, "newcomer")
    asyncio.create_task(barrier.reset())
    trace("main passes as", await barrier.wait())
    await asyncio.sleep(1)
    show(trace, barrier)
    arrive(trace, barrier, "b")
    await asyncio.sleep(1)


@scenario
async def an_abort_while_it_drains_sends_newcomers_away(trace):
    """S88: and those who have not passed yet."""
    barrier = asyncio.Barrier(2)
    arrive(trace, barrier, "a")
    await asyncio.sleep(1)
    arrive(trace, barrier, "newcomer")
    asyncio.create_task(barrier.abort())
    trace("main passes as", await barrier.wait())
    await asyncio.sleep(1)
    show(trace, barrier)


@scenario
async def whoever_comes_while_it_resets_is_not_sent_away(trace):
    """S88: but counts for the next round."""
    barrier = asyncio.Barrier(2)
    arrive(trace, barrier, "a")
    await asyncio.sleep(1)
    arrive(trace, barrier, "newcomer")
    await barrier.reset()
    await asyncio.sleep(1)
    show(trace, barrier)
    arrive(trace, barrier, "b")
    await asyncio.sleep(1)


@scenario
async def two_resets_in_one_pass_are_one(trace):
    """S88: who waits is sent away once, and newcomers come in."""
    barrier = asyncio.Barrier(2)
    arrive(trace, barrier, "a")
    await asyncio.sleep(1)
    arrive(trace, barrier, "newcomer")
    await barrier.reset()
    await barrier.reset()
    await asyncio.sleep(1)
    show(trace, barrier)
    arrive(trace, barrier, "b")
    await asyncio.sleep(1)


@scenario
async def of_an_abort_and_a_reset_in_one_pass_the_last_counts(trace):
    """S88: whoever waits is sent away in either case."""
    for actions in (("abort", "reset"), ("reset", "abort")):
        barrier = asyncio.Barrier(2)
        arrive(trace, barrier, "a")
        await asyncio.sleep(1)
        for action in actions:
            trace(action)
            await getattr(barrier, action)()
        show(trace, barrier)
        await asyncio.sleep(1)
        show(trace, barrier)


@scenario
async def a_request_in_the_pass_of_a_reset_wins(trace):
    """S44, S88."""
    barrier = asyncio.Barrier(3)
    a, _ = arrive(trace, barrier, "a", "b")
    await asyncio.sleep(1)
    await barrier.reset()
    a.cancel()
    await asyncio.sleep(1)
    show(trace, barrier)
