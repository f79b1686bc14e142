"""Async context managers in tasks that are cancelled: entering, in the body, leaving; S39, S44, S53, S62."""

import asyncio

from harness import Boom, advance, message_of, millis, scenario


class Door:
    """Takes its seconds to open and to close, and says what happens to it."""

    def __init__(self, trace, name="door", opening=0, closing=0, squeaks=False):
        self.trace = trace
        self.name = name
        self.opening = opening
        self.closing = closing
        self.squeaks = squeaks  # fails to close

    async def __aenter__(self):
        self.trace(self.name, "opens")
        if self.opening:
            try:
                await asyncio.sleep(self.opening)
            except asyncio.CancelledError as cancelled:
                self.trace(self.name, "does not open:", cancelled, "at", millis())
                raise
        self.trace(self.name, "is open at", millis())
        return self

    async def __aexit__(self, kind, failure, traceback):
        self.trace(self.name, "closes after", failure)
        if self.closing:
            try:
                await asyncio.sleep(self.closing)
            except asyncio.CancelledError as cancelled:
                self.trace(self.name, "does not close:", cancelled, "at", millis())
                raise
        if self.squeaks:
            raise Boom("squeaks")
        self.trace(self.name, "is closed at", millis())
        return False


def cancel_at(second, task):
    asyncio.get_running_loop().call_at(second, task.cancel)


async def ended(trace, coroutine, *seconds):
    """Runs something as a task that is cancelled at these times, and says how it ended."""
    task = asyncio.create_task(coroutine)
    for second in seconds:
        cancel_at(second, task)
    await asyncio.wait([task])
    if task.cancelled():
        trace("ended by a cancellation at", millis())
    elif task.exception():
        trace("ended by", message_of(task.exception()), "at", millis())
    else:
        trace("came to a good end at", millis())


@scenario
async def a_request_in_the_body_leaves_the_resource(trace):
    """S39: it is told, and may wait; the task ends after that."""

    async def body():
        async with Door(trace, closing=2):
            await asyncio.sleep(10)

    await ended(trace, body(), 1)


@scenario
async def a_request_while_it_is_entered_ends_that(trace):
    """S42: the resource was not entered, so it is not left."""

    async def body():
        async with Door(trace, opening=3):
            trace("not reached")

    await ended(trace, body(), 1)


@scenario
async def a_request_that_meets_the_end_of_the_entering(trace):
    """S44: the request wins; either it was not entered, or it is left again."""

    async def body():
        async with Door(trace, opening=2):
            trace("not reached")

    # Both are due when this returns, the opening first.
    asyncio.get_running_loop().call_at(1, advance, 3)
    await ended(trace, body(), 3)


@scenario
async def a_request_while_it_is_left_breaks_that_off(trace):
    """S42: leaving is not begun again."""

    async def body():
        async with Door(trace, closing=3):
            trace("in")

    await ended(trace, body(), 1)


@scenario
async def a_second_request_breaks_off_what_the_first_one_began(trace):
    """S39: the resource is left once."""

    async def body():
        async with Door(trace, closing=3):
            await asyncio.sleep(10)

    await ended(trace, body(), 1, 2)


@scenario
async def a_request_while_it_is_left_after_a_failure(trace):
    """S42: which one of the two leaves the block."""

    async def body():
        try:
            async with Door(trace, closing=3):
                raise Boom("in the body")
        except Boom as failed:
            trace(failed, message_of(failed))
        await asyncio.sleep(1)

    await ended(trace, body(), 1)


@scenario
async def a_failure_to_leave_after_a_request(trace):
    """S47: which one of the two leaves the block."""

    async def body():
        async with Door(trace, squeaks=True):
            await asyncio.sleep(10)

    await ended(trace, body(), 1)


@scenario
async def a_request_leaves_nested_resources_in_reverse_order(trace):
    """S39: each is told, and each may wait."""

    async def body():
        async with Door(trace, "outer", closing=1):
            async with Door(trace, "inner", closing=1):
                await asyncio.sleep(10)

    await ended(trace, body(), 1)


@scenario
async def a_request_that_the_body_swallows_is_none_for_the_resource(trace):
    """S46: it is left as after a good end."""

    async def body():
        async with Door(trace, closing=2):
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError as cancelled:
                trace("swallowed", cancelled)

    await ended(trace, body(), 1)


@scenario
async def a_deadline_in_the_body_waits_for_the_leaving(trace):
    """S53, S62: the timeout comes after it."""

    async def body():
        try:
            async with asyncio.timeout(1):
                async with Door(trace, closing=2):
                    await asyncio.sleep(10)
        except TimeoutError as late:
            trace(late, "at", millis())

    await ended(trace, body())


@scenario
async def a_deadline_that_passes_while_it_is_entered(trace):
    """S53: it was not entered, so it is not left."""

    async def body():
        try:
            async with asyncio.timeout(1):
                async with Door(trace, opening=2):
                    trace("not reached")
        except TimeoutError as late:
            trace(late, "at", millis())

    await ended(trace, body())
