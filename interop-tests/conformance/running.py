"""Running, stopping and closing a loop: S6-S10."""

import asyncio

from harness import new_loop, scenario


@scenario(plain=True)
def stop_lets_the_iteration_end(trace):
    """S6: what was ready beside the stopper still runs; what that schedules waits until the loop is run again."""
    loop = new_loop()

    def stopper():
        trace("stopper")
        loop.call_soon(trace, "from the stopper")
        loop.stop()

    def behind():
        trace("behind")
        loop.call_soon(trace, "from behind")
        loop.call_soon(loop.stop)

    loop.call_soon(stopper)
    loop.call_soon(behind)
    loop.run_forever()
    trace("stopped", loop.is_running(), loop.is_closed())
    loop.run_forever()
    trace("stopped again")
    loop.close()


@scenario(plain=True)
def stop_before_the_run_gives_one_iteration(trace):
    """S6: stopped beforehand, the loop runs what is ready, does not wait for timers, and has forgotten the stop afterwards."""
    loop = new_loop()
    loop.call_later(1, lambda: [trace("timer")] and loop.stop())
    loop.call_soon(loop.call_soon, trace, "added in the iteration")
    loop.call_soon(trace, "ready")
    loop.stop()
    loop.run_forever()
    trace("left at", round(loop.time() * 1000))
    loop.run_forever()
    trace("left at", round(loop.time() * 1000))
    loop.close()


@scenario(plain=True)
def stop_before_the_future_is_done(trace):
    """S7: run_until_complete fails if the loop is stopped first; the future is not harmed and can be run for again."""
    loop = new_loop()
    future = loop.create_future()
    loop.call_soon(loop.stop)
    try:
        loop.run_until_complete(future)
    except RuntimeError as refused:
        trace(refused, future.done())
    loop.call_later(1, future.set_result, "value")
    trace(loop.run_until_complete(future))
    loop.close()


@scenario(plain=True)
def an_exit_leaves_the_loop_at_once(trace):
    """S8: SystemExit breaks the iteration off; what had not run stays queued and runs when the loop is run again."""
    loop = new_loop()

    def leave():
        trace("leave")
        raise SystemExit

    loop.call_soon(leave)
    loop.call_soon(trace, "behind")
    loop.call_soon(loop.stop)
    try:
        loop.run_forever()
    except SystemExit as left:
        trace("left by", left, loop.is_running())
        loop.run_forever()
    trace("stopped")
    loop.close()


@scenario(plain=True)
def a_closed_loop_refuses_everything(trace):
    """S9: a closed loop takes no callback, no timer, no work and no run; closing it again does nothing."""
    loop = new_loop()
    future = loop.create_future()
    loop.close()
    loop.close()
    trace("closed", loop.is_closed(), loop.is_running())
    refused = {
        "soon": lambda: loop.call_soon(trace, "never"),
        "later": lambda: loop.call_later(1, trace, "never"),
        "at": lambda: loop.call_at(1, trace, "never"),
        "threadsafe": lambda: loop.call_soon_threadsafe(trace, "never"),
        "executor": lambda: loop.run_in_executor(None, trace, "never"),
        "forever": lambda: loop.run_forever(),
        "complete": lambda: loop.run_until_complete(future),
    }
    for name, call in refused.items():
        try:
            call()
            trace(name, "accepted")
        except RuntimeError as error:
            trace(name, error)


@scenario(plain=True)
def closing_drops_what_is_queued(trace):
    """S9: close() is refused while the loop runs; afterwards it throws ready callbacks and timers away unrun."""
    loop = new_loop()

    def close_now():
        try:
            loop.close()
        except RuntimeError as refused:
            trace("close while running", refused)
        loop.call_soon(trace, "never")
        loop.call_later(0, trace, "never")
        loop.stop()

    loop.call_soon(close_now)
    loop.run_forever()
    loop.close()
    trace("closed", loop.is_closed())


@scenario
async def a_running_loop_cannot_be_run(trace):
    """S10: neither the loop itself nor another one can be run on the thread of a running loop.

    Only run_until_complete is shown: 3.13.0's run_forever refuses too, but takes the running loop down in doing so.
    """
    running = asyncio.get_running_loop()
    other = new_loop()
    for name, loop in (("same", running), ("other", other)):
        try:
            loop.run_until_complete(loop.create_future())
        except RuntimeError as refused:
            trace(name, refused)
    await asyncio.sleep(0)
    trace("running", running.is_running(), other.is_running())
    other.close()
