"""Barriers where arrivals, cancel requests and deadlines meet; S44, S88, S96."""

import asyncio

from harness import millis, scenario


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
async def a_cancelled_party_leaves_a_barrier_that_fills(trace):
    """S88: that is one less, and nothing is broken."""
    barrier = asyncio.Barrier(3)
    _, b = arrive(trace, barrier, "a", "b")
    await asyncio.sleep(1)
    b.cancel()
    await asyncio.sleep(1)
    show(trace, barrier)
    arrive(trace, barrier, "c")
    await asyncio.sleep(1)
    show(trace, barrier)
    arrive(trace, barrier, "d")
    await asyncio.sleep(1)


@scenario
async def the_index_of_a_cancelled_party_is_given_out_again_but_no_other(trace):
    """S88: CPython 3.13 gives one out twice here (gh-155233); they should be unique in each round."""
    barrier = asyncio.Barrier(3)
    a, _ = arrive(trace, barrier, "a", "b")
    await asyncio.sleep(1)
    a.cancel()
    await asyncio.sleep(1)
    arrive(trace, barrier, "c", "d")
    await asyncio.sleep(1)


@scenario
async def all_may_be_cancelled_and_others_come(trace):
    """S88: as if nobody had been there."""
    barrier = asyncio.Barrier(3)
    for party_there in arrive(trace, barrier, "a", "b"):
        await asyncio.sleep(1)
        party_there.cancel()
    await asyncio.sleep(1)
    show(trace, barrier)
    arrive(trace, barrier, "c", "d", "e")
    await asyncio.sleep(1)


@scenario
async def a_request_in_the_pass_in_which_it_opens_concerns_one_alone(trace):
    """S44, S88: the others pass, and the barrier is ready for the next round."""
    barrier = asyncio.Barrier(3)
    a, _ = arrive(trace, barrier, "a", "b")
    await asyncio.sleep(1)
    trace("main passes as", await barrier.wait())
    a.cancel()
    show(trace, barrier)
    await asyncio.sleep(1)
    trace("cancelled", a.cancelled())
    arrive(trace, barrier, "c", "d", "e")
    await asyncio.sleep(1)


@scenario
async def a_request_before_an_arrival_keeps_the_barrier_shut(trace):
    """S88: the one that was cancelled is not there any more."""
    barrier = asyncio.Barrier(2)
    a, = arrive(trace, barrier, "a")
    await asyncio.sleep(1)
    a.cancel()
    arrive(trace, barrier, "b")
    await asyncio.sleep(1)
    show(trace, barrier)
    arrive(trace, barrier, "c")
    await asyncio.sleep(1)


@scenario
async def a_cancelled_party_counts_until_it_has_gone(trace):
    """S88: whoever comes between the request and the step in which it goes completes the round."""
    barrier = asyncio.Barrier(2)
    a, = arrive(trace, barrier, "a")
    await asyncio.sleep(1)
    arrive(trace, barrier, "b")
    a.cancel()
    await asyncio.sleep(1)
    show(trace, barrier)
    arrive(trace, barrier, "c", "d")
    await asyncio.sleep(1)


@scenario
async def whoever_comes_while_it_drains_waits_for_the_next_round(trace):
    """S88: and does not count before that."""
    barrier = asyncio.Barrier(2)
    arrive(trace, barrier, "a")
    await asyncio.sleep(1)
    arrive(trace, barrier, "newcomer")  # its step comes between the opening and the step of a
    trace("main passes as", await barrier.wait())
    show(trace, barrier)
    await asyncio.sleep(1)
    show(trace, barrier)
    arrive(trace, barrier, "b")
    await asyncio.sleep(1)


@scenario
async def whoever_is_cancelled_while_it_waits_for_the_next_round_was_never_there(trace):
    """S88."""
    barrier = asyncio.Barrier(2)
    arrive(trace, barrier, "a")
    await asyncio.sleep(1)
    newcomer, = arrive(trace, barrier, "newcomer")
    asyncio.get_running_loop().call_soon(newcomer.cancel)
    trace("main passes as", await barrier.wait())
    await asyncio.sleep(1)
    show(trace, barrier)
    arrive(trace, barrier, "b", "c")
    await asyncio.sleep(1)


@scenario
async def the_last_one_out_may_be_a_cancelled_one(trace):
    """S88: newcomers come in after it as after any other."""
    barrier = asyncio.Barrier(2)
    a, = arrive(trace, barrier, "a")
    await asyncio.sleep(1)
    arrive(trace, barrier, "newcomer")
    trace("main passes as", await barrier.wait())
    a.cancel()
    await asyncio.sleep(1)
    show(trace, barrier)
    arrive(trace, barrier, "b")
    await asyncio.sleep(1)


@scenario
async def a_deadline_is_one_party_less(trace):
    """S62, S88: nothing is broken by it."""
    barrier = asyncio.Barrier(3)
    arrive(trace, barrier, "a")
    await asyncio.sleep(0)
    try:
        await asyncio.wait_for(barrier.wait(), 1)
    except TimeoutError as late:
        trace(late, "at", millis())
    show(trace, barrier)
    arrive(trace, barrier, "b", "c")
    await asyncio.sleep(1)
