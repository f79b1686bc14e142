"""tls_server.py KEY VERSION [starttls]: gives everything back over TLS. The first line says on which port.

With "starttls" a connection begins in the clear, and goes over to TLS when the client has said so in a line.
"""

import asyncio
import ssl
import sys


def context(key, version):
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    made.load_cert_chain(key)
    made.minimum_version = made.maximum_version = ssl.TLSVersion[version]
    return made


async def main(key, version, starts="at once"):
    tls = context(key, version)

    async def echo(reader, writer):
        if starts == "starttls":
            print("asked for", (await reader.readline()).decode().strip())
            writer.write(b"go on\n")
            await writer.start_tls(tls)
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.close()
        await writer.wait_closed()
        print("a good end")

    first = tls if starts == "at once" else None
    server = await asyncio.start_server(echo, "127.0.0.1", 0, ssl=first)
    print("port", server.sockets[0].getsockname()[1])
    await server.serve_forever()


asyncio.run(main(*sys.argv[1:]))
