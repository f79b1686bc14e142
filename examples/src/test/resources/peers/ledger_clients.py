"""Clients of the ledger service, on CPython's asyncio. The port is the argument; what they see is printed."""

import asyncio
import sys


class Client:
    def __init__(self, reader, writer):
        self.reader = reader
        self.writer = writer

    @classmethod
    async def connect(cls):
        return cls(*await asyncio.open_connection("127.0.0.1", int(sys.argv[1])))

    async def ask(self, request):
        self.writer.write(f"{request}\r\n".encode())
        await self.writer.drain()
        return (await self.reader.readline()).decode().rstrip("\n")


async def add_to_pot(amount):
    client = await Client.connect()
    for _ in range(20):
        await client.ask(f"ADD pot {amount}")
    # Several requests in one piece, and the other direction ended at once.
    client.writer.write(b"PUT last 1\nGET last\nQUIT\nGET last\n")
    client.writer.write_eof()
    rest = await client.reader.read()
    client.writer.close()
    await client.writer.wait_closed()
    return rest.decode().split("\n")


async def main():
    for answers in await asyncio.gather(*(add_to_pot(amount) for amount in (1, 2, 3))):
        print(answers)
    client = await Client.connect()
    for request in (
        "get pot",
        "GET nobody",
        "",
        "PUT pot",
        "ADD pot much",
        "PUT big 9223372036854775807",
        "ADD big 1",
        "GET big",
        "HELLO",
    ):
        print(f"{request!r}: {await client.ask(request)}")
    print(await client.ask("x" * 2000), await client.reader.read())
    idle = await Client.connect()
    print("waiting", flush=True)
    print("the service says good-bye:", await idle.reader.read())


asyncio.run(main())
