"""Plays a random program and returns what it prints."""

import asyncio
import pathlib
import re
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))
import harness  # noqa: E402
from things import THINGS  # noqa: E402

_WORD = re.compile(r"([+~]?)([A-Za-z])(\d*)@?(\d*)")

_ENDINGS = {
    asyncio.QueueShutDown: "shut",
    asyncio.QueueEmpty: "empty",
    asyncio.QueueFull: "full",
    asyncio.BrokenBarrierError: "broken",
    asyncio.CancelledError: "cancelled",
    TimeoutError: "late",
    RuntimeError: "refused",
    ValueError: "refused",
}


def play(kind, program):
    """The lines of the program, or None if it came to where jasyncio differs on purpose."""
    player = _Player(kind, program)
    with asyncio.Runner(loop_factory=harness.new_loop) as runner:
        runner.run(player.main())
    return None if player.thing.is_free else player.lines


class _Player:
    def __init__(self, kind, program):
        head, *self.words = program.split()
        self.lines, self.tasks = [], []
        self.thing = THINGS[kind](head, self.trace)

    def trace(self, *parts):
        self.lines.append(" ".join(str(part) for part in parts))

    async def main(self):
        for index, word in enumerate(self.words):
            when, letter, number, deadline = _WORD.fullmatch(word).groups()
            number = int(number) if number else 0
            if letter.isupper():
                self.tasks.append(asyncio.create_task(self.task(letter, number, deadline, len(self.tasks))))
            elif when:
                self.later(when, index, letter, number)
            elif letter in "yw":
                await asyncio.sleep(1 if letter == "w" else 0)
                self.trace("-" if letter == "y" else "=")
            else:
                self.now(letter, number)
        await self.end()

    async def task(self, letter, number, deadline, task):
        body = self.thing.task(letter, number, task)
        try:
            ending = await (asyncio.wait_for(body, int(deadline) + 0.001 * (task + 1)) if deadline else body)
        except asyncio.CancelledError:
            self.trace(f"T{task} cancelled")
            raise
        except tuple(_ENDINGS) as failure:
            ending = _ENDINGS[type(failure)]
        self.trace(f"T{task} {ending}")

    def later(self, when, index, letter, number):
        loop = asyncio.get_running_loop()
        if when == "+":
            loop.call_soon(self.now, letter, number)
        else:
            loop.call_later(1.5 + 0.00013 * index, self.now, letter, number)

    def now(self, letter, number):
        try:
            match letter:
                case "a":
                    harness.advance(2)
                case "c":
                    self.trace(f"cancel T{number}" if self.tasks[number].cancel() else f"T{number} is over")
                case _:
                    self.thing.now(letter, number)
        except tuple(_ENDINGS) as failure:
            self.trace(_ENDINGS[type(failure)])

    async def end(self):
        """Who still waits is cancelled, long after all timers."""
        await asyncio.sleep(10)
        self.trace("end", self.thing.state(), sum(not task.done() for task in self.tasks))
        for task in self.tasks:
            task.cancel()
        if self.tasks:
            await asyncio.wait(self.tasks)
        self.trace(self.thing.state())
