package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Ending.nap;
import static io.jasyncio.conformance.Ending.onePass;
import static io.jasyncio.conformance.Readings.READ_SOON;
import static io.jasyncio.conformance.Readings.bytes;
import static io.jasyncio.conformance.Readings.newReader;
import static io.jasyncio.conformance.Readings.report;
import static io.jasyncio.conformance.Readings.start;

import io.jasyncio.Asyncio;
import io.jasyncio.Task;
import io.jasyncio.stream.LimitOverrunException;
import io.jasyncio.stream.StreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** S97 to S102 in direct style. */
class ReadersDirect {

    private static void feed(StreamReader reader, String... pieces) throws Exception {
        for (var piece : pieces) {
            nap(1);
            reader.feedData(bytes(piece));
        }
    }

    @Twin("a_read_takes_what_is_there")
    void aReadTakesWhatIsThere(Trace trace) throws Exception {
        var reader = newReader(8);
        reader.feedData(bytes("abcde"));
        var passes = Passes.start();
        report(trace, "two", () -> reader.readAsync(2));
        report(trace, "none", () -> reader.readAsync(0));
        report(trace, "many", () -> reader.readAsync(100));
        trace.add("passes", passes.stop(), "at eof", reader.atEof());
    }

    @Twin("a_read_that_waits_takes_what_has_come_when_its_turn_comes")
    void aReadThatWaitsTakesWhatHasComeWhenItsTurnComes(Trace trace) throws Exception {
        var reader = newReader(8);
        start(trace, "reader", () -> reader.readAsync(100));
        nap(1);
        var passes = Passes.start();
        reader.feedData(bytes("a"));
        reader.feedData(bytes("b"));
        trace.add("fed");
        await(onePass());
        trace.add("passes", passes.stop());
    }

    @Twin("a_request_in_the_pass_of_the_data_loses_none")
    void aRequestInThePassOfTheDataLosesNone(Trace trace) throws Exception {
        var reader = newReader(8);
        var first = start(trace, "first", () -> reader.readAsync(100));
        nap(1);
        reader.feedData(bytes("abc"));
        first.cancel();
        nap(1);
        report(trace, "second", () -> reader.readAsync(100));
    }

    @Twin("data_after_a_request_of_the_same_pass_is_for_the_next")
    void dataAfterARequestOfTheSamePassIsForTheNext(Trace trace) throws Exception {
        var reader = newReader(8);
        var first = start(trace, "first", reader::readLineAsync);
        nap(1);
        first.cancel();
        reader.feedData(bytes("abc\n"));
        var second = start(trace, "second", reader::readLineAsync);
        nap(1);
        trace.add("done", first.isCancelled(), second.isDone());
    }

    @Twin("a_second_read_is_refused_while_one_waits")
    void aSecondReadIsRefusedWhileOneWaits(Trace trace) throws Exception {
        var reader = newReader(8);
        start(trace, "first", () -> reader.readAsync(100));
        nap(1);
        report(trace, "read", () -> reader.readAsync(1));
        report(trace, "line", reader::readLineAsync);
        report(trace, "exactly", () -> reader.readExactlyAsync(1));
        feed(reader, "abc");
        nap(1);
    }

    @Twin("the_end_of_the_stream_ends_a_read")
    void theEndOfTheStreamEndsARead(Trace trace) throws Exception {
        var reader = newReader(8);
        start(trace, "first", () -> reader.readAsync(100));
        nap(1);
        reader.feedEof();
        trace.add("at eof", reader.atEof());
        nap(1);
        report(trace, "second", () -> reader.readAsync(100));
        report(trace, "line", reader::readLineAsync);
        report(trace, "exactly", () -> reader.readExactlyAsync(1));
        report(trace, "exactly nothing", () -> reader.readExactlyAsync(0));
    }

    @Twin("the_end_of_the_stream_comes_after_its_data")
    void theEndOfTheStreamComesAfterItsData(Trace trace) throws Exception {
        var reader = newReader(8);
        reader.feedData(bytes("abc"));
        reader.feedEof();
        trace.add("at eof", reader.atEof());
        report(trace, "first", () -> reader.readAsync(2));
        report(trace, "second", () -> reader.readAsync(2));
        trace.add("at eof", reader.atEof());
        report(trace, "third", () -> reader.readAsync(2));
    }

