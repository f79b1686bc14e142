"""Transports and protocols: which callbacks come, and in which order; S103, S105-S109. Both ends are sockets of one loop."""

import asyncio
import socket

from harness import Boom, scenario


class Told(asyncio.Protocol):
    """Prints what it is told."""

    def __init__(self, trace, name):
        self.trace = trace
        self.name = name
        self.keeps_open = False
        self.on_made = lambda: None
        self.on_data = lambda: None
        self.on_lost = lambda: None
        self.count = None
        self.ended = asyncio.get_running_loop().create_future()
        self.lost = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self.transport = transport
        self.trace(self.name, "made")
        self.on_made()

    def data_received(self, data):
        if self.count is None:
            self.trace(self.name, "data", data.decode())
        else:
            self.count += len(data)
        self.on_data()

    def eof_received(self):
        self.trace(self.name, "eof")
        self.ended.set_result(None)
        return self.keeps_open

    def pause_writing(self):
        self.trace(self.name, "pause")

    def resume_writing(self):
        self.trace(self.name, "resume")

    def connection_lost(self, reason):
        self.trace(self.name, "lost", reason)
        self.lost.set_result(None)
        self.on_lost()


async def connect(near, far):
    loop = asyncio.get_running_loop()
    one, other = socket.socketpair()
    await loop.create_connection(lambda: near, sock=one)
    await loop.create_connection(lambda: far, sock=other)


async def connected(trace):
    near, far = Told(trace, "near"), Told(trace, "far")
    await connect(near, far)
    return near, far


def collect_reports(trace):
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: trace("reported", context["exception"]))


def fail():
    raise Boom()


@scenario
async def a_protocol_knows_its_connection_before_anybody_else(trace):
    """S108: the factory, connection_made, the one who connects."""
    near, far = await connected(trace)
    trace("connected", near.transport.is_closing())
    near.transport.abort()
    far.transport.abort()
    await far.lost


@scenario
async def data_end_and_loss(trace):
    """S107, S108: the end of the one side comes before the other one's events, since those need a poll."""
    near, far = await connected(trace)
    near.transport.write(b"hello")
    near.transport.close()
    trace("closing", near.transport.is_closing())
    await far.lost


@scenario
async def the_end_comes_in_a_later_pass(trace):
    """S107: never from within the call; what is ready already goes before it."""
    near, far = await connected(trace)
    loop = asyncio.get_running_loop()
    loop.call_soon(trace, "before")
    near.transport.abort()
    loop.call_soon(trace, "after")
    trace("aborted")
    await far.lost


@scenario
async def however_often_it_is_closed_there_is_one_end(trace):
    """S107."""
    near, far = await connected(trace)
    near.on_lost = lambda: near.transport.close()
    for _ in range(2):
        near.transport.close()
        near.transport.abort()
    await far.lost
    near.transport.abort()
    await asyncio.sleep(0)


@scenario
async def half_of_a_connection_goes_on(trace):
    """S106, S109: whoever answers the end with true may go on writing."""
    near, far = await connected(trace)
    near.keeps_open = far.keeps_open = True
    near.transport.write(b"question")
    near.transport.write_eof()
    near.transport.write_eof()
    await far.ended
    far.transport.write(b"answer")
    far.transport.write_eof()
    await near.ended
    trace("closing", near.transport.is_closing(), far.transport.is_closing())
    near.transport.close()
    far.transport.close()
    await far.lost


@scenario
async def after_the_end_of_its_half_nobody_writes(trace):
    """S105: not even when the connection is closing."""
    near, far = await connected(trace)
    near.transport.write_eof()
    for _ in range(2):
        try:
            near.transport.write(b"late")
        except RuntimeError as refused:
            trace("write", refused)
        near.transport.close()
    await far.lost


@scenario
async def a_pause_at_the_beginning_holds(trace):
    """S108: what has come meanwhile is not lost, nor is the end behind it."""
    near, far = Told(trace, "near"), Told(trace, "far")
    far.on_made = lambda: far.transport.pause_reading()
    await connect(near, far)
    near.transport.write(b"early")
    near.transport.close()
    await near.lost
    for _ in range(5):
        await asyncio.sleep(0)
    trace("reading", far.transport.is_reading())
    far.transport.resume_reading()
    await far.lost


@scenario
async def a_pause_within_data_holds_back_the_end(trace):
    """S108."""
    near, far = await connected(trace)
    far.on_data = lambda: far.transport.pause_reading()
    near.transport.write(b"data")
    near.transport.close()
    await near.lost
    for _ in range(5):
        await asyncio.sleep(0)
    trace("resume")
    far.transport.resume_reading()
    await far.lost


@scenario
async def a_failure_with_data_ends_the_connection(trace):
    """S109: it is reported, and it is the reason of the loss."""
    near, far = await connected(trace)
    collect_reports(trace)
    far.on_data = fail
    near.transport.write(b"data")
    await near.lost
    await far.lost


@scenario
async def a_failure_at_the_end_is_reported(trace):
    """The connection is closed all the same."""
    near, far = await connected(trace)
    collect_reports(trace)
    near.on_lost = fail
    near.transport.close()
    await far.lost


@scenario
async def pause_and_resume_come_in_pairs(trace):
    """S103: the pause within the write that makes too much; the resume when everything is sent, since the limit is zero."""
    near, far = await connected(trace)
    far.count = 0
    near.transport.set_write_buffer_limits(high=0)
    trace("write")
    near.transport.write(bytes(10_000_000))
    near.transport.write(b"x")
    trace("written")
    near.transport.close()
    await far.lost
    await near.lost
    trace("count", far.count)


@scenario
async def an_abort_drops_what_waits(trace):
    """S107: also while a close waits for it."""
    near, far = await connected(trace)
    far.count = 0
    near.transport.write(bytes(10_000_000))
    near.transport.close()
    trace("waits", near.transport.get_write_buffer_size() > 0)
    near.transport.abort()
    trace("waits", near.transport.get_write_buffer_size() > 0)
    await far.lost
    trace("all", far.count == 10_000_000)


@scenario
async def another_protocol_may_take_over(trace):
    """It is not told that the connection was made."""
    near, far = await connected(trace)
    second = Told(trace, "second")
    far.transport.set_protocol(second)
    near.transport.write(b"data")
    near.transport.close()
    trace("takes", far.transport.get_protocol() is second)
    await second.lost
