package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.Task
import io.jasyncio.coroutines.await
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.lines
import io.jasyncio.coroutines.read
import io.jasyncio.coroutines.readExactly
import io.jasyncio.coroutines.readLine
import io.jasyncio.coroutines.readUntil
import io.jasyncio.coroutines.wait
import io.jasyncio.stream.LimitOverrunException
import io.jasyncio.stream.StreamReader
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.yield
import kotlin.coroutines.cancellation.CancellationException

/** S97 to S102 in Kotlin. */
internal class ReadersKotlin {
    private fun newReader(limit: Int) = StreamReader(EventLoop.current(), limit)

    private fun StreamReader.feed(text: String) = feedData(text.encodeToByteArray())

    private suspend fun StreamReader.feedLater(vararg pieces: String) {
        for (piece in pieces) {
            nap(1)
            feed(piece)
        }
    }

    /** Reads and says how that ended. */
    private suspend fun report(
        trace: Trace,
        name: String,
        reading: suspend () -> Any?,
    ) {
        val read =
            try {
                reading()
            } catch (cancelled: CancellationException) {
                trace.add(name, cancelled)
                throw cancelled
            } catch (failure: Exception) {
                Readings.failed(trace, name, failure)
                return
            }
        trace.add(name, "got", Readings.text(read))
    }

    private fun start(
        trace: Trace,
        name: String,
        reading: suspend () -> Any?,
    ): Task<Unit> = createTask { report(trace, name, reading) }

    @Twin("a_read_takes_what_is_there")
    suspend fun CoroutineScope.aReadTakesWhatIsThere(trace: Trace) {
        val reader = newReader(8)
        reader.feed("abcde")
        val passes = Passes.start()
        report(trace, "two") { reader.read(2) }
        report(trace, "none") { reader.read(0) }
        report(trace, "many") { reader.read(100) }
        trace.add("passes", passes.stop(), "at eof", reader.atEof())
    }

    @Twin("a_read_that_waits_takes_what_has_come_when_its_turn_comes")
    suspend fun CoroutineScope.aReadThatWaitsTakesWhatHasComeWhenItsTurnComes(trace: Trace) {
        val reader = newReader(8)
        start(trace, "reader") { reader.read(100) }
        nap(1)
        val passes = Passes.start()
        reader.feed("a")
        reader.feed("b")
        trace.add("fed")
        yield()
        trace.add("passes", passes.stop())
    }

    @Twin("a_request_in_the_pass_of_the_data_loses_none")
    suspend fun CoroutineScope.aRequestInThePassOfTheDataLosesNone(trace: Trace) {
        val reader = newReader(8)
        val first = start(trace, "first") { reader.read(100) }
        nap(1)
        reader.feed("abc")
        first.cancel()
        nap(1)
        report(trace, "second") { reader.read(100) }
    }

    @Twin("data_after_a_request_of_the_same_pass_is_for_the_next")
    suspend fun CoroutineScope.dataAfterARequestOfTheSamePassIsForTheNext(trace: Trace) {
        val reader = newReader(8)
        val first = start(trace, "first") { reader.readLine() }
        nap(1)
        first.cancel()
        reader.feed("abc\n")
        val second = start(trace, "second") { reader.readLine() }
        nap(1)
        trace.add("done", first.isCancelled, second.isDone)
    }

    @Twin("a_second_read_is_refused_while_one_waits")
    suspend fun CoroutineScope.aSecondReadIsRefusedWhileOneWaits(trace: Trace) {
        val reader = newReader(8)
        start(trace, "first") { reader.read(100) }
        nap(1)
        report(trace, "read") { reader.read(1) }
        report(trace, "line") { reader.readLine() }
        report(trace, "exactly") { reader.readExactly(1) }
        reader.feedLater("abc")
        nap(1)
    }

    @Twin("the_end_of_the_stream_ends_a_read")
    suspend fun CoroutineScope.theEndOfTheStreamEndsARead(trace: Trace) {
        val reader = newReader(8)
        start(trace, "first") { reader.read(100) }
        nap(1)
        reader.feedEof()
        trace.add("at eof", reader.atEof())
        nap(1)
        report(trace, "second") { reader.read(100) }
        report(trace, "line") { reader.readLine() }
        report(trace, "exactly") { reader.readExactly(1) }
        report(trace, "exactly nothing") { reader.readExactly(0) }
    }

