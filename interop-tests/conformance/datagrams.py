"""Endpoints of datagrams: which callbacks come, and in which order. Several endpoints of one loop talk to each other."""

import asyncio
import socket

from guests import settle
from harness import Boom, scenario

HERE = ("127.0.0.1", 0)


class Heard(asyncio.DatagramProtocol):
    """Prints what it is told."""

    def __init__(self, trace, name):
        self.trace = trace
        self.name = name
        self.on_made = lambda: None
        self.on_data = lambda sender: None
        self.on_error = lambda: None
        self.on_lost = lambda: None
        self.events = asyncio.Queue()
        self.lost = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self.transport = transport
        self.address = transport.get_extra_info("sockname")
        self.trace(self.name, "made")
        self.on_made()

    def datagram_received(self, data, sender):
        text = data.decode() if len(data) < 20 else len(data)
        self.trace(self.name, "data", text)
        self.sender = sender
        self.events.put_nowait(text)
        self.on_data(sender)

    def error_received(self, failure):
        self.trace(self.name, "error")
        self.events.put_nowait("error")
        self.on_error()

    def connection_lost(self, reason):
        self.trace(self.name, "lost", reason)
        self.lost.set_result(None)
        self.on_lost()

    async def open(self, **options):
        await asyncio.get_running_loop().create_datagram_endpoint(lambda: self, **(options or {"local_addr": HERE}))
        return self

    async def hears(self, text):
        """Until a datagram with this text has come."""
        while await self.events.get() != text:
            pass

    async def close(self):
        self.transport.close()
        await self.lost


def silent_socket():
    """Its port is taken, but nobody who writes there is heard: it listens to itself alone."""
    silent = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    silent.bind(HERE)
    silent.connect(silent.getsockname())
    return silent


def attempt_to_send(trace, sender, data, target):
    try:
        sender.transport.sendto(data, target)
        trace("sent")
    except (ValueError, TypeError) as refused:
        trace("sending", refused)


def collect_reports(trace):
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: trace("reported", context["exception"]))


def fail(*_):
    raise Boom()


@scenario
async def a_protocol_knows_its_socket_before_anybody_else(trace):
    """S108: the factory, connection_made, the one who opens."""
    loop = asyncio.get_running_loop()

    def make():
        trace("factory")
        return Heard(trace, "one")

    transport, one = await loop.create_datagram_endpoint(make, local_addr=HERE)
    trace("opened", transport is one.transport, transport.get_protocol() is one, "closing", transport.is_closing())
    await one.close()


@scenario
async def a_datagram_comes_with_its_sender(trace):
    """And the answer may be sent at once."""
    one, two = await Heard(trace, "one").open(), await Heard(trace, "two").open()
    two.on_data = lambda sender: two.transport.sendto(b"answer", sender)
    one.transport.sendto(b"question", two.address)
    await one.hears("answer")
    trace("sender", one.sender == two.address, two.sender == one.address)
    await one.close()
    await two.close()


@scenario
async def datagrams_are_not_joined(trace):
    """As many come as were sent, whole."""
    one, two = await Heard(trace, "one").open(), await Heard(trace, "two").open()
    for data in (b"a", b"bc", bytes(5000), b"d"):
        one.transport.sendto(data, two.address)
    await two.hears("d")
    await one.close()
    await two.close()


@scenario
async def an_empty_datagram_is_a_datagram(trace):
    """It is not the end of anything."""
    one, two = await Heard(trace, "one").open(), await Heard(trace, "two").open()
    one.transport.sendto(b"", two.address)
    one.transport.sendto(b"next", two.address)
    await two.hears("next")
    await one.close()
    await two.close()


@scenario
async def an_empty_datagram_of_a_connected_endpoint(trace):
    """The same, but not in Java."""
    two = await Heard(trace, "two").open()
    one = await Heard(trace, "one").open(remote_addr=two.address)
    one.transport.sendto(b"")
    one.transport.sendto(b"next")
    await two.hears("next")
    await one.close()
    await two.close()


@scenario
async def a_connected_endpoint_talks_to_its_peer_alone(trace):
    """It may name it, but nobody else."""
    two = await Heard(trace, "two").open()
    one = await Heard(trace, "one").open(remote_addr=two.address)
    attempt_to_send(trace, one, b"unnamed", None)
    attempt_to_send(trace, one, b"named", two.address)
    attempt_to_send(trace, one, b"to itself", one.address)
    await two.hears("named")
    await one.close()
    await two.close()


@scenario
async def a_connected_endpoint_hears_its_peer_alone(trace):
    """Others write in vain."""
    two, three = await Heard(trace, "two").open(), await Heard(trace, "three").open()
    one = await Heard(trace, "one").open(remote_addr=two.address)
    three.transport.sendto(b"from a stranger", one.address)
    two.transport.sendto(b"from the peer", one.address)
    await one.hears("from the peer")
    for endpoint in (one, two, three):
        await endpoint.close()


@scenario
async def an_endpoint_that_is_not_connected_needs_a_target(trace):
    """In CPython that ends the endpoint."""
    collect_reports(trace)
    one = await Heard(trace, "one").open()
    attempt_to_send(trace, one, b"to whom", None)
    await settle()
    trace("closing", one.transport.is_closing())
    await one.close()


@scenario
async def an_address_of_another_family_cannot_be_reached(trace):
    """In CPython that is an error of the network."""
    one = await Heard(trace, "one").open()
    attempt_to_send(trace, one, b"to whom", ("::1", 9))
    trace("closing", one.transport.is_closing())
    await one.close()


