"""What the scenarios stand on: how one is declared, what it may print, and a loop whose time jumps.

A scenario describes one rule of asyncio by what CPython prints. `record.py` runs them all and keeps the traces, which the
twins in Java and Kotlin have to print as well. So a trace holds neutral words only: no Python names, no addresses, no
times of a real clock.
"""

import asyncio
import selectors

_WORDS = {
    asyncio.CancelledError: "Cancelled",
    TimeoutError: "Timeout",
    asyncio.InvalidStateError: "InvalidState",
    RuntimeError: "IllegalState",
    ValueError: "IllegalArgument",
    TypeError: "IllegalArgument",
    LookupError: "IllegalArgument",
    ExceptionGroup: "ExceptionGroup",
    BaseExceptionGroup: "ExceptionGroup",
    KeyboardInterrupt: "KeyboardInterrupt",
    SystemExit: "Exit",
}

SCENARIOS = {}
"""The scenarios of the module that is being loaded, by name, in the order of the file. `record.py` empties it."""


class Boom(Exception):
    """A failure that nothing but a scenario raises."""


class Scenario:
    def __init__(self, function, plain):
        self.function = function
        self.plain = plain

    def run(self):
        """Runs the scenario and returns its lines."""
        lines = []

        def trace(*parts):
            lines.append(" ".join(_text_of(part) for part in parts))

        if self.plain:
            self.function(trace)
        else:
            with asyncio.Runner(loop_factory=new_loop) as runner:
                runner.run(self.function(trace))
        return lines


def scenario(function=None, *, plain=False):
    """Declares a scenario.

    It is either a coroutine function, run as the main task of a fresh loop with virtual time, or, with `plain=True`, a
    function that is called outside of any loop and may make loops with `new_loop`. Both are given `trace(*parts)`, which
    prints one line.
    """

    def declare(declared):
        if declared.__name__ in SCENARIOS:
            raise ValueError(f"two scenarios are named {declared.__name__}")
        if not declared.__doc__:
            raise ValueError(f"{declared.__name__} does not say which rule it shows")
        SCENARIOS[declared.__name__] = Scenario(declared, plain)
        return declared

    return declare if function is None else declare(function)


def name_of(exception):
    """The word for an exception that all languages share; the name of its class if there is none."""
    for kind in type(exception).__mro__:
        if kind in _WORDS:
            return _WORDS[kind]
    return type(exception).__name__


def message_of(exception):
    """The message, or None; Java's `getMessage()`."""
    return exception.args[0] if exception.args else None


def _text_of(part):
    if part is None or part is True or part is False:
        return str(part).lower()
    if isinstance(part, (str, int)):
        return str(part)
    if isinstance(part, BaseException):
        return name_of(part)
    if isinstance(part, asyncio.Task):
        return part.get_name()
    if isinstance(part, (list, tuple)):
        return "[" + ", ".join(_text_of(element) for element in part) + "]"
    raise TypeError(f"a trace cannot show a {type(part).__name__}, other languages would print it differently: {part!r}")


class Passes:
    """Counts the iterations of the running loop from its creation on: make it, await something, and ask `stop()`.

    `count` is the number so far.
    """

    def __init__(self):
        self._loop = asyncio.get_running_loop()
        self.count = 0
        self._next = self._loop.call_soon(self._tick)

    def _tick(self):
        self.count += 1
        self._next = self._loop.call_soon(self._tick)

    def stop(self):
        self._next.cancel()
        return self.count


def millis():
    """The virtual time of the running loop since it was made, in milliseconds."""
    return round(asyncio.get_running_loop().time() * 1000)


def advance(seconds):
    """Moves the clock of the running loop forward, as if the running callback had taken that long."""
    asyncio.get_running_loop().advance(seconds)


def create_eager_task(coroutine, name=None):
    """A task whose first step runs inside this call; `create_task` itself can be told to do so from 3.14 on."""
    return asyncio.Task(coroutine, loop=asyncio.get_running_loop(), name=name, eager_start=True)


def new_loop():
    """A selector loop whose clock starts at zero, stands still while anything can run and jumps to the next timer."""
    return _VirtualTimeLoop(_JumpingSelector())


class _JumpingSelector(selectors.DefaultSelector):
    """Skips the time that asyncio would have slept, unless another thread is at work for the loop."""

    _PATIENCE = 10  # real seconds for a thread to come back, before the scenario counts as stuck

    def __init__(self):
        super().__init__()
        self.now = 0.0
        self.outside_work = 0

    def select(self, timeout=None):
        ready = super().select(0)
        if ready or timeout is not None and timeout <= 0:
            return ready
        if timeout is not None and not self.outside_work:
            self.now = round(self.now + timeout, 9)
            return ready
        ready = super().select(self._PATIENCE)
        if not ready:
            raise RuntimeError("the loop waits for something that does not happen")
        return ready


class _VirtualTimeLoop(asyncio.SelectorEventLoop):
    def __init__(self, selector):
        super().__init__(selector)
        self._jumping = selector
        self.set_debug(False)
        # After a year a float cannot tell nanoseconds apart, and a timer would never be due on a clock that stands still.
        self._clock_resolution = 1e-6

    def time(self):
        return self._jumping.now

    def advance(self, seconds):
        self._jumping.now = round(self._jumping.now + seconds, 9)

    def run_in_executor(self, executor, func, *args):
        future = super().run_in_executor(executor, func, *args)
        self._jumping.outside_work += 1
        future.add_done_callback(self._work_ended)
        return future

    def _work_ended(self, _):
        self._jumping.outside_work -= 1

    async def shutdown_default_executor(self, timeout=None):
        self._jumping.outside_work += 1
        try:
            await super().shutdown_default_executor(timeout)
        finally:
            self._jumping.outside_work -= 1