    @Twin("the_end_of_the_stream_comes_after_its_data")
    suspend fun CoroutineScope.theEndOfTheStreamComesAfterItsData(trace: Trace) {
        val reader = newReader(8)
        reader.feed("abc")
        reader.feedEof()
        trace.add("at eof", reader.atEof())
        report(trace, "first") { reader.read(2) }
        report(trace, "second") { reader.read(2) }
        trace.add("at eof", reader.atEof())
        report(trace, "third") { reader.read(2) }
    }

    @Twin("reading_all_waits_for_the_end")
    suspend fun CoroutineScope.readingAllWaitsForTheEnd(trace: Trace) {
        val reader = newReader(2)
        start(trace, "all") { reader.read() }
        for (piece in listOf("abc", "def", "ghi")) {
            reader.feedLater(piece)
            trace.add("fed")
        }
        nap(1)
        reader.feedEof()
        nap(1)
    }

    @Twin("so_many_bytes_and_no_fewer")
    suspend fun CoroutineScope.soManyBytesAndNoFewer(trace: Trace) {
        val reader = newReader(2)
        val task = start(trace, "ten") { reader.readExactly(10) }
        for (piece in listOf("abcd", "efgh", "ijkl")) {
            nap(1)
            trace.add("done", task.isDone)
            reader.feed(piece)
        }
        nap(1)
        start(trace, "five") { reader.readExactly(5) }
        nap(1)
        reader.feedEof()
        nap(1)
        report(trace, "rest") { reader.read() }
    }

    @Twin("a_request_leaves_the_bytes_of_an_exact_read")
    suspend fun CoroutineScope.aRequestLeavesTheBytesOfAnExactRead(trace: Trace) {
        val reader = newReader(8)
        val task = start(trace, "ten") { reader.readExactly(10) }
        reader.feedLater("abc")
        nap(1)
        task.cancel()
        nap(1)
        report(trace, "then") { reader.read(100) }
    }

    @Twin(
        value = "lines_come_one_by_one",
        because = "a line comes without its end, and the end of the stream is a null",
        trace = ["first 3 one", "second 3 two", "third 0 ", "fed", "fourth got three", "fifth got nothing"],
    )
    suspend fun CoroutineScope.linesComeOneByOne(trace: Trace) {
        val reader = newReader(8)
        reader.feed("one\ntwo\n\nthr")
        for (name in listOf("first", "second", "third")) {
            val line = reader.readLine()
            trace.add(name, line?.length, line)
        }
        start(trace, "fourth") { reader.readLine() }
        reader.feedLater("ee")
        nap(1)
        trace.add("fed")
        reader.feedEof()
        nap(1)
        report(trace, "fifth") { reader.readLine() }
    }

    @Twin("lines_can_be_gone_through")
    suspend fun CoroutineScope.linesCanBeGoneThrough(trace: Trace) {
        val reader = newReader(8)
        val task =
            createTask {
                reader.lines().collect { trace.add("line", it) }
                trace.add("over")
            }
        reader.feedLater("one\ntwo\nth", "ree\nfour")
        nap(1)
        reader.feedEof()
        task.await()
    }

    @Twin("a_line_beyond_the_limit_is_dropped")
    suspend fun CoroutineScope.aLineBeyondTheLimitIsDropped(trace: Trace) {
        val reader = newReader(4)
        reader.feed("123456\nnext\n")
        report(trace, "first") { reader.readLine() }
        trace.add("second", reader.readLine())
    }

    @Twin("of_an_endless_line_is_dropped_what_has_come")
    suspend fun CoroutineScope.ofAnEndlessLineIsDroppedWhatHasCome(trace: Trace) {
        val reader = newReader(4)
        start(trace, "first") { reader.readLine() }
        reader.feedLater("123456", "78\n")
        trace.add("second", reader.readLine())
    }

    @Twin("a_line_as_long_as_the_limit_is_read")
    suspend fun CoroutineScope.aLineAsLongAsTheLimitIsRead(trace: Trace) {
        val reader = newReader(4)
        reader.feed("1234\n12345\n")
        trace.add("first", reader.readLine())
        report(trace, "second") { reader.readLine() }
    }

