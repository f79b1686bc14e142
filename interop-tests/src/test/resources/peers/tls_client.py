"""tls_client.py PORT AUTHORITY VERSION [starttls]: sends a megabyte over TLS and wants it back, and then the end.

With "starttls" the connection begins in the clear, with a line that says so and a line that agrees.
"""

import asyncio
import ssl
import sys

MEGABYTE = bytes((i * 31 + (i >> 8)) & 255 for i in range(1_000_000))


def context(authority, version):
    made = ssl.create_default_context(cafile=authority)
    made.minimum_version = made.maximum_version = ssl.TLSVersion[version]
    return made


async def send(writer):
    for start in range(0, len(MEGABYTE), 10_000):
        writer.write(MEGABYTE[start : start + 10_000])
        await writer.drain()


async def main(port, authority, version, starts="at once"):
    tls = context(authority, version)
    if starts == "starttls":
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"STARTTLS\n")
        assert await reader.readline() == b"go on\n"
        await writer.start_tls(tls, server_hostname="localhost")
    else:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=tls, server_hostname="localhost")
    sending = asyncio.ensure_future(send(writer))
    assert await reader.readexactly(len(MEGABYTE)) == MEGABYTE
    await sending
    writer.close()
    await asyncio.wait_for(writer.wait_closed(), 10)
    print("a good end with", writer.get_extra_info("ssl_object").version())


asyncio.run(main(*sys.argv[1:]))
