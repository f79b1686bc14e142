"""client.py PORT NAME...: asks a service for these things, each over a connection of its own."""

import asyncio
import sys

import service


async def main(port, names):
    for name in names:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        await service.ask(reader, writer, name)


asyncio.run(main(int(sys.argv[1]), sys.argv[2:]))