    @Twin("up_to_a_separator")
    suspend fun CoroutineScope.upToASeparator(trace: Trace) {
        val reader = newReader(8)
        val end = "END".encodeToByteArray()
        start(trace, "first") { reader.readUntil(end) }
        for (piece in listOf("abE", "N", "Dcd")) {
            reader.feedLater(piece)
            trace.add("fed")
        }
        nap(1)
        reader.feed("EN")
        reader.feedEof()
        report(trace, "second") { reader.readUntil(end) }
    }

    @Twin("up_to_the_separator_that_ends_first")
    suspend fun CoroutineScope.upToTheSeparatorThatEndsFirst(trace: Trace) {
        val reader = newReader(100)
        reader.feed("a\r\nb;c\nd")
        val separators = arrayOf("\r\n", "\n", ";").map { it.encodeToByteArray() }.toTypedArray()
        for (name in listOf("first", "second", "third")) {
            trace.add(name, reader.readUntil(*separators).size)
        }
        reader.feedEof()
        report(trace, "fourth") { reader.readUntil(*separators) }
    }

    @Twin("beyond_the_limit_everything_stays")
    suspend fun CoroutineScope.beyondTheLimitEverythingStays(trace: Trace) {
        val reader = newReader(4)
        for ((data, separator) in listOf("123456;" to ";", "1234567" to ";;")) {
            reader.feed(data)
            try {
                reader.readUntil(separator.encodeToByteArray())
            } catch (overrun: LimitOverrunException) {
                trace.add("overrun after", overrun.consumed())
            }
            report(trace, "read") { reader.read(100) }
        }
    }

    @Twin("a_broken_stream_fails_every_read")
    suspend fun CoroutineScope.aBrokenStreamFailsEveryRead(trace: Trace) {
        val reader = newReader(8)
        start(trace, "first") { reader.readExactly(5) }
        reader.feedLater("abc")
        nap(1)
        reader.setException(IllegalStateException("broken"))
        nap(1)
        report(trace, "second") { reader.read(1) }
        trace.add("at eof", reader.atEof())
    }

    @Twin("reading_pauses_above_twice_the_limit")
    suspend fun CoroutineScope.readingPausesAboveTwiceTheLimit(trace: Trace) {
        val reader = newReader(4)
        reader.setTransport(Readings.PausingTransport(trace))
        for (piece in listOf("12345678", "9", "0")) {
            reader.feed(piece)
            trace.add("fed")
        }
        for (name in listOf("first", "second", "third")) {
            report(trace, name) { reader.read(3) }
        }
    }

    @Twin(
        value = "who_waits_has_reading_go_on",
        because = "a read that was woken takes its bytes in a moment: pausing until then would only cost two calls of the system",
        trace = ["pause", "resume", "feed", "fed", "exactly got 1234567890ab", "rest got cd"],
    )
    suspend fun CoroutineScope.whoWaitsHasReadingGoOn(trace: Trace) {
        val reader = newReader(4)
        reader.setTransport(Readings.PausingTransport(trace))
        reader.feed("1234567890")
        start(trace, "exactly") { reader.readExactly(12) }
        nap(1)
        trace.add("feed")
        reader.feed("abcd")
        trace.add("fed")
        nap(1)
        report(trace, "rest") { reader.read(100) }
    }

    @Twin("a_read_of_nothing_does_not_wait")
    suspend fun CoroutineScope.aReadOfNothingDoesNotWait(trace: Trace) {
        val reader = newReader(2)
        reader.setTransport(Readings.PausingTransport(trace))
        report(trace, "empty") { reader.read(0) }
        report(trace, "exactly") { reader.readExactly(0) }
        reader.feed("12345")
        report(trace, "full") { reader.read(0) }
        report(trace, "all") { reader.read(5) }
    }

    @Twin("two_tasks_can_take_turns_at_reading")
    suspend fun CoroutineScope.twoTasksCanTakeTurnsAtReading(trace: Trace) {
        val reader = newReader(8)
        reader.feed("1\n2\n")
        val tasks =
            listOf("a", "b").map { name ->
                createTask {
                    repeat(2) {
                        delay(if (name == "a") 0L else 1000L)
                        if (name == "a") yield()
                        report(trace, name) { reader.readLine() }
                    }
                }
            }
        delay(500)
        trace.add("feed")
        reader.feed("3\n4\n")
        wait(tasks)
    }
}
