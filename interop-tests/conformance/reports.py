"""Failures that nobody looks at, and tasks that nobody ends: S27, S28, S52."""

import asyncio
import gc

from harness import Boom, new_loop, scenario


def failed(loop, name):
    future = loop.create_future()
    future.set_exception(Boom(name))
    return future


@scenario(plain=True)
def a_failure_that_nobody_looked_at_is_reported(trace):
    """S27: a future and a task that failed unseen are reported by the time the loop is closed, with their exceptions."""
    reports = []
    with asyncio.Runner(loop_factory=new_loop) as runner:
        loop = runner.get_loop()
        loop.set_exception_handler(lambda loop, context: reports.append(f"{context['message']}: {context['exception']}"))

        async def main():
            async def fail():
                raise Boom("of a task")

            failed(loop, "of a future")
            asyncio.create_task(fail())
            await asyncio.sleep(0)

        runner.run(main())
    gc.collect()
    for report in sorted(reports):
        trace(report)


@scenario(plain=True)
def a_failure_that_somebody_looked_at_is_not_reported(trace):
    """S27, S52: asking for the result or the exception, awaiting, and even a cancel that comes too late count as looking."""
    reports = []
    with asyncio.Runner(loop_factory=new_loop) as runner:
        loop = runner.get_loop()
        loop.set_exception_handler(lambda loop, context: reports.append(str(context["exception"])))

        async def main():
            failed(loop, "exception").exception()
            try:
                failed(loop, "result").result()
            except Boom as error:
                trace("result", error)
            try:
                await failed(loop, "await")
            except Boom as error:
                trace("await", error)
            trace("cancel", failed(loop, "cancel").cancel())
            loop.create_future().cancel()

        runner.run(main())
    gc.collect()
    trace("reports", reports)


@scenario(plain=True)
def a_task_that_is_pending_at_the_end_is_reported(trace):
    """S28: a loop that is closed under the feet of a task says so; a task that has ended is not mentioned."""
    reports = []
    runner = asyncio.Runner(loop_factory=new_loop)
    loop = runner.get_loop()
    loop.set_exception_handler(lambda loop, context: reports.append(f"{context['message']} {context['task'].get_name()}"))

    async def forever():
        trace("begins")
        await loop.create_future()

    async def at_once():
        trace("ends")

    async def main():
        tasks = [asyncio.create_task(forever(), name="forever"), asyncio.create_task(at_once(), name="at once")]
        await asyncio.sleep(0)
        trace("pending", [not task.done() for task in tasks])

    runner.run(main())
    loop.close()
    gc.collect()
    for report in reports:
        trace(report)