    @Twin("reading_all_waits_for_the_end")
    void readingAllWaitsForTheEnd(Trace trace) throws Exception {
        var reader = newReader(2);
        start(trace, "all", reader::readAsync);
        for (var piece : List.of("abc", "def", "ghi")) {
            feed(reader, piece);
            trace.add("fed");
        }
        nap(1);
        reader.feedEof();
        nap(1);
    }

    @Twin("so_many_bytes_and_no_fewer")
    void soManyBytesAndNoFewer(Trace trace) throws Exception {
        var reader = newReader(2);
        var task = start(trace, "ten", () -> reader.readExactlyAsync(10));
        for (var piece : List.of("abcd", "efgh", "ijkl")) {
            nap(1);
            trace.add("done", task.isDone());
            reader.feedData(bytes(piece));
        }
        nap(1);
        start(trace, "five", () -> reader.readExactlyAsync(5));
        nap(1);
        reader.feedEof();
        nap(1);
        report(trace, "rest", reader::readAsync);
    }

    @Twin("a_request_leaves_the_bytes_of_an_exact_read")
    void aRequestLeavesTheBytesOfAnExactRead(Trace trace) throws Exception {
        var reader = newReader(8);
        var task = start(trace, "ten", () -> reader.readExactlyAsync(10));
        feed(reader, "abc");
        nap(1);
        task.cancel();
        nap(1);
        report(trace, "then", () -> reader.readAsync(100));
    }

    @Twin(
            value = "lines_come_one_by_one",
            because = "a line comes without its end, and the end of the stream is a null",
            trace = {"first 3 one", "second 3 two", "third 0 ", "fed", "fourth got three", "fifth got nothing"})
    void linesComeOneByOne(Trace trace) throws Exception {
        var reader = newReader(8);
        reader.feedData(bytes("one\ntwo\n\nthr"));
        for (var name : List.of("first", "second", "third")) {
            var line = await(reader.readLineAsync());
            trace.add(name, line.length(), line);
        }
        start(trace, "fourth", reader::readLineAsync);
        feed(reader, "ee");
        nap(1);
        trace.add("fed");
        reader.feedEof();
        nap(1);
        report(trace, "fifth", reader::readLineAsync);
    }

    @Twin("lines_can_be_gone_through")
    void linesCanBeGoneThrough(Trace trace) throws Exception {
        var reader = newReader(8);
        var task = createTask(() -> {
            for (var line : reader.each()) {
                trace.add("line", line);
            }
            trace.add("over");
        });
        feed(reader, "one\ntwo\nth", "ree\nfour");
        nap(1);
        reader.feedEof();
        await(task);
    }

    @Twin("a_line_beyond_the_limit_is_dropped")
    void aLineBeyondTheLimitIsDropped(Trace trace) throws Exception {
        var reader = newReader(4);
        reader.feedData(bytes("123456\nnext\n"));
        report(trace, "first", reader::readLineAsync);
        trace.add("second", await(reader.readLineAsync()));
    }

    @Twin("of_an_endless_line_is_dropped_what_has_come")
    void ofAnEndlessLineIsDroppedWhatHasCome(Trace trace) throws Exception {
        var reader = newReader(4);
        start(trace, "first", reader::readLineAsync);
        feed(reader, "123456", "78\n");
        trace.add("second", await(reader.readLineAsync()));
    }

    @Twin("a_line_as_long_as_the_limit_is_read")
    void aLineAsLongAsTheLimitIsRead(Trace trace) throws Exception {
        var reader = newReader(4);
        reader.feedData(bytes("1234\n12345\n"));
        trace.add("first", await(reader.readLineAsync()));
        report(trace, "second", reader::readLineAsync);
    }

    @Twin("up_to_a_separator")
    void upToASeparator(Trace trace) throws Exception {
        var reader = newReader(8);
        start(trace, "first", () -> reader.readUntilAsync(bytes("END")));
        for (var piece : List.of("abE", "N", "Dcd")) {
            feed(reader, piece);
            trace.add("fed");
        }
        nap(1);
        reader.feedData(bytes("EN"));
        reader.feedEof();
        report(trace, "second", () -> reader.readUntilAsync(bytes("END")));
    }