@scenario
async def what_is_no_datagram_cannot_be_sent(trace):
    """The endpoint goes on."""
    one = await Heard(trace, "one").open()
    one.transport.sendto(bytes(70_000), one.address)
    trace("closing", one.transport.is_closing())
    one.transport.sendto(b"next", one.address)
    await one.hears("next")
    await one.close()


@scenario
async def that_nobody_listens_is_told_to_a_connected_endpoint(trace):
    """It goes on: somebody may listen later."""
    with silent_socket() as silent:
        one = await Heard(trace, "one").open(remote_addr=silent.getsockname())
        one.transport.sendto(b"hello")
        await one.hears("error")
        trace("closing", one.transport.is_closing())
        await one.close()


@scenario
async def that_nobody_listens_is_not_told_to_others(trace):
    """Datagrams get lost."""
    one = await Heard(trace, "one").open()
    with silent_socket() as silent:
        one.transport.sendto(b"hello", silent.getsockname())
        one.transport.sendto(b"next", one.address)
        await one.hears("next")
    await one.close()


@scenario
async def a_failure_with_a_datagram_is_reported(trace):
    """And the endpoint goes on."""
    collect_reports(trace)
    one = await Heard(trace, "one").open()
    one.on_data = fail
    one.transport.sendto(b"first", one.address)
    one.transport.sendto(b"second", one.address)
    await one.hears("second")
    trace("closing", one.transport.is_closing())
    await one.close()


@scenario
async def a_failure_with_an_error_is_reported(trace):
    """And the endpoint goes on."""
    collect_reports(trace)
    with silent_socket() as silent:
        one = await Heard(trace, "one").open(remote_addr=silent.getsockname())
        one.on_error = fail
        one.transport.sendto(b"hello")
        await one.hears("error")
        trace("closing", one.transport.is_closing())
        await one.close()


@scenario
async def a_failure_at_the_end_is_reported(trace):
    """The socket is closed all the same."""
    collect_reports(trace)
    one = await Heard(trace, "one").open()
    one.on_lost = fail
    used = one.transport.get_extra_info("socket")
    await one.close()
    trace("open", used.fileno() >= 0)


@scenario
async def a_failure_at_the_beginning(trace):
    """In CPython the endpoint is open all the same."""
    collect_reports(trace)
    one = Heard(trace, "one")
    one.on_made = fail
    await one.open()
    trace("closing", one.transport.is_closing())
    await one.close()


@scenario
async def the_end_comes_in_a_later_pass(trace):
    """S107: once, however often it is closed."""
    for end in ("close", "abort"):
        one = await Heard(trace, end).open()
        getattr(one.transport, end)()
        one.transport.close()
        one.transport.abort()
        trace("closing", one.transport.is_closing())
        await one.lost
        one.transport.abort()
        await settle()


@scenario
async def a_closed_endpoint_hears_nothing(trace):
    """Not even what came before."""
    one, two = await Heard(trace, "one").open(), await Heard(trace, "two").open()
    two.on_data = lambda sender: two.transport.close()
    one.transport.sendto(b"first", two.address)
    one.transport.sendto(b"second", two.address)
    await two.lost
    await one.close()


@scenario
async def a_closed_endpoint_that_was_connected_sends_nothing(trace):
    """And does not say so."""
    two = await Heard(trace, "two").open()
    one = await Heard(trace, "one").open(remote_addr=two.address)
    one.transport.close()
    one.transport.sendto(b"late")
    await one.lost
    one.transport.sendto(b"too late")
    two.transport.sendto(b"to itself", two.address)
    await two.hears("to itself")
    await two.close()


@scenario
async def a_closed_endpoint_that_was_not_connected(trace):
    """CPython still sends until the protocol is told, and fails then."""
    one, two = await Heard(trace, "one").open(), await Heard(trace, "two").open()
    one.transport.close()
    one.transport.sendto(b"late", two.address)
    await one.lost
    two.transport.sendto(b"to itself", two.address)
    await two.hears("to itself")
    await two.close()


@scenario
async def another_protocol_may_take_over(trace):
    """It is not told that the socket was opened."""
    one = await Heard(trace, "one").open()
    second = Heard(trace, "second")
    one.transport.set_protocol(second)
    trace("takes", one.transport.get_protocol() is second)
    one.transport.sendto(b"data", one.address)
    await second.hears("data")
    one.transport.close()
    await second.lost


@scenario
async def addresses_are_known_after_the_end(trace):
    """`sockname` and `peername`."""
    two = await Heard(trace, "two").open()
    one = await Heard(trace, "one").open(remote_addr=two.address)
    await one.close()
    await two.close()
    of_one, of_two = one.transport.get_extra_info, two.transport.get_extra_info
    trace("one", of_one("sockname") == one.address, of_one("peername") == two.address)
    trace("two", of_two("sockname") == two.address, of_two("peername"))


@scenario
async def an_endpoint_may_have_any_address(trace):
    """In CPython somebody has to say at least of which family."""
    one = Heard(trace, "one")
    try:
        await asyncio.get_running_loop().create_datagram_endpoint(lambda: one)
        await one.close()
    except ValueError as refused:
        trace("opening", refused)


@scenario
async def an_address_belongs_to_one_endpoint(trace):
    """The other one is refused, and its factory not asked."""
    one = await Heard(trace, "one").open()
    try:
        await Heard(trace, "other").open(local_addr=one.address)
    except OSError:
        trace("refused")
    await one.close()


@scenario
async def a_socket_that_it_was_given_is_closed_with_it(trace):
    """`sock=`; its addresses are those of the endpoint."""
    given = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    given.bind(HERE)
    one = await Heard(trace, "one").open(sock=given)
    trace("the same address", one.address == given.getsockname())
    one.transport.sendto(b"data", one.address)
    await one.hears("data")
    await one.close()
    await settle()
    trace("open", given.fileno() >= 0)
