"""Servers: when they listen, and whom they let in; S112, S115, S116. What serves a connection prints what it is told."""

import asyncio
import os
import socket
import tempfile

from guests import Guest, Host, Site, settle
from harness import Boom, scenario


@scenario
async def a_server_serves_until_it_is_closed(trace):
    """S112: it tells where it listens until then; closing it again does nothing."""
    site = await Site(trace).open()
    site.show()
    site.server.close()
    site.show()
    site.server.close()
    await site.close()
    trace("its loop", site.server.get_loop() is asyncio.get_running_loop())


@scenario
async def a_server_may_begin_later(trace):
    """`start_serving`: beginning twice is beginning once."""
    site = await Site(trace).open(start_serving=False)
    site.show()
    await site.server.start_serving()
    await site.server.start_serving()
    site.show()
    host = await site.visit()
    host.guest.leave()
    await site.close()


@scenario
async def before_it_begins_nobody_comes_in(trace):
    """They are refused."""
    site = await Site(trace).open(start_serving=False)

    def knock():
        try:
            site.guests.append(Guest(site.address))
            trace("connected")
        except ConnectionRefusedError:
            trace("refused")

    site.guests = []
    knock()
    await settle()
    trace("begin")
    await site.server.start_serving()
    knock()
    for guest in site.guests:
        host = await site.arrivals.get()
        guest.leave()
        await host.lost
    await site.close()


@scenario
async def a_closed_server_does_not_begin_again(trace):
    """In CPython that is an accident, which leaves a server behind that says it serves."""
    site = await Site(trace).open()
    await site.close()
    try:
        await site.server.start_serving()
    except Exception as refused:
        trace("begin", refused)
    site.show()


@scenario
async def whoever_comes_in_one_pass_is_served_in_the_order_of_coming(trace):
    """S115: they were waiting in the queue of the system."""
    site = await Site(trace).open()
    guests = [Guest(site.address) for _ in range(3)]
    hosts = [await site.arrivals.get() for _ in guests]
    for guest, host in zip(guests, hosts):
        trace("in order", host.transport.get_extra_info("peername") == guest.address)
        guest.leave()
        await host.lost
    await site.close()


@scenario
async def whoever_was_not_accepted_when_it_closes_is_turned_away(trace):
    """S112: and nobody waits for him."""
    site = await Site(trace).open()
    guest = Guest(site.address)
    await site.close()
    trace("hears", await guest.hear())


@scenario
async def whoever_was_accepted_when_it_closes_is_served(trace):
    """S112: though his protocol has not begun."""
    loop = asyncio.get_running_loop()

    def make_host():
        # The next callback but one: after the transport was made, and before its protocol is told.
        loop.call_soon(site.server.close)
        return Host(site)

    site = await Site(trace).open(make_host)
    host = await site.visit()
    site.show()
    host.guest.say("hello")
    host.guest.leave()
    await site.close()


@scenario
async def a_factory_that_fails_costs_one_connection(trace):
    """CPython tells of it in debug mode alone."""
    failures = [Boom()]

    def make_host():
        if failures:
            raise failures.pop()
        return Host(site)

    asyncio.get_running_loop().set_exception_handler(lambda loop, context: trace("reported", context["exception"]))
    site = await Site(trace).open(make_host)
    guest = Guest(site.address)
    while failures:
        await asyncio.sleep(0)
    host = await site.visit()
    host.guest.leave()
    guest.leave()
    await site.close()


@scenario
async def a_port_belongs_to_one_server(trace):
    """The other one is refused, and nothing changes for the first."""
    site = await Site(trace).open()
    try:
        await asyncio.get_running_loop().create_server(lambda: Host(site), *site.address)
    except OSError:
        trace("refused")
    host = await site.visit()
    host.guest.leave()
    await site.close()


@scenario
async def a_socket_that_it_was_given_is_closed_with_it(trace):
    """`sock=`."""
    listening = socket.create_server(("127.0.0.1", 0))
    site = await Site(trace).open(sock=listening)
    trace("the same address", site.address == listening.getsockname())
    host = await site.visit()
    host.guest.leave()
    await site.close()
    trace("open", listening.fileno() >= 0)


@scenario
async def a_socket_file_goes_with_its_server(trace):
    """S116: when it is closed, and not with its last connection."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "s")
        site = await Site(trace).open_at(path)
        trace("file", os.path.exists(path))
        host = await site.visit()
        site.server.close()
        trace("file", os.path.exists(path))
        host.guest.leave()
        await site.close()


@scenario
async def a_socket_file_that_nobody_listens_at_is_replaced(trace):
    """S116: a server that ended badly has left it."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "s")
        with socket.socket(socket.AF_UNIX) as dead:
            dead.bind(path)
        site = await Site(trace).open_at(path)
        host = await site.visit()
        host.guest.leave()
        await site.close()


@scenario
async def a_socket_file_of_another_server(trace):
    """S116: CPython replaces that, too, and nobody finds the other server any more."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "s")
        first = await Site(trace).open_at(path)
        second = Site(trace)
        try:
            await second.open_at(path)
            host = await second.visit()
            host.guest.leave()
            await second.close()
        except OSError:
            trace("refused")
        await first.close()
