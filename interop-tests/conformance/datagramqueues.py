"""Datagrams that the system does not take at once; S103, S107. Here a socket takes as many as the scenario lets it."""

import asyncio
import socket

from guests import settle
from harness import scenario


class StubbornSocket(socket.socket):
    """Says that it could send, and does not."""

    def __init__(self):
        super().__init__(socket.AF_INET, socket.SOCK_DGRAM)
        self.bind(("127.0.0.1", 0))
        self.takes = 0
        self.failure = None
        self.sent = []

    def sendto(self, data, target):
        if not self.takes:
            raise BlockingIOError
        self.takes -= 1
        if self.failure is not None:
            failure, self.failure = self.failure, None
            raise failure
        self.sent.append(data.decode() if len(data) < 20 else len(data))


class Sender(asyncio.DatagramProtocol):
    """Prints what it is told."""

    def __init__(self, trace):
        self.trace = trace
        self.lost = asyncio.get_running_loop().create_future()

    def error_received(self, failure):
        self.trace("error")

    def pause_writing(self):
        self.trace("pause")

    def resume_writing(self):
        self.trace("resume")

    def connection_lost(self, reason):
        self.trace("lost", reason)
        self.lost.set_result(None)

    async def open(self):
        self.socket = StubbornSocket()
        self.target = self.socket.getsockname()
        loop = asyncio.get_running_loop()
        self.transport, _ = await loop.create_datagram_endpoint(lambda: self, sock=self.socket)
        return self

    def send(self, *texts):
        for text in texts:
            self.transport.sendto(text.encode(), self.target)

    async def take(self, count):
        """Lets so many go."""
        self.socket.takes = count
        await settle()
        self.show()

    def show(self):
        self.trace("gone", self.socket.sent)

    async def abort(self):
        self.transport.abort()
        await self.lost


async def open_sender(trace):
    return await Sender(trace).open()


@scenario
async def whoever_comes_later_goes_later(trace):
    """Also when the system would take it just now."""
    sender = await open_sender(trace)
    sender.socket.takes = 1
    sender.send("one", "two", "three")
    sender.show()
    sender.socket.takes = 1
    sender.send("four")
    sender.show()
    await sender.take(1)
    await sender.take(2)
    await sender.abort()


@scenario
async def what_waits_is_a_copy(trace):
    """Whoever sends may use his buffer again."""
    sender = await open_sender(trace)
    data = bytearray(b"one")
    sender.transport.sendto(data, sender.target)
    data[:] = b"two"
    await sender.take(1)
    await sender.abort()


@scenario
async def too_much_that_waits_pauses(trace):
    """S103: in the call that makes it too much; each datagram counts eight bytes more than it has."""
    sender = await open_sender(trace)
    sender.transport.set_write_buffer_limits(high=136, low=50)
    for _ in range(2):
        sender.send("x" * 60)
        trace("waits", sender.transport.get_write_buffer_size())
    sender.send("y")
    trace("sent")
    await sender.take(1)
    await sender.take(2)
    await sender.abort()


@scenario
async def a_limit_may_pause_what_waits_already(trace):
    """S103: in the call that sets it."""
    sender = await open_sender(trace)
    sender.send("one")
    sender.transport.set_write_buffer_limits(high=0)
    trace("limited")
    sender.send("two")
    trace("sent")
    await sender.abort()


@scenario
async def what_has_gone_counts_no_more(trace):
    """CPython 3.13 leaves the eight bytes of each standing (cpython #135444)."""
    sender = await open_sender(trace)
    sender.send("one", "two")
    await sender.take(2)
    trace("waits", sender.transport.get_write_buffer_size())
    await sender.abort()


@scenario
async def closing_waits_for_what_waits(trace):
    """S107."""
    sender = await open_sender(trace)
    sender.send("one", "two")
    sender.transport.close()
    trace("closing", sender.transport.is_closing())
    await sender.take(1)
    trace("lost", sender.lost.done())
    await sender.take(1)
    await sender.lost


@scenario
async def what_comes_while_it_closes_waits_too(trace):
    """It is sent with the others."""
    sender = await open_sender(trace)
    sender.send("one")
    sender.transport.close()
    sender.send("two")
    await sender.take(2)
    await sender.lost


@scenario
async def an_abort_drops_what_waits(trace):
    """S107: also while a close waits for it."""
    sender = await open_sender(trace)
    sender.send("one", "two")
    sender.transport.close()
    sender.transport.abort()
    trace("waits", sender.transport.get_write_buffer_size() > 0)
    await sender.lost
    sender.show()


@scenario
async def a_failure_is_of_one_datagram_alone(trace):
    """Those behind it are sent."""
    sender = await open_sender(trace)
    sender.send("one", "two", "three")
    sender.socket.failure = OSError("not this one")
    await sender.take(3)
    await sender.abort()


@scenario
async def a_failure_of_the_last_one_lets_it_close(trace):
    """Nobody waits for what is lost."""
    sender = await open_sender(trace)
    sender.send("one")
    sender.transport.close()
    sender.socket.failure = OSError("not this one")
    await sender.take(1)
    await sender.lost
