"""Async context managers: what is entered and left around a body, both of which may wait."""

import asyncio
import contextlib

from harness import Boom, Passes, message_of, millis, scenario


class Door:
    """Takes its seconds to open and to close, and says what happens to it."""

    def __init__(self, trace, name="door", opening=0, closing=0, stuck=False, squeaks=False):
        self.trace = trace
        self.name = name
        self.opening = opening
        self.closing = closing
        self.stuck = stuck  # cannot be opened
        self.squeaks = squeaks  # fails to close

    async def __aenter__(self):
        self.trace(self.name, "opens")
        if self.opening:
            await asyncio.sleep(self.opening)
        if self.stuck:
            raise Boom("stuck")
        self.trace(self.name, "is open at", millis())
        return self

    async def __aexit__(self, kind, failure, traceback):
        self.trace(self.name, "closes after", failure)
        if self.closing:
            await asyncio.sleep(self.closing)
        if self.squeaks:
            raise Boom("squeaks")
        self.trace(self.name, "is closed at", millis())
        return False


@scenario
async def the_body_runs_between_the_two_ends(trace):
    """Entering and leaving are waited for."""
    async with Door(trace, opening=1, closing=2) as door:
        trace("in", door.name)
        await asyncio.sleep(3)
    trace("after at", millis())


@scenario
async def what_does_not_wait_does_not_suspend(trace):
    """S24: no pass is lost with a resource that is there at once."""
    passes = Passes()
    async with Door(trace):
        trace("in")
    trace("passes", passes.stop())


@scenario
async def a_failure_of_the_body_leaves_after_the_resource_was_left(trace):
    """The resource is told, and waited for."""
    try:
        async with Door(trace, closing=2):
            await asyncio.sleep(1)
            raise Boom("in the body")
    except Boom as failed:
        trace(failed, message_of(failed), "at", millis())


@scenario
async def what_cannot_be_entered_is_not_left(trace):
    """Nor is there a body."""
    try:
        async with Door(trace, opening=1, stuck=True):
            trace("not reached")
    except Boom as failed:
        trace(failed, message_of(failed), "at", millis())


@scenario
async def a_failure_to_leave_leaves_the_block(trace):
    """The body came to a good end."""
    try:
        async with Door(trace, closing=1, squeaks=True):
            trace("in")
    except Boom as failed:
        trace(failed, message_of(failed), "at", millis())


@scenario
async def of_two_failures_the_one_goes_first_and_the_other_behind_it(trace):
    """Python lets the later one go first, with the body's as its context."""
    try:
        async with Door(trace, squeaks=True):
            raise Boom("in the body")
    except Boom as failed:
        trace(message_of(failed), "and behind it", message_of(failed.__context__))


@scenario
async def nested_resources_are_left_in_reverse_order(trace):
    """Each one is told the failure."""
    try:
        async with Door(trace, "outer", closing=1):
            async with Door(trace, "inner", closing=1):
                raise Boom("in the body")
    except Boom as failed:
        trace(failed, message_of(failed), "at", millis())


@scenario
async def an_outer_resource_is_left_if_the_inner_one_cannot_be_entered(trace):
    """The failure to enter is one of the outer body."""
    try:
        async with Door(trace, "outer"):
            async with Door(trace, "inner", stuck=True):
                trace("not reached")
    except Boom as failed:
        trace(failed, message_of(failed))


@scenario
async def a_resource_may_be_entered_again(trace):
    """If it does not mind."""
    door = Door(trace, closing=1)
    for number in (1, 2):
        async with door:
            trace("in", number)


@scenario
async def a_resource_may_swallow_the_failure(trace):
    """Python's way to say so is to return True."""

    class Silencer:
        async def __aenter__(self):
            return self

        async def __aexit__(self, kind, failure, traceback):
            trace("told", failure)
            return True

    try:
        async with Silencer():
            raise Boom("in the body")
        trace("nothing left the block")
    except Boom as failed:
        trace(failed, message_of(failed))


@scenario
async def what_is_open_already_is_closed(trace):
    """contextlib.aclosing: whatever has a way to be closed that waits."""

    class Journal:
        async def aclose(self):
            trace("closes")
            await asyncio.sleep(1)
            trace("is closed at", millis())

    for fails in (False, True):
        try:
            async with contextlib.aclosing(Journal()):
                trace("in")
                if fails:
                    raise Boom("in the body")
        except Boom as failed:
            trace(failed, message_of(failed))


@scenario
async def a_lock_is_a_resource(trace):
    """S80: it is held by the body, and released however that ends."""
    lock = asyncio.Lock()

    async def other():
        async with lock:
            trace("other in at", millis())

    task = asyncio.create_task(other())
    try:
        async with lock:
            trace("locked", lock.locked())
            await asyncio.sleep(1)
            raise Boom("in the body")
    except Boom as failed:
        trace(failed, message_of(failed))
    await task
    trace("locked", lock.locked())
