"""StreamReader: what reads give, and when; S97-S102. The data is fed by hand, so that every pass is known."""

import asyncio

from harness import Passes, scenario


class Transport:
    """Where the reader pauses reading."""

    def __init__(self, trace):
        self._trace = trace

    def pause_reading(self):
        self._trace("pause")

    def resume_reading(self):
        self._trace("resume")


def new_reader(limit=8):
    return asyncio.StreamReader(limit=limit, loop=asyncio.get_running_loop())


async def report(trace, name, reading):
    """Reads and says how that ended."""
    try:
        data = await reading
        trace(name, "got", data.decode().rstrip("\n") if data else "nothing")
    except asyncio.IncompleteReadError as incomplete:
        trace(name, "incomplete", incomplete.partial.decode() or "nothing")
    except (asyncio.LimitOverrunError, ValueError):
        trace(name, "overrun")
    except asyncio.CancelledError as cancelled:
        trace(name, cancelled)
        raise
    except Exception as failure:
        trace(name, failure)


def start(trace, name, reading):
    return asyncio.create_task(report(trace, name, reading))


@scenario
async def a_read_takes_what_is_there(trace):
    """S98: no more than asked for, and without waiting for more; that takes no pass."""
    reader = new_reader()
    reader.feed_data(b"abcde")
    passes = Passes()
    await report(trace, "two", reader.read(2))
    await report(trace, "none", reader.read(0))
    await report(trace, "many", reader.read(100))
    trace("passes", passes.stop(), "at eof", reader.at_eof())


@scenario
async def a_read_that_waits_takes_what_has_come_when_its_turn_comes(trace):
    """S98: between the data and the turn there may come more; the turn comes in the next pass."""
    reader = new_reader()
    start(trace, "reader", reader.read(100))
    await asyncio.sleep(1)
    passes = Passes()
    reader.feed_data(b"a")
    reader.feed_data(b"b")
    trace("fed")
    await asyncio.sleep(0)
    trace("passes", passes.stop())


@scenario
async def a_request_in_the_pass_of_the_data_loses_none(trace):
    """S101."""
    reader = new_reader()
    first = start(trace, "first", reader.read(100))
    await asyncio.sleep(1)
    reader.feed_data(b"abc")
    first.cancel()
    await asyncio.sleep(1)
    await report(trace, "second", reader.read(100))


@scenario
async def data_after_a_request_of_the_same_pass_is_for_the_next(trace):
    """S101."""
    reader = new_reader()
    first = start(trace, "first", reader.readline())
    await asyncio.sleep(1)
    first.cancel()
    reader.feed_data(b"abc\n")
    second = start(trace, "second", reader.readline())
    await asyncio.sleep(1)
    trace("done", first.cancelled(), second.done())


@scenario
async def a_second_read_is_refused_while_one_waits(trace):
    """S101: the first one is not concerned."""
    reader = new_reader()
    start(trace, "first", reader.read(100))
    await asyncio.sleep(1)
    for name, reading in (("read", reader.read(1)), ("line", reader.readline()), ("exactly", reader.readexactly(1))):
        await report(trace, name, reading)
    reader.feed_data(b"abc")
    await asyncio.sleep(1)


@scenario
async def the_end_of_the_stream_ends_a_read(trace):
    """S98, S102: all reads after it give nothing."""
    reader = new_reader()
    start(trace, "first", reader.read(100))
    await asyncio.sleep(1)
    reader.feed_eof()
    trace("at eof", reader.at_eof())
    await asyncio.sleep(1)
    await report(trace, "second", reader.read(100))
    await report(trace, "line", reader.readline())
    await report(trace, "exactly", reader.readexactly(1))
    await report(trace, "exactly nothing", reader.readexactly(0))


@scenario
async def the_end_of_the_stream_comes_after_its_data(trace):
    """S102."""
    reader = new_reader()
    reader.feed_data(b"abc")
    reader.feed_eof()
    trace("at eof", reader.at_eof())
    await report(trace, "first", reader.read(2))
    await report(trace, "second", reader.read(2))
    trace("at eof", reader.at_eof())
    await report(trace, "third", reader.read(2))


@scenario
async def reading_all_waits_for_the_end(trace):
    """S98: however much comes, and in however many pieces."""
    reader = new_reader(limit=2)
    start(trace, "all", reader.read())
    for piece in (b"abc", b"def", b"ghi"):
        await asyncio.sleep(1)
        reader.feed_data(piece)
        trace("fed")
    await asyncio.sleep(1)
    reader.feed_eof()
    await asyncio.sleep(1)


@scenario
async def so_many_bytes_and_no_fewer(trace):
    """S98: the limit does not count; a stream that ends before gives what there was."""
    reader = new_reader(limit=2)
    task = start(trace, "ten", reader.readexactly(10))
    for piece in (b"abcd", b"efgh", b"ijkl"):
        await asyncio.sleep(1)
        trace("done", task.done())
        reader.feed_data(piece)
    await asyncio.sleep(1)
    start(trace, "five", reader.readexactly(5))
    await asyncio.sleep(1)
    reader.feed_eof()
    await asyncio.sleep(1)
    await report(trace, "rest", reader.read())


@scenario
async def a_request_leaves_the_bytes_of_an_exact_read(trace):
    """S101: what has come so far was not taken."""
    reader = new_reader()
    task = start(trace, "ten", reader.readexactly(10))
    await asyncio.sleep(1)
    reader.feed_data(b"abc")
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.sleep(1)
    await report(trace, "then", reader.read(100))


