"""StreamWriter: who waits in drain and wait_closed, and for how long; S104, S107. The transport's events come by hand."""

import asyncio

from harness import Boom, Passes, message_of, scenario


class Transport(asyncio.Transport):
    """It only knows whether it closes."""

    closing = False

    def is_closing(self):
        return self.closing

    def close(self):
        self.closing = True


class Rig:
    """A writer and what its transport would tell."""

    def __init__(self, trace):
        loop = asyncio.get_running_loop()
        self._trace = trace
        self.transport = Transport()
        self.reader = asyncio.StreamReader(loop=loop)
        self._protocol = asyncio.StreamReaderProtocol(self.reader, loop=loop)
        self._protocol.connection_made(self.transport)
        self.writer = asyncio.StreamWriter(self.transport, self._protocol, self.reader, loop)

    def pause(self):
        self._protocol.pause_writing()

    def resume(self):
        self._protocol.resume_writing()

    def lose(self, reason):
        self.transport.close()
        self._protocol.connection_lost(reason)

    async def report(self, name, waiting):
        """Waits and says how that ended."""
        try:
            await waiting
            self._trace(name, "done")
        except asyncio.CancelledError as cancelled:
            self._trace(name, cancelled)
            raise
        except Exception as failure:
            self._trace(name, "failed", message_of(failure))

    async def drain(self, name):
        await self.report(name, self.writer.drain())

    def start_drains(self, *names):
        return [asyncio.create_task(self.drain(name)) for name in names]


@scenario
async def a_drain_takes_no_pass_while_there_is_room(trace):
    """S104."""
    rig = Rig(trace)
    passes = Passes()
    await rig.drain("first")
    await rig.drain("second")
    trace("passes", passes.stop())


@scenario
async def a_drain_of_a_transport_that_closes_lets_others_run_first(trace):
    """S104: so that whoever writes in circles sees the end of the connection."""
    rig = Rig(trace)
    rig.transport.close()
    asyncio.get_running_loop().call_soon(trace, "other")
    await rig.drain("drain")
    rig.lose(None)
    await rig.drain("next")


@scenario
async def all_who_wait_go_on_in_their_order(trace):
    """S104: in the pass after the one in which the transport goes on."""
    rig = Rig(trace)
    rig.pause()
    rig.start_drains("first", "second", "third")
    await asyncio.sleep(1)
    rig.resume()
    trace("resumed")
    await asyncio.sleep(0)
    trace("a pass later")
    await asyncio.sleep(1)


@scenario
async def who_was_woken_does_not_look_again(trace):
    """S104: the transport may be full again by then; the next drain waits."""
    rig = Rig(trace)
    rig.pause()
    rig.start_drains("first")
    await asyncio.sleep(1)
    rig.resume()
    rig.pause()
    await asyncio.sleep(1)
    rig.start_drains("second")
    await asyncio.sleep(1)
    rig.resume()
    await asyncio.sleep(1)


@scenario
async def a_request_ends_one_wait_alone(trace):
    """S104."""
    rig = Rig(trace)
    rig.pause()
    first, _, third = rig.start_drains("first", "second", "third")
    await asyncio.sleep(1)
    first.cancel()
    third.cancel()
    await asyncio.sleep(1)
    rig.resume()
    await asyncio.sleep(1)


@scenario
async def a_request_in_the_pass_in_which_there_is_room_wins(trace):
    """S44: nothing was taken that would have to be given back."""
    rig = Rig(trace)
    rig.pause()
    first, _ = rig.start_drains("first", "second")
    await asyncio.sleep(1)
    rig.resume()
    first.cancel()
    await asyncio.sleep(1)


@scenario
async def a_connection_that_breaks_fails_all_who_wait(trace):
    """S104: and all who come later."""
    rig = Rig(trace)
    rig.pause()
    rig.start_drains("first", "second")
    await asyncio.sleep(1)
    rig.lose(Boom("reset"))
    trace("lost")
    await asyncio.sleep(1)
    await rig.drain("third")


@scenario
async def a_regular_end_lets_all_go_who_wait(trace):
    """S104: only who comes later is told."""
    rig = Rig(trace)
    rig.pause()
    rig.start_drains("first", "second")
    await asyncio.sleep(1)
    rig.lose(None)
    await asyncio.sleep(1)
    await rig.drain("third")


@scenario
async def who_was_woken_is_not_told_of_a_loss_in_the_same_pass(trace):
    """S104."""
    rig = Rig(trace)
    rig.pause()
    rig.start_drains("first")
    await asyncio.sleep(1)
    rig.resume()
    rig.lose(Boom("reset"))
    await asyncio.sleep(1)
    await rig.drain("second")


@scenario
async def what_broke_the_reader_concerns_the_writer(trace):
    """S104: even while there is room."""
    rig = Rig(trace)
    rig.reader.set_exception(Boom("unreadable"))
    await rig.drain("drain")


@scenario
async def all_may_wait_for_the_end(trace):
    """S107: before it and after it, and as often as they like."""
    rig = Rig(trace)
    for name in ("first", "second"):
        asyncio.create_task(rig.report(name, rig.writer.wait_closed()))
    await asyncio.sleep(1)
    rig.lose(None)
    trace("lost")
    await asyncio.sleep(1)
    await rig.report("third", rig.writer.wait_closed())


@scenario
async def all_who_wait_for_the_end_are_told_why_it_broke(trace):
    """S107."""
    rig = Rig(trace)
    asyncio.create_task(rig.report("first", rig.writer.wait_closed()))
    await asyncio.sleep(1)
    rig.lose(Boom("reset"))
    await asyncio.sleep(1)
    await rig.report("second", rig.writer.wait_closed())


@scenario
async def one_who_gives_up_waiting_for_the_end(trace):
    """S107: CPython has them all share a future, which a request to one of them cancels."""
    rig = Rig(trace)
    first = asyncio.create_task(rig.report("first", rig.writer.wait_closed()))
    second = asyncio.create_task(rig.report("second", rig.writer.wait_closed()))
    await asyncio.sleep(1)
    first.cancel()
    await asyncio.sleep(1)
    trace("second waits", not second.done())
    rig.lose(None)
    await asyncio.sleep(1)
