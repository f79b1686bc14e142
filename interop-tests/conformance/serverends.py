"""How servers end, and what becomes of their connections; S112-S114."""

import asyncio

from guests import Site, settle
from harness import Passes, scenario


async def wait_for_the_end(trace, site, name):
    try:
        await site.server.wait_closed()
        trace(name, "told")
    except asyncio.CancelledError as cancelled:
        trace(name, cancelled)
        raise


def start_waiting(trace, site, name):
    return asyncio.create_task(wait_for_the_end(trace, site, name))


async def serve_for_ever(trace, site):
    try:
        await site.server.serve_forever()
    except RuntimeError as refused:
        trace("for ever", refused)
    except asyncio.CancelledError as cancelled:
        trace("for ever", cancelled)
        raise


def start_serving_for_ever(trace, site):
    return asyncio.create_task(serve_for_ever(trace, site))


@scenario
async def an_open_server_has_not_ended(trace):
    """S113: though it never had a connection."""
    site = await Site(trace).open()
    waiting = start_waiting(trace, site, "waiting")
    await settle()
    trace("done", waiting.done())
    site.server.close()
    await waiting


@scenario
async def a_server_that_is_left_by_all_has_not_ended(trace):
    """S113: somebody else may come."""
    site = await Site(trace).open()
    waiting = start_waiting(trace, site, "waiting")
    host = await site.visit()
    host.guest.leave()
    await host.lost
    await settle()
    trace("done", waiting.done())
    site.server.close()
    await waiting


@scenario
async def the_end_is_that_of_the_last_connection(trace):
    """S112, S113: the connections of a closed server go on."""
    site = await Site(trace).open()
    first = await site.visit()
    second = await site.visit()
    waiting = start_waiting(trace, site, "waiting")
    site.server.close()
    first.guest.leave()
    await first.lost
    second.guest.say("still here")
    await second.words.get()
    trace("done", waiting.done())
    second.guest.leave()
    await waiting


@scenario
async def all_who_wait_are_told_in_their_order(trace):
    """S113: and whoever asks later does not wait."""
    site = await Site(trace).open()
    tasks = [start_waiting(trace, site, name) for name in ("one", "two", "three")]
    await settle()
    site.server.close()
    trace("closed")
    await asyncio.wait(tasks)
    passes = Passes()
    await wait_for_the_end(trace, site, "four")
    trace("passes", passes.stop())


@scenario
async def who_gives_up_waiting_concerns_nobody_else(trace):
    """S113."""
    site = await Site(trace).open()
    one = start_waiting(trace, site, "one")
    two = start_waiting(trace, site, "two")
    await settle()
    one.cancel()
    await settle()
    site.show()
    trace("done", two.done())
    site.server.close()
    await two


@scenario
async def a_request_in_the_pass_of_the_end_wins(trace):
    """S44, S113."""
    site = await Site(trace).open()
    one = start_waiting(trace, site, "one")
    two = start_waiting(trace, site, "two")
    await settle()
    site.server.close()
    one.cancel()
    await asyncio.wait([one, two])


@scenario
async def the_clients_of_an_open_server_are_closed(trace):
    """S113: what was written is sent before, and the server serves on."""
    site = await Site(trace).open()
    host = await site.visit()
    host.transport.write(b"goodbye")
    site.server.close_clients()
    trace("closing", host.transport.is_closing())
    await host.lost
    trace("hears", await host.guest.hear())
    site.show()
    host = await site.visit()
    host.guest.leave()
    await site.close()


@scenario
async def the_clients_of_a_closed_server_are_closed(trace):
    """S113: that brings its end."""
    site = await Site(trace).open()
    host = await site.visit()
    site.server.close()
    site.server.close_clients()
    await site.server.wait_closed()
    trace("hears", await host.guest.hear())
    site.server.close_clients()


@scenario
async def the_clients_of_a_server_are_aborted(trace):
    """S113: the reason of their loss is none."""
    site = await Site(trace).open()
    host = await site.visit()
    site.server.abort_clients()
    trace("closing", host.transport.is_closing())
    await host.lost
    host.guest.leave()
    site.show()
    await site.close()
    site.server.abort_clients()


@scenario
async def leaving_the_block_closes_and_waits(trace):
    """S114: `async with`."""
    site = await Site(trace).open()
    host = await site.visit()

    async def leave():
        await settle()
        site.show()
        host.guest.leave()

    async with site.server as entered:
        trace("the server", entered is site.server)
        leaving = asyncio.create_task(leave())
    trace("left")
    await leaving


@scenario
async def a_failure_leaves_the_block_when_the_server_has_ended(trace):
    """S114."""
    site = await Site(trace).open()
    host = await site.visit()
    try:
        async with site.server:
            host.guest.leave()
            raise ValueError("inside")
    except ValueError as failure:
        trace("left", failure)
    site.show()


@scenario
async def serving_for_ever_begins_to_serve(trace):
    """S114."""
    site = await Site(trace).open(start_serving=False)
    serving = start_serving_for_ever(trace, site)
    site.show()
    await settle()
    site.show()
    host = await site.visit()
    host.guest.leave()
    await host.lost
    serving.cancel()
    await asyncio.wait([serving])
    trace("cancelled", serving.cancelled())
    site.show()


@scenario
async def serving_for_ever_is_for_one(trace):
    """S114: the other one is refused, and the first goes on."""
    site = await Site(trace).open()
    serving = start_serving_for_ever(trace, site)
    await settle()
    await start_serving_for_ever(trace, site)
    trace("done", serving.done(), "serving", site.server.is_serving())
    site.server.close()
    await asyncio.wait([serving])


@scenario
async def a_closed_server_does_not_serve_for_ever(trace):
    """S114."""
    site = await Site(trace).open()
    await site.close()
    await start_serving_for_ever(trace, site)
    site.show()


@scenario
async def serving_for_ever_ends_with_the_last_connection_of_a_closed_server(trace):
    """S114: as cancelled."""
    site = await Site(trace).open()
    serving = start_serving_for_ever(trace, site)
    host = await site.visit()
    site.server.close()
    await settle()
    trace("done", serving.done(), "closing", host.transport.is_closing())
    host.guest.leave()
    await asyncio.wait([serving])
    trace("cancelled", serving.cancelled())


@scenario
async def a_request_ends_the_wait_for_the_last_connection(trace):
    """S114: which goes on."""
    site = await Site(trace).open()
    serving = start_serving_for_ever(trace, site)
    host = await site.visit()
    site.server.close()
    await settle()
    serving.cancel()
    await asyncio.wait([serving])
    trace("closing", host.transport.is_closing())
    host.guest.leave()
    await site.close()


@scenario
async def a_request_while_it_serves_for_ever_closes_the_server(trace):
    """S114: CPython waits for those who are connected, until another request."""
    site = await Site(trace).open()
    serving = start_serving_for_ever(trace, site)
    host = await site.visit()
    serving.cancel()
    await settle()
    site.show()
    trace("closing", host.transport.is_closing(), "done", serving.done())
    host.guest.leave()
    await asyncio.wait([serving])
    await site.close()
