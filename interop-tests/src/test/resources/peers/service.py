"""A small service over asyncio's streams, and a client of it. The tests have the same in Java and in Kotlin.

A client's first line names what it wants:

    echo            everything comes back, until the client's end of file
    lines           each line comes back in capital letters
    digest          at the client's end of file comes a line with the count of its bytes and their SHA-256
    flood COUNT     that many bytes of the pattern, and the end of file
    reset           at the next byte of the client the connection is reset
"""

import asyncio
import hashlib
import socket
import struct

SIZES = [1, 2, 3, 100, 1000, 1023, 1024, 1025, 4096, 65535, 65536, 65537, 100_000, 262_144, 1_000_000]


def pattern(count):
    """Bytes that differ from their neighbours, and from what stands 256 places on."""
    return bytes((i * 31 + (i >> 8)) & 255 for i in range(count))


def digest(data):
    return f"{len(data)} {hashlib.sha256(data).hexdigest()}"


def reset(writer):
    """With this option the system answers a close with RST and not with FIN."""
    connection = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


# ---- The service -----------------------------------------------------------------------------------------------------


async def serve(reader, writer):
    wanted, *arguments = (await reader.readline()).decode().split()
    try:
        await SERVICES[wanted](reader, writer, *arguments)
    finally:
        writer.close()


async def serve_echo(reader, writer):
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()


async def serve_lines(reader, writer):
    async for line in reader:
        writer.write(line.upper())
        await writer.drain()


async def serve_digest(reader, writer):
    data = await reader.read()
    writer.write(digest(data).encode() + b"\n")
    await writer.drain()


async def serve_flood(reader, writer, count):
    writer.write(pattern(int(count)))
    await writer.drain()
    writer.write_eof()
    await reader.read()


async def serve_reset(reader, writer):
    await reader.read(1)
    reset(writer)


SERVICES = {
    "echo": serve_echo,
    "lines": serve_lines,
    "digest": serve_digest,
    "flood": serve_flood,
    "reset": serve_reset,
}


# ---- The client ------------------------------------------------------------------------------------------------------


async def ask_echo(reader, writer):
    """Messages of many sizes, each written at once."""
    for size in SIZES:
        message = pattern(size)
        writer.write(message)
        assert await reader.readexactly(size) == message, size
    writer.write_eof()
    assert await reader.read() == b""


async def ask_bytes(reader, writer):
    """One byte at a time."""
    for byte in pattern(300):
        writer.write(bytes([byte]))
        await writer.drain()
        assert (await reader.readexactly(1))[0] == byte
    writer.write_eof()
    assert await reader.read() == b""


async def ask_lines(reader, writer):
    lines = [f"line {i} {'x' * (i * 37 % 1000)}\n".encode() for i in range(300)]
    writer.writelines(lines)
    writer.write_eof()
    for line in lines:
        assert await reader.readline() == line.upper()
    assert await reader.readline() == b""


async def ask_digest(reader, writer):
    """A million bytes in pieces, and the answer to a connection that is half closed."""
    data = pattern(1_000_000)
    for start in range(0, len(data), 10_000):
        writer.write(data[start : start + 10_000])
        await writer.drain()
    writer.write_eof()
    assert (await reader.read()).decode() == digest(data) + "\n"


async def ask_flood(reader, writer):
    """A slow reader of 4 MB, more than the buffers on the way hold."""
    received = bytearray()
    while data := await reader.read(100_000):
        received += data
        await asyncio.sleep(0.001)
    assert received == pattern(4_000_000)


async def ask_reset(reader, writer):
    writer.write(b"x")
    try:
        await reader.read()
    except ConnectionResetError:
        return
    raise AssertionError("no reset came")


async def ask_nothing(reader, writer):
    """Goes away with a reset, in the middle of a message."""
    writer.write(b"some")
    assert await reader.readexactly(4) == b"some"
    reset(writer)


ASKING = {
    "echo": (b"echo\n", ask_echo),
    "bytes": (b"echo\n", ask_bytes),
    "lines": (b"lines\n", ask_lines),
    "digest": (b"digest\n", ask_digest),
    "flood": (b"flood 4000000\n", ask_flood),
    "reset": (b"reset\n", ask_reset),
    "nothing": (b"echo\n", ask_nothing),
}


async def ask(reader, writer, name):
    """Asks for one thing over a connection, and ends it."""
    line, asking = ASKING[name]
    writer.write(line)
    await asking(reader, writer)
    writer.close()
    try:
        await writer.wait_closed()
    except ConnectionResetError:
        assert name in ("reset", "nothing"), name
    print("ok", name)
