"""Watching channels: S1, S2, S4. Each scenario watches a pipe that has something to read already."""

import asyncio
import os

from harness import advance, scenario


class Pipe:
    """A pipe with one byte in it."""

    def __init__(self):
        self.source, self.sink = os.pipe()
        os.write(self.sink, b"x")

    def read(self):
        os.read(self.source, 1)

    def close(self):
        os.close(self.source)
        os.close(self.sink)


@scenario
async def channels_go_between_ready_callbacks_and_timers(trace):
    """S1, S2: within one iteration: what was ready, then the channels, then the timers that have become due."""
    loop = asyncio.get_running_loop()
    pipe = Pipe()

    def readable():
        trace("channel")
        pipe.read()
        loop.call_soon(trace, "after the channel")

    loop.call_later(0.010, lambda: [trace("timer")] and loop.call_soon(trace, "after the timer"))
    loop.add_reader(pipe.source, readable)
    loop.call_soon(trace, "soon")
    advance(0.020)
    await asyncio.sleep(0)
    trace("main one")
    await asyncio.sleep(0)
    trace("main two")
    await asyncio.sleep(0)
    loop.remove_reader(pipe.source)
    pipe.close()


@scenario
async def a_reader_is_called_as_long_as_there_is_something_to_read(trace):
    """S1: readiness is a level and no event: a reader that does not read is called again in each iteration."""
    loop = asyncio.get_running_loop()
    pipe = Pipe()
    calls = []

    def readable():
        calls.append("call")
        trace("call", len(calls))
        if len(calls) == 3:
            pipe.read()

    loop.add_reader(pipe.source, readable)
    for turn in range(5):
        await asyncio.sleep(0)
        trace("main", turn)
    trace("removed", loop.remove_reader(pipe.source), loop.remove_reader(pipe.source))
    pipe.close()


@scenario
async def a_new_reader_replaces_the_old_one(trace):
    """A channel has one reader; the one that was there is not called any more, even if it was about to be."""
    loop = asyncio.get_running_loop()
    pipe = Pipe()
    loop.add_reader(pipe.source, trace, "old")

    def new():
        trace("new")
        loop.remove_reader(pipe.source)

    loop.add_reader(pipe.source, new)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    trace("main")
    pipe.close()


@scenario
async def a_reader_can_remove_another_one_of_the_same_iteration(trace):
    """S4: two channels are ready in one iteration; whose turn comes first removes the other's reader, which must not run."""
    loop = asyncio.get_running_loop()
    pipes = [Pipe(), Pipe()]

    def readable():
        trace("one of them", [loop.remove_reader(pipe.source) for pipe in pipes])

    for pipe in pipes:
        loop.add_reader(pipe.source, readable)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    trace("main")
    for pipe in pipes:
        pipe.close()


@scenario
async def a_removed_reader_is_not_called(trace):
    """S4: a ready callback of the iteration in which the channel is found ready removes its reader."""
    loop = asyncio.get_running_loop()
    pipe = Pipe()
    loop.add_reader(pipe.source, trace, "never")
    loop.call_soon(lambda: trace("removed", loop.remove_reader(pipe.source)))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    trace("main")
    pipe.close()
