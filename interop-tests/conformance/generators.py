"""Async generators: values on demand, their end, and closing them; S131."""

import asyncio
import contextlib

from harness import Boom, Passes, message_of, millis, scenario


async def ask(trace, generator):
    """Asks for one value, and says what came."""
    try:
        trace("got", await anext(generator))
    except StopAsyncIteration:
        trace("no more")
    except Boom as failed:
        trace("failed", message_of(failed))


async def counter(trace):
    """Counts for ever, and says when it is closed."""
    number = 0
    try:
        while True:
            number += 1
            trace("makes", number)
            yield number
    finally:
        trace("closes at", millis())
        await asyncio.sleep(1)
        trace("is closed at", millis())


@scenario
async def values_are_made_on_demand(trace):
    """The body stands still until the next one is asked for, and does not begin before the first."""
    generator = counter(trace)
    trace("made")
    for _ in range(3):
        await ask(trace, generator)
    await generator.aclose()


@scenario
async def a_generator_that_does_not_wait_does_not_let_the_loop_run(trace):
    """S24: its values take no pass."""

    async def numbers():
        for number in (1, 2, 3):
            yield number

    passes = Passes()
    async for number in numbers():
        trace(number)
    trace("passes", passes.stop())


@scenario
async def a_generator_may_wait_for_its_values(trace):
    """And the consumer with it."""

    async def ticks():
        for number in (1, 2):
            await asyncio.sleep(1)
            yield number
        await asyncio.sleep(1)

    async for number in ticks():
        trace(number, "at", millis())
        await asyncio.sleep(2)
    trace("end at", millis())


@scenario
async def a_waiting_generator_can_be_asked_again_at_once(trace):
    """The body stands at its yield by then."""

    async def ticks():
        for number in (1, 2):
            await asyncio.sleep(1)
            yield number
        await asyncio.sleep(1)
        trace("ends at", millis())

    generator = ticks()
    for _ in range(4):
        await ask(trace, generator)
    trace("at", millis())


@scenario
async def a_generator_that_has_ended_has_no_more_values(trace):
    """However often it is asked, and it can still be closed."""

    async def one():
        yield "value"
        trace("ends")

    generator = one()
    for _ in range(3):
        await ask(trace, generator)
    await generator.aclose()
    await ask(trace, generator)


@scenario
async def a_failure_reaches_the_one_who_asks(trace):
    """Once; then there is nothing more."""

    async def fragile():
        yield "value"
        raise Boom("in the generator")

    generator = fragile()
    for _ in range(3):
        await ask(trace, generator)


@scenario
async def closing_runs_the_cleanup_and_waits_for_it(trace):
    """The body ends where it stands."""
    generator = counter(trace)
    await ask(trace, generator)
    await asyncio.sleep(1)
    await generator.aclose()
    trace("after at", millis())
    await ask(trace, generator)


@scenario
async def closing_what_was_not_begun_runs_nothing(trace):
    """There is nothing to clean up."""
    generator = counter(trace)
    await generator.aclose()
    trace("after at", millis())
    await ask(trace, generator)


@scenario
async def closing_again_does_nothing(trace):
    """Nor does closing what has ended by itself."""
    generator = counter(trace)
    await ask(trace, generator)
    await generator.aclose()
    await generator.aclose()
    trace("after at", millis())


@scenario
async def a_loop_that_is_left_early_leaves_the_generator_open(trace):
    """It can go on, until it is closed."""
    generator = counter(trace)
    async for number in generator:
        if number == 2:
            break
    trace("left")
    await ask(trace, generator)
    await generator.aclose()


@scenario
async def a_block_closes_its_generator_when_it_is_left_early(trace):
    """contextlib.aclosing: whatever leaves the block."""
    try:
        async with contextlib.aclosing(counter(trace)) as generator:
            async for number in generator:
                if number == 2:
                    raise Boom("in the loop")
    except Boom as failed:
        trace(message_of(failed), "at", millis())


@scenario
async def asking_while_it_runs_is_refused(trace):
    """One consumer at a time; the first one gets its value."""

    async def slow():
        await asyncio.sleep(1)
        yield "value"

    generator = slow()
    task = asyncio.create_task(ask(trace, generator))
    await asyncio.sleep(0)
    try:
        await anext(generator)
    except RuntimeError as refused:
        trace(refused)
    await task


@scenario
async def closing_while_it_runs_is_refused(trace):
    """It is not clear who would wait for what; the consumer gets its value."""

    async def slow():
        await asyncio.sleep(1)
        yield "value"

    generator = slow()
    task = asyncio.create_task(ask(trace, generator))
    await asyncio.sleep(0)
    try:
        await generator.aclose()
    except RuntimeError as refused:
        trace(refused)
    await task


@scenario
async def a_failure_in_the_cleanup_fails_the_closing(trace):
    """And the generator has ended."""

    async def fragile():
        try:
            yield "value"
        finally:
            raise Boom("in the cleanup")

    generator = fragile()
    await ask(trace, generator)
    try:
        await generator.aclose()
    except Boom as failed:
        trace(message_of(failed))
    await ask(trace, generator)


@scenario
async def a_value_out_of_the_cleanup_is_refused(trace):
    """Nobody asks for it."""

    async def stubborn():
        try:
            yield 1
        finally:
            yield 2

    generator = stubborn()
    await ask(trace, generator)
    try:
        await generator.aclose()
    except RuntimeError as refused:
        trace(refused)
