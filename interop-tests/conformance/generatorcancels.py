"""Async generators whose consumer is cancelled, and those that a program leaves open; S39, S46, S62, S131."""

import asyncio
import contextlib
import contextvars

from harness import Boom, millis, new_loop, scenario

VARIABLE = contextvars.ContextVar("variable", default="nothing")


async def ask(trace, generator):
    """Asks for one value, and says what came."""
    try:
        trace("got", await anext(generator))
    except StopAsyncIteration:
        trace("no more")


async def ticks(trace, cleanup=0):
    """A value each two seconds."""
    number = 0
    try:
        while True:
            await asyncio.sleep(2)
            number += 1
            yield number
    except asyncio.CancelledError as cancelled:
        trace("generator", cancelled, "at", millis())
        raise
    finally:
        if cleanup:
            await asyncio.sleep(cleanup)
        trace("closed at", millis())


def cancel_at(second, task):
    asyncio.get_running_loop().call_at(second, task.cancel)


async def ending(trace, task):
    await asyncio.wait([task])
    trace("cancelled", task.cancelled(), "at", millis())


@scenario
async def a_request_reaches_what_the_generator_waits_for(trace):
    """S42: the body is a part of the consumer's task, and ends with it."""
    generator = ticks(trace)

    async def consume():
        async for number in generator:
            trace("got", number)

    task = asyncio.create_task(consume())
    cancel_at(3, task)
    await ending(trace, task)
    await ask(trace, generator)


@scenario
async def the_consumer_waits_for_the_cleanup_of_its_generator(trace):
    """S39: and the request is delivered once."""
    generator = ticks(trace, cleanup=2)
    task = asyncio.create_task(ask(trace, generator))
    cancel_at(1, task)
    await ending(trace, task)


@scenario
async def a_request_between_two_values_does_not_reach_the_generator(trace):
    """It stands still then, and can be asked by somebody else."""
    generator = ticks(trace)

    async def consume():
        async for number in generator:
            trace("got", number)
            await asyncio.sleep(10)

    task = asyncio.create_task(consume())
    cancel_at(3, task)
    await ending(trace, task)
    await ask(trace, generator)
    await generator.aclose()


@scenario
async def a_block_closes_its_generator_when_the_consumer_is_cancelled(trace):
    """S39: also if that takes its time."""

    async def consume():
        async with contextlib.aclosing(ticks(trace, cleanup=2)) as generator:
            async for number in generator:
                trace("got", number)
                await asyncio.sleep(10)

    task = asyncio.create_task(consume())
    cancel_at(3, task)
    await ending(trace, task)


@scenario
async def a_request_breaks_the_closing_off(trace):
    """S42: it reaches what the cleanup waits for."""

    async def slow_to_close():
        try:
            yield 1
        finally:
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError as cancelled:
                trace("cleanup", cancelled, "at", millis())
                raise

    generator = slow_to_close()
    await ask(trace, generator)
    task = asyncio.create_task(generator.aclose())
    cancel_at(1, task)
    await ending(trace, task)


@scenario
async def a_generator_may_swallow_a_request_and_go_on(trace):
    """S46: then the consumer gets a value and is not cancelled."""

    async def stubborn():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError as cancelled:
            trace("swallowed", cancelled)
        yield "value"

    generator = stubborn()
    task = asyncio.create_task(ask(trace, generator))
    cancel_at(1, task)
    await ending(trace, task)
    await generator.aclose()


@scenario
async def a_deadline_ends_the_generator_that_is_late(trace):
    """S62: a value that was given up is no pause, the body has ended."""
    generator = ticks(trace)
    await ask(trace, generator)
    try:
        await asyncio.wait_for(anext(generator), 1)
    except TimeoutError as late:
        trace(late, "at", millis())
    await ask(trace, generator)


@scenario
async def a_generator_runs_in_the_task_that_asks(trace):
    """Now in this one and now in that one."""

    async def tasks():
        while True:
            yield asyncio.current_task()

    generator = tasks()

    async def consume():
        trace("same task", await anext(generator) is asyncio.current_task())

    for _ in range(2):
        await asyncio.create_task(consume())
    await generator.aclose()


@scenario
async def a_generator_shares_the_context_of_the_one_who_asks(trace):
    """S126: it sees what was set there, and what it sets is seen there."""

    async def looks():
        while True:
            seen = VARIABLE.get()
            VARIABLE.set(f"set for {seen}")
            yield seen

    generator = looks()

    async def consume(name):
        VARIABLE.set(name)
        trace("generator sees", await anext(generator))
        trace("consumer sees", VARIABLE.get())

    for name in "AB":
        await asyncio.create_task(consume(name))
    await generator.aclose()


@scenario(plain=True)
def a_program_closes_what_it_leaves_open(trace):
    """S131: after all tasks have ended."""
    generators = []

    async def bystander():
        try:
            await asyncio.sleep(100)
        finally:
            await asyncio.sleep(1)
            trace("task ended at", millis())

    async def main():
        generator = ticks(trace, cleanup=3)
        generators.append(generator)
        task = asyncio.create_task(bystander())
        await ask(trace, generator)
        trace("main ends at", millis(), task.done())

    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(main())
        trace("run has ended")
    trace("closed")


@scenario(plain=True)
def a_program_does_not_close_what_was_never_begun(trace):
    """S131: there is nothing to clean up, and it does not begin."""
    generators = []

    async def main():
        generators.append(ticks(trace))
        trace("main ends")

    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(main())
    trace("closed")


@scenario(plain=True)
def a_failure_to_close_does_not_fail_the_program(trace):
    """S131: it is reported to the exception handler of the loop."""
    generators = []

    async def fragile():
        try:
            yield "value"
        finally:
            raise Boom("in the cleanup")

    async def main():
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: trace("reported", context["exception"]))
        generators.append(fragile())
        await ask(trace, generators[0])
        return "result"

    with asyncio.Runner(loop_factory=new_loop) as runner:
        trace(runner.run(main()))
    trace("closed")
