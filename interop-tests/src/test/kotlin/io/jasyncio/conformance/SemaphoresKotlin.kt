package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.coroutines.acquire
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.gather
import io.jasyncio.coroutines.wait
import io.jasyncio.coroutines.withPermit
import io.jasyncio.sync.AsyncBoundedSemaphore
import io.jasyncio.sync.AsyncSemaphore
import kotlinx.coroutines.CoroutineScope
import java.time.Duration.ofSeconds

/** S83 in Kotlin. */
internal class SemaphoresKotlin {
    /** Has a task for each name wait for a permit. */
    private suspend fun startWaiters(
        trace: Trace,
        semaphore: AsyncSemaphore,
        vararg names: String,
    ) {
        names.forEach { startTimed(trace, it) { semaphore.acquire() } }
        nap(1)
    }

    @Twin("permits_are_taken_at_once_while_there_are_any")
    suspend fun CoroutineScope.permitsAreTakenAtOnceWhileThereAreAny(trace: Trace) {
        val semaphore = AsyncSemaphore(2)
        val passes = Passes.start()
        repeat(2) {
            trace.add("locked", semaphore.isLocked)
            semaphore.acquire()
        }
        trace.add("passes", passes.stop(), "locked", semaphore.isLocked)
        semaphore.release()
        trace.add("locked", semaphore.isLocked)
    }

    @Twin("as_many_are_in_as_there_are_permits")
    suspend fun CoroutineScope.asManyAreInAsThereArePermits(trace: Trace) {
        val semaphore = AsyncSemaphore(2)
        val workers =
            listOf("a" to 5, "b" to 1, "c" to 2, "d" to 4).map { (name, seconds) ->
                createTask {
                    semaphore.withPermit {
                        trace.add(name, "in at", millis())
                        nap(seconds)
                    }
                }
            }
        gather(workers)
        trace.add("locked", semaphore.isLocked)
    }

    @Twin("a_permit_is_handed_over_at_once")
    suspend fun CoroutineScope.aPermitIsHandedOverAtOnce(trace: Trace) {
        val semaphore = AsyncSemaphore(0)
        startWaiters(trace, semaphore, "a")
        semaphore.release()
        trace.add("locked", semaphore.isLocked)
        nap(1)
        trace.add("locked", semaphore.isLocked)
    }

    @Twin("several_releases_in_one_pass_wake_as_many")
    suspend fun CoroutineScope.severalReleasesInOnePassWakeAsMany(trace: Trace) {
        val semaphore = AsyncSemaphore(0)
        lateinit var passes: Passes
        val tasks =
            listOf("a", "b", "c", "d").map { name ->
                createTask {
                    semaphore.acquire()
                    trace.add(name, "after", passes.count())
                }
            }
        nap(1)
        passes = Passes.start()
        repeat(3) { semaphore.release() }
        onePass()
        trace.add("d waits", !tasks[3].isDone)
        semaphore.release()
        wait(tasks)
        passes.stop()
    }

    @Twin("permits_may_become_more_than_there_were")
    suspend fun CoroutineScope.permitsMayBecomeMoreThanThereWere(trace: Trace) {
        val semaphore = AsyncSemaphore()
        semaphore.release()
        semaphore.release()
        startWaiters(trace, semaphore, "a", "b", "c", "d")
        trace.add("locked", semaphore.isLocked)
    }

    @Twin("anybody_may_give_a_permit_back")
    suspend fun CoroutineScope.anybodyMayGiveAPermitBack(trace: Trace) {
        val semaphore = AsyncSemaphore()
        semaphore.acquire()
        EventLoop.current().callLater(ofSeconds(2), semaphore::release)
        startWaiters(trace, semaphore, "a")
        nap(2)
        trace.add("locked", semaphore.isLocked)
    }

    @Twin("there_are_no_negative_numbers_of_permits")
    suspend fun CoroutineScope.thereAreNoNegativeNumbersOfPermits(trace: Trace) {
        for (kind in listOf<(Int) -> AsyncSemaphore>(::AsyncSemaphore, ::AsyncBoundedSemaphore)) {
            try {
                kind(-1)
            } catch (refused: IllegalArgumentException) {
                trace.add(refused)
            }
            trace.add("locked", kind(0).isLocked)
        }
    }

    @Twin(
        value = "a_bounded_semaphore_takes_back_what_was_taken",
        because = SemaphoresDirect.STATE,
        trace = [
            "a goes on at 0",
            "b goes on at 0",
            "locked true",
            "c goes on at 1000",
            "locked false",
            "locked false",
            "IllegalState locked false",
            "d goes on at 5000",
            "e goes on at 5000",
            "locked true",
        ],
    )
    suspend fun CoroutineScope.aBoundedSemaphoreTakesBackWhatWasTaken(trace: Trace) {
        val semaphore = AsyncBoundedSemaphore(2)
        startWaiters(trace, semaphore, "a", "b", "c")
        repeat(4) {
            try {
                semaphore.release()
                trace.add("locked", semaphore.isLocked)
            } catch (refused: IllegalStateException) {
                trace.add(refused, "locked", semaphore.isLocked)
            }
            nap(1)
        }
        startWaiters(trace, semaphore, "d", "e", "f")
        trace.add("locked", semaphore.isLocked)
    }

    @Twin("a_block_gives_its_permit_back_however_it_is_left")
    suspend fun CoroutineScope.aBlockGivesItsPermitBackHoweverItIsLeft(trace: Trace) {
        val semaphore = AsyncSemaphore(2)
        val failing = createTask { semaphore.withPermit { failAfter(1, "in the block") } }
        val waiting = createTask { semaphore.withPermit { nap(10) } }
        nap(2)
        trace.add("failed", failing.exception(), "locked", semaphore.isLocked)
        semaphore.acquire()
        trace.add("locked", semaphore.isLocked)
        waiting.cancel()
        nap(1)
        trace.add("cancelled", waiting.isCancelled, "locked", semaphore.isLocked)
    }

    @Twin("a_block_that_was_not_entered_gives_nothing_back")
    suspend fun CoroutineScope.aBlockThatWasNotEnteredGivesNothingBack(trace: Trace) {
        val semaphore = AsyncSemaphore(0)
        val waiting = createTask { semaphore.withPermit { trace.add("not reached") } }
        nap(1)
        waiting.cancel()
        nap(1)
        trace.add("cancelled", waiting.isCancelled, "locked", semaphore.isLocked)
    }
}
