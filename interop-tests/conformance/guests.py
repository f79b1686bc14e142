"""Who connects to the servers of the scenarios: plain sockets, so that nothing but the server takes passes of the loop.

What they hear, and whether somebody came, is waited for; how soon the network brings it must not matter.
"""

import asyncio
import socket
import struct

_PATIENCE = 10  # real seconds to connect
_PASSES = 1_000_000  # before a guest who is not answered counts as stuck


class Guest:
    """A client that blocks."""

    def __init__(self, address):
        if isinstance(address, str):
            self._socket = socket.socket(socket.AF_UNIX)
            self._socket.settimeout(_PATIENCE)
            self._socket.connect(address)
        else:
            self._socket = socket.create_connection(address, _PATIENCE)
        self.address = self._socket.getsockname()

    def say(self, text):
        self._socket.sendall(text.encode())

    def end(self):
        """Says no more, and still hears."""
        self._socket.shutdown(socket.SHUT_WR)

    async def hear(self):
        """What the server says until it ends the connection; or that it breaks it. The loop goes on meanwhile."""
        self._socket.setblocking(False)
        heard = b""
        try:
            while (data := await self._receive()) != b"":
                heard += data
        except ConnectionError:
            return "a break"
        finally:
            self._socket.close()
        return heard.decode() or "nothing"

    async def _receive(self):
        for _ in range(_PASSES):
            try:
                return self._socket.recv(100)
            except BlockingIOError:
                await asyncio.sleep(0)
        raise TimeoutError("the server says nothing more and does not end the connection")

    def leave(self):
        self._socket.close()

    def break_off(self):
        """Ends the connection with a reset."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.close()


class Host(asyncio.Protocol):
    """Serves one connection."""

    def __init__(self, site):
        self._site = site
        self.guest = None
        self.words = asyncio.Queue()
        self.lost = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self.transport = transport
        self._name = self._site.next_name()
        self._site.trace(self._name, "made")
        self._site.arrivals.put_nowait(self)

    def data_received(self, data):
        self._site.trace(self._name, "data", data.decode())
        self.words.put_nowait(data)

    def eof_received(self):
        self._site.trace(self._name, "eof")

    def connection_lost(self, reason):
        self._site.trace(self._name, "lost", reason)
        self.lost.set_result(None)


class Site:
    """A server and those who serve its connections."""

    def __init__(self, trace):
        self.trace = trace
        self.arrivals = asyncio.Queue()
        self.server = None
        self.address = None
        self._names = ["third", "second", "first"]

    def next_name(self):
        return self._names.pop()

    async def open(self, factory=None, **options):
        loop = asyncio.get_running_loop()
        if "sock" not in options:
            options |= {"host": "127.0.0.1", "port": 0}
        self.server = await loop.create_server(factory or (lambda: Host(self)), **options)
        self.address = self.server.sockets[0].getsockname()
        return self

    async def open_at(self, path):
        self.server = await asyncio.get_running_loop().create_unix_server(lambda: Host(self), path)
        self.address = path
        return self

    async def visit(self):
        """Somebody comes and is served."""
        guest = Guest(self.address)
        host = await self.arrivals.get()
        host.guest = guest
        return host

    async def close(self):
        self.server.close()
        await self.server.wait_closed()
        self.trace("over")

    def show(self):
        self.trace("serving", self.server.is_serving(), "addresses", len(self.server.sockets))


async def settle():
    """Lets everything happen that is under way."""
    for _ in range(10):
        await asyncio.sleep(0)
