package io.jasyncio.conformance

import io.jasyncio.Runner
import io.jasyncio.coroutines.*
import io.jasyncio.coroutines.iterator
import io.jasyncio.queue.AsyncQueue
import java.util.concurrent.TimeoutException
import kotlin.time.Duration
import kotlin.time.toKotlinDuration

/** Plays a random program with coroutines, as `RandomPlayer` and the classes of its things do in direct style. */
internal object RandomCoroutines {
    @JvmStatic
    fun run(
        runner: Runner,
        player: RandomPlayer,
    ) {
        runner.runMain { main(player) }
    }

    private suspend fun main(player: RandomPlayer) {
        for (word in player.program.words()) {
            if (word.startsTask()) {
                val number = player.tasks.size
                player.tasks.add(createTask { body(player, word, number) })
            } else if (word.isPause) {
                sleep(word.pause().toKotlinDuration())
                player.saysThatItPaused(word)
            } else {
                player.actOrSchedule(word)
            }
        }
        sleep(RandomPlayer.LONG_AFTER.toKotlinDuration())
        player.cancelTheRest()
        if (player.tasks.isNotEmpty()) {
            wait(player.tasks)
        }
        player.trace.add(player.thing.state())
    }

    private suspend fun body(
        player: RandomPlayer,
        word: RandomWord,
        task: Int,
    ) {
        try {
            val waiting: suspend () -> Any = { waiting(player, word, task) }
            player.ends(
                task,
                if (word.seconds > 0) timeout(word.deadline(task).toKotlinDuration()) { waiting() } else waiting(),
            )
        } catch (failure: Exception) {
            player.endsWith(task, failure)
        }
    }

    private suspend fun waiting(
        player: RandomPlayer,
        word: RandomWord,
        task: Int,
    ): Any =
        when (val thing = player.thing) {
            is RandomQueue -> queue(thing.queue, player.trace, word)
            is RandomLocks.Lock -> lock(thing, player.trace, word, task)
            is RandomLocks.Semaphore -> semaphore(thing, player.trace, word, task)
            is RandomLocks.Event -> event(thing, player.trace, word, task)
            is RandomConditions.Condition -> condition(thing, player.trace, word, task)
            is RandomConditions.Barrier -> barrier(thing, word)
        }

    private suspend fun queue(
        queue: AsyncQueue<Int>,
        trace: Trace,
        word: RandomWord,
    ): Any {
        when (word.letter) {
            'G' -> return queue.get()
            'P' -> return "put".also { queue.put(word.number) }
            'J' -> return "joined".also { queue.join() }
            'T' -> {
                trace.add("first", queue.get())
                return queue.get()
            }
            'E' -> {
                val item = queue.get()
                passes(word.number)
                queue.put(item)
                return "$item back"
            }
        }
        for (item in queue) {
            trace.add("item", item)
            passes(1)
        }
        return "over"
    }

    private suspend fun lock(
        thing: RandomLocks.Lock,
        trace: Trace,
        word: RandomWord,
        task: Int,
    ): Any {
        thing.lock.withLock {
            trace.add("T$task", "in")
            hold(word.number, task)
        }
        return "left"
    }

    private suspend fun semaphore(
        thing: RandomLocks.Semaphore,
        trace: Trace,
        word: RandomWord,
        task: Int,
    ): Any {
        thing.semaphore.withPermit {
            trace.add("T$task", "in")
            hold(word.number, task)
        }
        return "left"
    }

    private suspend fun event(
        thing: RandomLocks.Event,
        trace: Trace,
        word: RandomWord,
        task: Int,
    ): Any {
        if (word.letter == 'E') {
            thing.event.wait()
            trace.add("T$task", "once")
            passes(1)
        }
        thing.event.wait()
        return "set"
    }

    private suspend fun condition(
        thing: RandomConditions.Condition,
        trace: Trace,
        word: RandomWord,
        task: Int,
    ): Any {
        thing.condition.withLock {
            trace.add("T$task", "in")
            when (word.letter) {
                'W' -> thing.condition.wait()
                'L' -> waitSome(thing, word, task)
                'P' -> thing.condition.wait { thing.hasCounted(word.number) }
                'H' -> hold(word.number, task)
                else -> thing.signal(word.letter, word.number)
            }
        }
        return "leaves"
    }

    private suspend fun waitSome(
        thing: RandomConditions.Condition,
        word: RandomWord,
        task: Int,
    ) {
        try {
            timeout(RandomThing.patience(word.number, task).toKotlinDuration()) { thing.condition.wait() }
        } catch (late: TimeoutException) {
            thing.saysThatItWaited(task)
        }
    }

    private suspend fun barrier(
        thing: RandomConditions.Barrier,
        word: RandomWord,
    ): Any = if (word.letter == 'W') "through".also { thing.barrier.wait() } else thing.change(word.letter)

    private suspend fun hold(
        length: Int,
        task: Int,
    ) = if (length == 3) sleep(RandomThing.longHold(task).toKotlinDuration()) else passes(length)

    private suspend fun passes(count: Int) = repeat(count) { sleep(Duration.ZERO) }
}
