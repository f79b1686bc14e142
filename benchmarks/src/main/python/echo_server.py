"""CPython's echo server with asyncio's streams, on asyncio's own loop or on uvloop. Prints "port N" and serves until ended.

usage: echo_server.py asyncio|uvloop [KEY_FILE], with a CPython that is 3.11 or newer; with a key over TLS
"""

import asyncio
import ssl
import sys

READ_BYTES = 128 * 1024
BACKLOG = 4096


async def echo(reader, writer):
    try:
        while data := await reader.read(READ_BYTES):
            writer.write(data)
            await writer.drain()
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(echo, "127.0.0.1", 0, backlog=BACKLOG, ssl=tls_context())
    print("port", server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def tls_context():
    if len(sys.argv) < 3:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[2])
    return context


def loop_factory():
    if sys.argv[1] == "uvloop":
        import uvloop

        return uvloop.new_event_loop
    return None


with asyncio.Runner(loop_factory=loop_factory()) as runner:
    runner.run(main())
