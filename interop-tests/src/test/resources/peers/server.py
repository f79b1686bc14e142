"""server.py: serves until it is ended. Its first line says on which port."""

import asyncio

import service


async def main():
    server = await asyncio.start_server(service.serve, "127.0.0.1", 0)
    print("port", server.sockets[0].getsockname()[1])
    async with server:
        await server.serve_forever()


asyncio.run(main())