    @Twin("up_to_the_separator_that_ends_first")
    void upToTheSeparatorThatEndsFirst(Trace trace) throws Exception {
        var reader = newReader(100);
        reader.feedData(bytes("a\r\nb;c\nd"));
        byte[][] separators = {bytes("\r\n"), bytes("\n"), bytes(";")};
        for (var name : List.of("first", "second", "third")) {
            trace.add(name, await(reader.readUntilAsync(separators)).length);
        }
        reader.feedEof();
        report(trace, "fourth", () -> reader.readUntilAsync(separators));
    }

    @Twin("beyond_the_limit_everything_stays")
    void beyondTheLimitEverythingStays(Trace trace) throws Exception {
        var reader = newReader(4);
        beyond(trace, reader, "123456;", ";");
        beyond(trace, reader, "1234567", ";;");
    }

    private static void beyond(Trace trace, StreamReader reader, String data, String separator) throws Exception {
        reader.feedData(bytes(data));
        try {
            await(reader.readUntilAsync(bytes(separator)));
        } catch (LimitOverrunException overrun) {
            trace.add("overrun after", overrun.consumed());
        }
        report(trace, "read", () -> reader.readAsync(100));
    }

    @Twin("a_broken_stream_fails_every_read")
    void aBrokenStreamFailsEveryRead(Trace trace) throws Exception {
        var reader = newReader(8);
        start(trace, "first", () -> reader.readExactlyAsync(5));
        feed(reader, "abc");
        nap(1);
        reader.setException(new IllegalStateException("broken"));
        nap(1);
        report(trace, "second", () -> reader.readAsync(1));
        trace.add("at eof", reader.atEof());
    }

    @Twin("reading_pauses_above_twice_the_limit")
    void readingPausesAboveTwiceTheLimit(Trace trace) throws Exception {
        var reader = newReader(4);
        reader.setTransport(new Readings.PausingTransport(trace));
        for (var piece : List.of("12345678", "9", "0")) {
            reader.feedData(bytes(piece));
            trace.add("fed");
        }
        for (var name : List.of("first", "second", "third")) {
            report(trace, name, () -> reader.readAsync(3));
        }
    }

    @Twin(
            value = "who_waits_has_reading_go_on",
            because = READ_SOON,
            trace = {"pause", "resume", "feed", "fed", "exactly got 1234567890ab", "rest got cd"})
    void whoWaitsHasReadingGoOn(Trace trace) throws Exception {
        var reader = newReader(4);
        reader.setTransport(new Readings.PausingTransport(trace));
        reader.feedData(bytes("1234567890"));
        start(trace, "exactly", () -> reader.readExactlyAsync(12));
        nap(1);
        trace.add("feed");
        reader.feedData(bytes("abcd"));
        trace.add("fed");
        nap(1);
        report(trace, "rest", () -> reader.readAsync(100));
    }

    @Twin("a_read_of_nothing_does_not_wait")
    void aReadOfNothingDoesNotWait(Trace trace) throws Exception {
        var reader = newReader(2);
        reader.setTransport(new Readings.PausingTransport(trace));
        report(trace, "empty", () -> reader.readAsync(0));
        report(trace, "exactly", () -> reader.readExactlyAsync(0));
        reader.feedData(bytes("12345"));
        report(trace, "full", () -> reader.readAsync(0));
        report(trace, "all", () -> reader.readAsync(5));
    }

    @Twin("two_tasks_can_take_turns_at_reading")
    void twoTasksCanTakeTurnsAtReading(Trace trace) throws Exception {
        var reader = newReader(8);
        reader.feedData(bytes("1\n2\n"));
        var tasks = new ArrayList<Task<Void>>();
        for (var name : List.of("a", "b")) {
            tasks.add(createTask(() -> {
                for (var i = 0; i < 2; i++) {
                    await(Asyncio.sleep(seconds(name.equals("a") ? 0 : 1)));
                    report(trace, name, reader::readLineAsync);
                }
            }));
        }
        await(Asyncio.sleep(Duration.ofMillis(500)));
        trace.add("feed");
        reader.feedData(bytes("3\n4\n"));
        await(Asyncio.wait(tasks));
    }
}