@scenario
async def lines_come_one_by_one(trace):
    """S100: with their ends in Python; the last one may lack it."""
    reader = new_reader()
    reader.feed_data(b"one\ntwo\n\nthr")
    for name in ("first", "second", "third"):
        line = await reader.readline()
        trace(name, len(line), line.decode().rstrip("\n"))
    start(trace, "fourth", reader.readline())
    await asyncio.sleep(1)
    reader.feed_data(b"ee")
    await asyncio.sleep(1)
    trace("fed")
    reader.feed_eof()
    await asyncio.sleep(1)
    await report(trace, "fifth", reader.readline())


@scenario
async def lines_can_be_gone_through(trace):
    """`async for`, until the stream ends."""
    reader = new_reader()

    async def go_through():
        async for line in reader:
            trace("line", line.decode().rstrip("\n"))
        trace("over")

    task = asyncio.create_task(go_through())
    await asyncio.sleep(1)
    reader.feed_data(b"one\ntwo\nth")
    await asyncio.sleep(1)
    reader.feed_data(b"ree\nfour")
    await asyncio.sleep(1)
    reader.feed_eof()
    await task


@scenario
async def a_line_beyond_the_limit_is_dropped(trace):
    """S100: all of it if its end has come; then the next line is read as usual."""
    reader = new_reader(limit=4)
    reader.feed_data(b"123456\nnext\n")
    await report(trace, "first", reader.readline())
    line = await reader.readline()
    trace("second", line.decode().rstrip("\n"))


@scenario
async def of_an_endless_line_is_dropped_what_has_come(trace):
    """S100."""
    reader = new_reader(limit=4)
    start(trace, "first", reader.readline())
    await asyncio.sleep(1)
    reader.feed_data(b"123456")
    await asyncio.sleep(1)
    reader.feed_data(b"78\n")
    line = await reader.readline()
    trace("second", line.decode().rstrip("\n"))


@scenario
async def a_line_as_long_as_the_limit_is_read(trace):
    """S99, S100: the limit is for the line without its end."""
    reader = new_reader(limit=4)
    reader.feed_data(b"1234\n12345\n")
    line = await reader.readline()
    trace("first", line.decode().rstrip("\n"))
    await report(trace, "second", reader.readline())


@scenario
async def up_to_a_separator(trace):
    """S99: with it; it may come in pieces."""
    reader = new_reader()
    start(trace, "first", reader.readuntil(b"END"))
    for piece in (b"abE", b"N", b"Dcd"):
        await asyncio.sleep(1)
        reader.feed_data(piece)
        trace("fed")
    await asyncio.sleep(1)
    reader.feed_data(b"EN")
    reader.feed_eof()
    await report(trace, "second", reader.readuntil(b"END"))


@scenario
async def up_to_the_separator_that_ends_first(trace):
    """S99: of several."""
    reader = new_reader(limit=100)
    reader.feed_data(b"a\r\nb;c\nd")
    separators = (b"\r\n", b"\n", b";")
    for name in ("first", "second", "third"):
        data = await reader.readuntil(separators)
        trace(name, len(data))
    reader.feed_eof()
    await report(trace, "fourth", reader.readuntil(separators))


@scenario
async def beyond_the_limit_everything_stays(trace):
    """S99: whether the separator was found or not; how much can be read without one is told."""
    reader = new_reader(limit=4)
    for data, separator in ((b"123456;", b";"), (b"1234567", b";;")):
        reader.feed_data(data)
        try:
            await reader.readuntil(separator)
        except asyncio.LimitOverrunError as overrun:
            trace("overrun after", overrun.consumed)
        await report(trace, "read", reader.read(100))


@scenario
async def a_broken_stream_fails_every_read(trace):
    """S102: the one that waits, and the next ones, even if there is data left."""
    reader = new_reader()
    start(trace, "first", reader.readexactly(5))
    await asyncio.sleep(1)
    reader.feed_data(b"abc")
    await asyncio.sleep(1)
    reader.set_exception(RuntimeError("broken"))
    await asyncio.sleep(1)
    await report(trace, "second", reader.read(1))
    trace("at eof", reader.at_eof())


@scenario
async def reading_pauses_above_twice_the_limit(trace):
    """S97: and goes on at the limit."""
    reader = new_reader(limit=4)
    reader.set_transport(Transport(trace))
    for piece in (b"12345678", b"9", b"0"):
        reader.feed_data(piece)
        trace("fed")
    for name in ("first", "second", "third"):
        await report(trace, name, reader.read(3))


@scenario
async def who_waits_has_reading_go_on(trace):
    """S97: otherwise what he waits for would never come."""
    reader = new_reader(limit=4)
    reader.set_transport(Transport(trace))
    reader.feed_data(b"1234567890")
    start(trace, "exactly", reader.readexactly(12))
    await asyncio.sleep(1)
    trace("feed")
    reader.feed_data(b"abcd")
    trace("fed")
    await asyncio.sleep(1)
    await report(trace, "rest", reader.read(100))


@scenario
async def a_read_of_nothing_does_not_wait(trace):
    """S98: not even while reading is paused."""
    reader = new_reader(limit=2)
    reader.set_transport(Transport(trace))
    await report(trace, "empty", reader.read(0))
    await report(trace, "exactly", reader.readexactly(0))
    reader.feed_data(b"12345")
    await report(trace, "full", reader.read(0))
    await report(trace, "all", reader.read(5))


@scenario
async def two_tasks_can_take_turns_at_reading(trace):
    """S101: one after the other."""
    reader = new_reader()

    async def take(name):
        for _ in range(2):
            await asyncio.sleep(0 if name == "a" else 1)
            await report(trace, name, reader.readline())

    reader.feed_data(b"1\n2\n")
    tasks = [asyncio.create_task(take(name)) for name in "ab"]
    await asyncio.sleep(0.5)
    trace("feed")
    reader.feed_data(b"3\n4\n")
    await asyncio.wait(tasks)
