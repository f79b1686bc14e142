"""Servers of streams: what becomes of a connection when its handler ends, and the other way round; S110, S112."""

import asyncio

from guests import Guest, settle
from harness import Boom, new_loop, scenario


class HandledSite:
    """A server whose connections are served by one handler."""

    def __init__(self, trace):
        self.trace = trace
        self.begun = asyncio.Queue()
        self.reported = asyncio.Queue()
        self.ended = asyncio.Queue()

    async def open(self, handler):
        asyncio.get_running_loop().set_exception_handler(self._report)
        self.server = await asyncio.start_server(handler, "127.0.0.1", 0)
        self.address = self.server.sockets[0].getsockname()
        return self

    def _report(self, loop, context):
        failure = context["exception"]
        name = "a break" if isinstance(failure, OSError) else failure
        self.trace("reported", name, "with", context["message"], "transport", "transport" in context)
        self.reported.put_nowait(failure)

    async def close(self):
        self.server.close()
        await self.server.wait_closed()
        self.trace("over")


async def line_of(reader):
    return (await reader.readline()).decode().rstrip("\n") or "nothing"


@scenario
async def a_handler_that_fails_has_its_connection_closed(trace):
    """S110: it is reported, what it has written is sent, and the others notice nothing."""

    async def handle(reader, writer):
        line = await line_of(reader)
        trace("handler got", line)
        writer.write(b"so far")
        if line == "fail":
            raise Boom()
        writer.close()

    site = await HandledSite(trace).open(handle)
    first, second = Guest(site.address), Guest(site.address)
    first.say("fail\n")
    trace("first hears", await first.hear())
    second.say("go on\n")
    trace("second hears", await second.hear())
    await site.close()


@scenario
async def a_handler_that_fails_before_it_waits(trace):
    """S110."""

    async def handle(reader, writer):
        trace("handler")
        raise Boom()

    site = await HandledSite(trace).open(handle)
    guest = Guest(site.address)
    trace("hears", await guest.hear())
    await site.close()


@scenario
async def a_handler_that_fails_after_its_connection_has_ended(trace):
    """S110: that is reported all the same."""

    async def handle(reader, writer):
        writer.close()
        await writer.wait_closed()
        trace("handler")
        raise Boom()

    site = await HandledSite(trace).open(handle)
    guest = Guest(site.address)
    await site.reported.get()
    trace("hears", await guest.hear())
    await site.close()


@scenario
async def a_handler_that_is_cancelled_has_its_connection_closed(trace):
    """S110: that is no failure, and nothing is reported."""

    async def handle(reader, writer):
        site.begun.put_nowait(asyncio.current_task())
        try:
            await reader.read()
        except asyncio.CancelledError as cancelled:
            trace("handler", cancelled)
            raise

    site = await HandledSite(trace).open(handle)
    guest = Guest(site.address)
    handler = await site.begun.get()
    handler.cancel()
    trace("hears", await guest.hear())
    await site.close()


@scenario
async def a_handler_that_returns_leaves_its_connection_open(trace):
    """S110: whoever has the writer goes on with it."""

    async def handle(reader, writer):
        writer.write(b"one ")
        site.begun.put_nowait(writer)

    site = await HandledSite(trace).open(handle)
    guest = Guest(site.address)
    writer = await site.begun.get()
    await settle()
    trace("closing", writer.is_closing())
    writer.write(b"two")
    writer.close()
    trace("hears", await guest.hear())
    await site.close()


@scenario
async def a_handler_goes_on_when_its_server_is_closed(trace):
    """S112: and is waited for, as long as its connection is open."""

    async def handle(reader, writer):
        site.begun.put_nowait(writer)
        trace("handler got", await line_of(reader))
        writer.close()

    site = await HandledSite(trace).open(handle)
    guest = Guest(site.address)
    await site.begun.get()
    site.server.close()
    trace("closed")
    await settle()
    guest.say("still here\n")
    await site.close()
    guest.leave()


@scenario
async def a_handler_may_close_its_server(trace):
    """S112."""

    async def handle(reader, writer):
        trace("handler got", await line_of(reader))
        site.server.close()
        trace("serving", site.server.is_serving())
        trace("handler got", await line_of(reader))
        writer.close()

    site = await HandledSite(trace).open(handle)
    guest = Guest(site.address)
    guest.say("close\nand go on\n")
    await site.server.wait_closed()
    trace("over")
    guest.leave()


@scenario
async def a_handler_whose_client_is_closed_reads_the_end(trace):
    """S113: `close_clients`."""

    async def handle(reader, writer):
        site.begun.put_nowait(writer)
        trace("handler got", await line_of(reader))
        trace("closing", writer.is_closing())
        await writer.wait_closed()
        trace("handler ends")
        site.ended.put_nowait(writer)

    site = await HandledSite(trace).open(handle)
    guest = Guest(site.address)
    await site.begun.get()
    site.server.close_clients()
    await site.ended.get()
    trace("hears", await guest.hear())
    await site.close()


@scenario
async def a_handler_whose_client_has_left_may_answer(trace):
    """S106: the end of the one direction is not that of the other."""

    async def handle(reader, writer):
        trace("handler got", await line_of(reader))
        trace("handler got", await line_of(reader))
        writer.write(b"answer")
        writer.close()

    site = await HandledSite(trace).open(handle)
    guest = Guest(site.address)
    guest.say("question\n")
    guest.end()
    trace("hears", await guest.hear())
    await site.close()


@scenario
async def a_connection_that_breaks_is_a_failure_of_the_handler_that_reads(trace):
    """S110: and is reported, unless it expects that."""

    async def handle(reader, writer):
        site.begun.put_nowait(writer)
        trace("handler")
        await reader.read()

    site = await HandledSite(trace).open(handle)
    guest = Guest(site.address)
    await site.begun.get()
    guest.break_off()
    await site.reported.get()
    await site.close()


@scenario(plain=True)
def a_handler_is_cancelled_when_the_program_ends(trace):
    """S131: as every other task."""

    async def handle(reader, writer):
        site.begun.put_nowait(writer)
        try:
            await reader.read()
        except asyncio.CancelledError as cancelled:
            trace("handler", cancelled)
            raise

    async def main():
        nonlocal site
        site = await HandledSite(trace).open(handle)
        guests.append(Guest(site.address))
        await site.begun.get()
        site.server.close()
        trace("main ends")

    site = None
    guests = []
    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(main())
        trace("ended")
    guests[0].leave()
