"""Conditions where a signal, a cancel request and a deadline meet; S85, S86, S96."""

import asyncio

from harness import advance, millis, scenario


class Shelf:
    """Things to take, for those who wait until there is one: a wake-up for nothing does not show."""

    def __init__(self, trace):
        self.condition = asyncio.Condition()
        self._trace = trace
        self._things = 0

    async def take(self, name):
        """Takes a thing, and says how that ended."""
        try:
            async with self.condition:
                try:
                    while not self._things:
                        await self.condition.wait()
                except asyncio.CancelledError:
                    self._trace(name, "leaves at", millis(), "locked", self.condition.locked())
                    raise
                self._things -= 1
                self._trace(name, "takes at", millis())
        except asyncio.CancelledError as cancelled:
            self._trace(name, cancelled, "requests", asyncio.current_task().cancelling())
            raise

    async def start_takers(self, *names):
        tasks = [asyncio.create_task(self.take(name)) for name in names]
        await asyncio.sleep(1)
        return tasks

    def put(self, count=1):
        """Puts that many things there, and wakes as many. The lock must be held."""
        self._things += count
        self.condition.notify(count)


@scenario
async def a_wait_that_is_cancelled_ends_with_the_lock(trace):
    """S85: so it ends when the lock is free."""
    shelf = Shelf(trace)
    a, = await shelf.start_takers("a")
    async with shelf.condition:
        a.cancel()
        await asyncio.sleep(2)
        trace("still in at", millis())
    await asyncio.sleep(1)
    trace("locked", shelf.condition.locked(), "cancelled", a.cancelled())


@scenario
async def a_request_while_the_lock_is_taken_again_is_remembered(trace):
    """S85, S86: the wait ends cancelled, with the lock, and the signal goes to the next one."""
    shelf = Shelf(trace)
    a, _ = await shelf.start_takers("a", "b")
    async with shelf.condition:
        shelf.put()
        await asyncio.sleep(1)
        a.cancel()
        await asyncio.sleep(1)
        trace("still in at", millis())
    await asyncio.sleep(1)
    trace("locked", shelf.condition.locked(), "cancelled", a.cancelled())


@scenario
async def two_requests_while_the_lock_is_taken_again_end_it_once(trace):
    """S85."""
    shelf = Shelf(trace)
    a, _ = await shelf.start_takers("a", "b")
    async with shelf.condition:
        shelf.put()
        for _ in range(2):
            await asyncio.sleep(1)
            a.cancel()
        await asyncio.sleep(1)
    await asyncio.sleep(1)
    trace("locked", shelf.condition.locked(), "cancelled", a.cancelled())


@scenario
async def a_request_in_the_pass_of_the_signal_passes_it_on(trace):
    """S86: a wake-up is never lost."""
    shelf = Shelf(trace)
    a, _ = await shelf.start_takers("a", "b")
    async with shelf.condition:
        shelf.put()
        a.cancel()
    await asyncio.sleep(1)
    trace("locked", shelf.condition.locked(), "cancelled", a.cancelled())


@scenario
async def a_signal_after_a_request_of_the_same_pass_goes_to_the_next(trace):
    """S86: whoever is cancelled is no waiter any more."""
    shelf = Shelf(trace)
    a, _ = await shelf.start_takers("a", "b")
    async with shelf.condition:
        a.cancel()
        shelf.put()
    await asyncio.sleep(1)
    trace("locked", shelf.condition.locked(), "cancelled", a.cancelled())


@scenario
async def a_request_in_the_pass_in_which_the_lock_is_handed_over_passes_both_on(trace):
    """S80, S85, S86: the lock and the signal."""
    shelf = Shelf(trace)
    a, _ = await shelf.start_takers("a", "b")
    async with shelf.condition:
        shelf.put()
        await asyncio.sleep(1)
        a.cancel()
    await asyncio.sleep(1)
    trace("locked", shelf.condition.locked(), "cancelled", a.cancelled())


@scenario
async def a_request_in_the_line_for_the_lock_costs_the_place(trace):
    """S85: the waiter stands in line again, behind who came meanwhile."""
    shelf = Shelf(trace)
    a, = await shelf.start_takers("a")

    async def newcomer():
        async with shelf.condition:
            trace("newcomer in at", millis())

    async with shelf.condition:
        shelf.put()
        await asyncio.sleep(1)
        asyncio.create_task(newcomer())
        await asyncio.sleep(1)
        a.cancel()
        await asyncio.sleep(1)
    await asyncio.sleep(1)


@scenario
async def of_several_that_were_woken_one_may_be_cancelled(trace):
    """S86: its signal goes to the one that was not woken."""
    shelf = Shelf(trace)
    _, b, _, _ = await shelf.start_takers("a", "b", "c", "d")
    async with shelf.condition:
        shelf.put(2)
        b.cancel()
    await asyncio.sleep(1)
    trace("signal")
    async with shelf.condition:
        shelf.put()
    await asyncio.sleep(1)


@scenario
async def all_that_were_woken_may_be_cancelled(trace):
    """S86: then the next two are."""
    shelf = Shelf(trace)
    a, b, _, _ = await shelf.start_takers("a", "b", "c", "d")
    async with shelf.condition:
        shelf.put(2)
        a.cancel()
        b.cancel()
    await asyncio.sleep(1)
    trace("locked", shelf.condition.locked())


@scenario
async def a_waiter_that_was_cancelled_takes_no_signal(trace):
    """S86: the next one goes to who still waits."""
    shelf = Shelf(trace)
    _, b = await shelf.start_takers("a", "b")
    b.cancel()
    await asyncio.sleep(1)
    async with shelf.condition:
        shelf.put()
    await asyncio.sleep(1)


@scenario
async def a_wait_with_a_deadline_ends_with_the_lock(trace):
    """S62, S85: later than its deadline, if the lock is not free by then."""
    condition = asyncio.Condition()

    async def waiter():
        async with condition:
            try:
                await asyncio.wait_for(condition.wait(), 1)
            except TimeoutError as late:
                trace(late, "at", millis(), "locked", condition.locked())

    task = asyncio.create_task(waiter())
    await asyncio.sleep(0)
    async with condition:
        await asyncio.sleep(3)
        trace("still in at", millis())
    await task
    trace("locked", condition.locked())


@scenario
async def a_deadline_in_the_pass_of_the_signal_passes_it_on(trace):
    """S62, S86: whichever of the two comes first."""
    for signal_after, deadline in ((2, 3), (3, 2)):
        shelf = Shelf(trace)

        async def hasty():
            async with shelf.condition:
                try:
                    await asyncio.wait_for(shelf.condition.wait(), deadline)
                except TimeoutError as late:
                    trace("hasty", late, "at", millis())

        asyncio.create_task(hasty())
        asyncio.create_task(shelf.take("a"))
        await asyncio.sleep(0)
        async with shelf.condition:
            loop = asyncio.get_running_loop()
            loop.call_later(signal_after, shelf.put)
            loop.call_later(1, advance, 5)  # so that both are due in the pass after this one
            await asyncio.sleep(5)
        await asyncio.sleep(10)
