"""CPython's sleepers: prints how many bytes of resident memory each sleeping task takes."""

import asyncio
import os
import resource
import sys

BYTES_PER_UNIT = 1 if sys.platform == "darwin" else 1024


def resident():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * BYTES_PER_UNIT


async def main(count):
    before = resident()
    tasks = [asyncio.create_task(asyncio.sleep(3600)) for _ in range(count)]
    # One pass starts them all, and ours comes after theirs.
    await asyncio.sleep(0)
    print((resident() - before) // len(tasks), flush=True)
    # Nobody is to wake up: to take them apart is another question than to hold them.
    os._exit(0)


asyncio.run(main(int(sys.argv[1])))
