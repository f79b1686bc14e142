"""Programs: what run and a Runner do before, between and after them; S131-S133."""

import asyncio
import threading

from harness import Boom, message_of, millis, new_loop, scenario


def run(coroutine):
    """asyncio.run on a loop with virtual time."""
    return asyncio.run(coroutine, loop_factory=new_loop)


async def passes(count):
    for _ in range(count):
        await asyncio.sleep(0)


@scenario(plain=True)
def run_gives_the_value_of_the_program(trace):
    """S131: and closes the loop."""

    async def main():
        await asyncio.sleep(1)
        return asyncio.get_running_loop()

    loop = run(main())
    trace("running", loop.is_running(), "closed", loop.is_closed())


@scenario(plain=True)
def run_throws_what_the_program_throws(trace):
    """S131: a failure or a cancellation, after the same shutdown."""

    async def helper():
        try:
            await asyncio.sleep(10)
        finally:
            trace("cleanup")

    async def main(ending):
        helpers.append(asyncio.create_task(helper()))
        await asyncio.sleep(1)
        raise ending

    helpers = []
    for ending in (Boom("why"), asyncio.CancelledError()):
        try:
            run(main(ending))
        except (Boom, asyncio.CancelledError) as thrown:
            trace(thrown, message_of(thrown))


@scenario(plain=True)
def the_shutdown_cancels_all_tasks_and_then_waits_for_the_executor(trace):
    """S131: for all tasks together, and the work of other threads comes last."""
    release = threading.Event()

    async def helper(name, count):
        try:
            await asyncio.sleep(100)
        except asyncio.CancelledError as cancelled:
            trace(cancelled)
            await passes(count)
            trace(name, "cleaned up")
            if name == "slow":
                release.set()

    def work():
        release.wait()
        trace("work")

    async def main():
        helpers.extend(asyncio.create_task(helper(name, count)) for name, count in (("slow", 2), ("quick", 1)))
        await asyncio.sleep(1)
        asyncio.get_running_loop().run_in_executor(None, work)
        trace("main ends")

    helpers = []
    run(main())
    trace("closed")


@scenario(plain=True)
def the_shutdown_waits_for_tasks_that_refuse_to_be_cancelled(trace):
    """S131: once they have been asked, they may take their time."""

    async def stubborn():
        try:
            await asyncio.sleep(100)
        except asyncio.CancelledError:
            await asyncio.sleep(50)
            trace("ends", millis())

    async def main():
        helpers.append(asyncio.create_task(stubborn()))
        await asyncio.sleep(1)

    helpers = []
    run(main())
    trace("cancelled", helpers[0].cancelled())


@scenario(plain=True)
def a_task_of_the_last_step_of_the_program_still_begins(trace):
    """S131: the loop ends its iteration, then it is cancelled like the others."""

    async def helper():
        trace("begins")
        try:
            await asyncio.sleep(0)
        except asyncio.CancelledError as cancelled:
            trace(cancelled)

    async def main():
        helpers.append(asyncio.create_task(helper()))
        trace("main ends")

    helpers = []
    run(main())


@scenario(plain=True)
def the_shutdown_makes_one_pass_only(trace):
    """S132: a task that is created during it is neither cancelled nor waited for."""

    async def late():
        trace("late begins")
        await asyncio.sleep(100)
        trace("not reached")

    async def helper():
        try:
            await asyncio.sleep(100)
        finally:
            helpers.append(asyncio.create_task(late()))
            await passes(3)

    async def main():
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: None)
        helpers.append(asyncio.create_task(helper()))
        await asyncio.sleep(1)

    helpers = []
    run(main())
    trace("done", [helper.done() for helper in helpers], "requests", helpers[1].cancelling())


@scenario(plain=True)
def a_failure_during_the_shutdown_is_reported(trace):
    """S132: to the loop's exception handler; the program's result is not changed."""

    def report(loop, context):
        trace("reported", context["exception"], message_of(context["exception"]), context["task"])

    async def fragile():
        try:
            await asyncio.sleep(100)
        finally:
            raise Boom("cleanup")

    async def main():
        asyncio.get_running_loop().set_exception_handler(report)
        helpers.append(asyncio.create_task(fragile(), name="fragile"))
        await asyncio.sleep(1)
        return "value"

    helpers = []
    trace(run(main()))


@scenario
async def run_is_refused_where_a_loop_runs(trace):
    """S133: a program within a program would stop the outer one."""

    async def main():
        trace("not reached")

    program = main()
    try:
        run(program)
    except RuntimeError as refused:
        trace(refused)
    program.close()
