"""A Runner that is kept for several programs; S131, S133."""

import asyncio
import contextvars

from harness import Boom, millis, new_loop, scenario


def make_runner():
    return asyncio.Runner(loop_factory=new_loop)


@scenario(plain=True)
def several_programs_run_on_one_loop(trace):
    """S133: its time goes on."""

    async def main():
        await asyncio.sleep(1)
        trace("at", millis())
        return asyncio.get_running_loop()

    with make_runner() as runner:
        first = runner.run(main())
        second = runner.run(main())
        trace("same loop", first is second, first is runner.get_loop(), "closed", first.is_closed())
    trace("closed", first.is_closed())


@scenario(plain=True)
def a_task_that_a_program_leaves_behind_goes_on_in_the_next(trace):
    """S133: and is cancelled when the runner is closed."""

    async def helper():
        try:
            for count in range(1, 10):
                await asyncio.sleep(2)
                trace("helper", count, "at", millis())
        except asyncio.CancelledError as cancelled:
            trace("helper", cancelled, "at", millis())

    async def first():
        helpers.append(asyncio.create_task(helper()))
        await asyncio.sleep(3)

    async def second():
        trace("second at", millis())
        await asyncio.sleep(2)

    helpers = []
    with make_runner() as runner:
        runner.run(first())
        runner.run(second())
        trace("close")


@scenario(plain=True)
def the_context_is_kept_from_program_to_program(trace):
    """S133: what one sets, the next one sees; outside it is not seen."""
    variable = contextvars.ContextVar("variable", default="default")

    async def main(value):
        trace("in", variable.get())
        variable.set(value)

    with make_runner() as runner:
        runner.run(main("first"))
        runner.run(main("second"))
        trace("outside", variable.get())


@scenario(plain=True)
def a_runner_goes_on_after_a_program_that_failed(trace):
    """S133."""

    async def fail():
        raise Boom()

    async def succeed():
        return "value"

    with make_runner() as runner:
        try:
            runner.run(fail())
        except Boom as failed:
            trace(failed)
        trace(runner.run(succeed()))


@scenario(plain=True)
def a_closed_runner_runs_nothing(trace):
    """S133: and closing it again does nothing."""

    async def main():
        trace("not reached")

    runner = make_runner()
    runner.get_loop()
    runner.close()
    runner.close()
    program = main()
    for use in (lambda: runner.run(program), runner.get_loop):
        try:
            use()
        except RuntimeError as refused:
            trace(refused)
    program.close()


@scenario(plain=True)
def a_runner_that_ran_nothing_closes(trace):
    """S133: its loop, if somebody has asked for it, too."""
    with make_runner():
        pass
    with make_runner() as runner:
        loop = runner.get_loop()
    trace("closed", loop.is_closed())


@scenario(plain=True)
def a_program_that_is_cancelled_from_inside_ends_cancelled(trace):
    """S47: the main task is a task like any other."""

    async def main():
        task = asyncio.current_task()
        asyncio.get_running_loop().call_later(1, task.cancel)
        try:
            await asyncio.sleep(10)
        finally:
            trace("cleanup at", millis())

    with make_runner() as runner:
        try:
            runner.run(main())
        except asyncio.CancelledError as cancelled:
            trace(cancelled)


@scenario(plain=True)
def a_runner_is_refused_where_a_loop_runs(trace):
    """S133: but its loop may be made there."""

    async def inner():
        trace("not reached")

    async def outer(other):
        program = inner()
        try:
            other.run(program)
        except RuntimeError as refused:
            trace(refused)
        program.close()

    with make_runner() as runner, make_runner() as other:
        runner.run(outer(other))
