package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.createStageTask;
import static io.jasyncio.conformance.Children.seconds;
import static io.jasyncio.conformance.Contenders.secondBySecond;
import static io.jasyncio.conformance.Ending.known;
import static io.jasyncio.conformance.Ending.napStage;
import static io.jasyncio.conformance.Ending.onePass;
import static io.jasyncio.conformance.Readings.READ_SOON;
import static io.jasyncio.conformance.Readings.bytes;
import static io.jasyncio.conformance.Readings.newReader;
import static io.jasyncio.conformance.Readings.reportStage;
import static io.jasyncio.conformance.Readings.startStage;

import io.jasyncio.Asyncio;
import io.jasyncio.stream.LimitOverrunException;
import io.jasyncio.stream.StreamReader;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** S97 to S102 in stage style. */
class ReadersStage {

    private static Runnable feeding(StreamReader reader, String data) {
        return () -> reader.feedData(bytes(data));
    }

    @Twin("a_read_takes_what_is_there")
    CompletionStage<?> aReadTakesWhatIsThere(Trace trace) {
        var reader = newReader(8);
        reader.feedData(bytes("abcde"));
        var passes = Passes.start();
        return reportStage(trace, "two", () -> reader.readAsync(2))
                .thenCompose(then -> reportStage(trace, "none", () -> reader.readAsync(0)))
                .thenCompose(then -> reportStage(trace, "many", () -> reader.readAsync(100)))
                .thenRun(() -> trace.add("passes", passes.stop(), "at eof", reader.atEof()));
    }

    @Twin("a_read_that_waits_takes_what_has_come_when_its_turn_comes")
    CompletionStage<?> aReadThatWaitsTakesWhatHasComeWhenItsTurnComes(Trace trace) {
        var reader = newReader(8);
        startStage(trace, "reader", () -> reader.readAsync(100));
        return napStage(1).thenCompose(then -> {
            var passes = Passes.start();
            reader.feedData(bytes("a"));
            reader.feedData(bytes("b"));
            trace.add("fed");
            return onePass().thenRun(() -> trace.add("passes", passes.stop()));
        });
    }

    @Twin("a_request_in_the_pass_of_the_data_loses_none")
    CompletionStage<?> aRequestInThePassOfTheDataLosesNone(Trace trace) {
        var reader = newReader(8);
        var first = startStage(trace, "first", () -> reader.readAsync(100));
        return secondBySecond(() -> {
                    reader.feedData(bytes("abc"));
                    first.cancel();
                })
                .thenCompose(then -> reportStage(trace, "second", () -> reader.readAsync(100)));
    }

    @Twin("data_after_a_request_of_the_same_pass_is_for_the_next")
    CompletionStage<?> dataAfterARequestOfTheSamePassIsForTheNext(Trace trace) {
        var reader = newReader(8);
        var first = startStage(trace, "first", reader::readLineAsync);
        return napStage(1).thenCompose(then -> {
            first.cancel();
            reader.feedData(bytes("abc\n"));
            var second = startStage(trace, "second", reader::readLineAsync);
            return napStage(1).thenRun(() -> trace.add("done", first.isCancelled(), second.isDone()));
        });
    }

    @Twin("a_second_read_is_refused_while_one_waits")
    CompletionStage<?> aSecondReadIsRefusedWhileOneWaits(Trace trace) {
        var reader = newReader(8);
        startStage(trace, "first", () -> reader.readAsync(100));
        return napStage(1)
                .thenCompose(then -> reportStage(trace, "read", () -> reader.readAsync(1)))
                .thenCompose(then -> reportStage(trace, "line", reader::readLineAsync))
                .thenCompose(then -> reportStage(trace, "exactly", () -> reader.readExactlyAsync(1)))
                .thenCompose(then -> secondBySecond(feeding(reader, "abc")));
    }

    @Twin("the_end_of_the_stream_ends_a_read")
    CompletionStage<?> theEndOfTheStreamEndsARead(Trace trace) {
        var reader = newReader(8);
        startStage(trace, "first", () -> reader.readAsync(100));
        return secondBySecond(() -> {
                    reader.feedEof();
                    trace.add("at eof", reader.atEof());
                })
                .thenCompose(then -> reportStage(trace, "second", () -> reader.readAsync(100)))
                .thenCompose(then -> reportStage(trace, "line", reader::readLineAsync))
                .thenCompose(then -> reportStage(trace, "exactly", () -> reader.readExactlyAsync(1)))
                .thenCompose(then -> reportStage(trace, "exactly nothing", () -> reader.readExactlyAsync(0)));
    }

    @Twin("the_end_of_the_stream_comes_after_its_data")
    CompletionStage<?> theEndOfTheStreamComesAfterItsData(Trace trace) {
        var reader = newReader(8);
        reader.feedData(bytes("abc"));
        reader.feedEof();
        trace.add("at eof", reader.atEof());
        return reportStage(trace, "first", () -> reader.readAsync(2))
                .thenCompose(then -> reportStage(trace, "second", () -> reader.readAsync(2)))
                .thenRun(() -> trace.add("at eof", reader.atEof()))
                .thenCompose(then -> reportStage(trace, "third", () -> reader.readAsync(2)));
    }

    @Twin("reading_all_waits_for_the_end")
    CompletionStage<?> readingAllWaitsForTheEnd(Trace trace) {
        var reader = newReader(2);
        startStage(trace, "all", reader::readAsync);
        var done = known((Void) null).thenRun(() -> {});
        for (var piece : new String[] {"abc", "def", "ghi"}) {
            done = done.thenCompose(then -> napStage(1)).thenRun(() -> {
                reader.feedData(bytes(piece));
                trace.add("fed");
            });
        }
        return done.thenCompose(then -> secondBySecond(reader::feedEof));
    }

    @Twin("so_many_bytes_and_no_fewer")
    CompletionStage<?> soManyBytesAndNoFewer(Trace trace) {
        var reader = newReader(2);
        var task = startStage(trace, "ten", () -> reader.readExactlyAsync(10));
        return secondBySecond(Stream.of("abcd", "efgh", "ijkl")
                        .map(piece -> (Runnable) () -> {
                            trace.add("done", task.isDone());
                            reader.feedData(bytes(piece));
                        })
                        .toArray(Runnable[]::new))
                .thenRun(() -> startStage(trace, "five", () -> reader.readExactlyAsync(5)))
                .thenCompose(then -> secondBySecond(reader::feedEof))
                .thenCompose(then -> reportStage(trace, "rest", reader::readAsync));
    }

    @Twin("a_request_leaves_the_bytes_of_an_exact_read")
    CompletionStage<?> aRequestLeavesTheBytesOfAnExactRead(Trace trace) {
        var reader = newReader(8);
        var task = startStage(trace, "ten", () -> reader.readExactlyAsync(10));
        return secondBySecond(feeding(reader, "abc"), task::cancel)
                .thenCompose(then -> reportStage(trace, "then", () -> reader.readAsync(100)));
    }

    @Twin(
            value = "lines_come_one_by_one",
            because = "a line comes without its end, and the end of the stream is a null",
            trace = {"first 3 one", "second 3 two", "third 0 ", "fed", "fourth got three", "fifth got nothing"})
    CompletionStage<?> linesComeOneByOne(Trace trace) {
        var reader = newReader(8);
        reader.feedData(bytes("one\ntwo\n\nthr"));
        var done = known((Void) null).thenRun(() -> {});
        for (var name : new String[] {"first", "second", "third"}) {
            done = done.thenCompose(then -> reader.readLineAsync())
                    .thenAccept(line -> trace.add(name, line.length(), line));
        }
        return done.thenRun(() -> startStage(trace, "fourth", reader::readLineAsync))
                .thenCompose(then -> secondBySecond(feeding(reader, "ee")))
                .thenCompose(then -> {
                    trace.add("fed");
                    reader.feedEof();
                    return napStage(1);
                })
                .thenCompose(then -> reportStage(trace, "fifth", reader::readLineAsync));
    }

    @Twin("lines_can_be_gone_through")
    CompletionStage<?> linesCanBeGoneThrough(Trace trace) {
        var reader = newReader(8);
        var task = createStageTask(
                () -> reader.forEachAsync(line -> trace.add("line", line)).thenRun(() -> trace.add("over")));
        return secondBySecond(feeding(reader, "one\ntwo\nth"), feeding(reader, "ree\nfour"), reader::feedEof)
                .thenCompose(then -> task);
    }

    @Twin("a_line_beyond_the_limit_is_dropped")
    CompletionStage<?> aLineBeyondTheLimitIsDropped(Trace trace) {
        var reader = newReader(4);
        reader.feedData(bytes("123456\nnext\n"));
        return reportStage(trace, "first", reader::readLineAsync)
                .thenCompose(then -> reader.readLineAsync())
                .thenAccept(line -> trace.add("second", line));
    }

    @Twin("of_an_endless_line_is_dropped_what_has_come")
    CompletionStage<?> ofAnEndlessLineIsDroppedWhatHasCome(Trace trace) {
        var reader = newReader(4);
        startStage(trace, "first", reader::readLineAsync);
        return secondBySecond(feeding(reader, "123456"), feeding(reader, "78\n"))
                .thenCompose(then -> reader.readLineAsync())
                .thenAccept(line -> trace.add("second", line));
    }

    @Twin("a_line_as_long_as_the_limit_is_read")
    CompletionStage<?> aLineAsLongAsTheLimitIsRead(Trace trace) {
        var reader = newReader(4);
        reader.feedData(bytes("1234\n12345\n"));
        return reader.readLineAsync()
                .thenAccept(line -> trace.add("first", line))
                .thenCompose(then -> reportStage(trace, "second", reader::readLineAsync));
    }

    @Twin("up_to_a_separator")
    CompletionStage<?> upToASeparator(Trace trace) {
        var reader = newReader(8);
        startStage(trace, "first", () -> reader.readUntilAsync(bytes("END")));
        return secondBySecond(Stream.of("abE", "N", "Dcd")
                        .map(piece -> (Runnable) () -> {
                            reader.feedData(bytes(piece));
                            trace.add("fed");
                        })
                        .toArray(Runnable[]::new))
                .thenCompose(then -> {
                    reader.feedData(bytes("EN"));
                    reader.feedEof();
                    return reportStage(trace, "second", () -> reader.readUntilAsync(bytes("END")));
                });
    }

    @Twin("up_to_the_separator_that_ends_first")
    CompletionStage<?> upToTheSeparatorThatEndsFirst(Trace trace) {
        var reader = newReader(100);
        reader.feedData(bytes("a\r\nb;c\nd"));
        byte[][] separators = {bytes("\r\n"), bytes("\n"), bytes(";")};
        var done = known((Void) null).thenRun(() -> {});
        for (var name : new String[] {"first", "second", "third"}) {
            done = done.thenCompose(then -> reader.readUntilAsync(separators))
                    .thenAccept(data -> trace.add(name, data.length));
        }
        return done.thenRun(reader::feedEof)
                .thenCompose(then -> reportStage(trace, "fourth", () -> reader.readUntilAsync(separators)));
    }

    @Twin("beyond_the_limit_everything_stays")
    CompletionStage<?> beyondTheLimitEverythingStays(Trace trace) {
        var reader = newReader(4);
        return beyond(trace, reader, "123456;", ";").thenCompose(then -> beyond(trace, reader, "1234567", ";;"));
    }

    private static CompletionStage<Void> beyond(Trace trace, StreamReader reader, String data, String separator) {
        reader.feedData(bytes(data));
        return reader.readUntilAsync(bytes(separator))
                .handle((bytes, failure) -> {
                    trace.add("overrun after", ((LimitOverrunException) failure).consumed());
                    return bytes;
                })
                .thenCompose(then -> reportStage(trace, "read", () -> reader.readAsync(100)));
    }

    @Twin("a_broken_stream_fails_every_read")
    CompletionStage<?> aBrokenStreamFailsEveryRead(Trace trace) {
        var reader = newReader(8);
        startStage(trace, "first", () -> reader.readExactlyAsync(5));
        return secondBySecond(feeding(reader, "abc"), () -> reader.setException(new IllegalStateException("broken")))
                .thenCompose(then -> reportStage(trace, "second", () -> reader.readAsync(1)))
                .thenRun(() -> trace.add("at eof", reader.atEof()));
    }

    @Twin("reading_pauses_above_twice_the_limit")
    CompletionStage<?> readingPausesAboveTwiceTheLimit(Trace trace) {
        var reader = newReader(4);
        reader.setTransport(new Readings.PausingTransport(trace));
        for (var piece : new String[] {"12345678", "9", "0"}) {
            reader.feedData(bytes(piece));
            trace.add("fed");
        }
        return reportStage(trace, "first", () -> reader.readAsync(3))
                .thenCompose(then -> reportStage(trace, "second", () -> reader.readAsync(3)))
                .thenCompose(then -> reportStage(trace, "third", () -> reader.readAsync(3)));
    }

    @Twin(
            value = "who_waits_has_reading_go_on",
            because = READ_SOON,
            trace = {"pause", "resume", "feed", "fed", "exactly got 1234567890ab", "rest got cd"})
    CompletionStage<?> whoWaitsHasReadingGoOn(Trace trace) {
        var reader = newReader(4);
        reader.setTransport(new Readings.PausingTransport(trace));
        reader.feedData(bytes("1234567890"));
        startStage(trace, "exactly", () -> reader.readExactlyAsync(12));
        return secondBySecond(() -> {
                    trace.add("feed");
                    reader.feedData(bytes("abcd"));
                    trace.add("fed");
                })
                .thenCompose(then -> reportStage(trace, "rest", () -> reader.readAsync(100)));
    }

    @Twin("a_read_of_nothing_does_not_wait")
    CompletionStage<?> aReadOfNothingDoesNotWait(Trace trace) {
        var reader = newReader(2);
        reader.setTransport(new Readings.PausingTransport(trace));
        return reportStage(trace, "empty", () -> reader.readAsync(0))
                .thenCompose(then -> reportStage(trace, "exactly", () -> reader.readExactlyAsync(0)))
                .thenRun(feeding(reader, "12345"))
                .thenCompose(then -> reportStage(trace, "full", () -> reader.readAsync(0)))
                .thenCompose(then -> reportStage(trace, "all", () -> reader.readAsync(5)));
    }

    @Twin("two_tasks_can_take_turns_at_reading")
    CompletionStage<?> twoTasksCanTakeTurnsAtReading(Trace trace) {
        var reader = newReader(8);
        reader.feedData(bytes("1\n2\n"));
        var tasks = Stream.of("a", "b")
                .map(name ->
                        createStageTask(() -> take(trace, reader, name).thenCompose(then -> take(trace, reader, name))))
                .toList();
        return Asyncio.sleep(Duration.ofMillis(500)).thenCompose(then -> {
            trace.add("feed");
            reader.feedData(bytes("3\n4\n"));
            return Asyncio.wait(tasks);
        });
    }

    private static CompletionStage<Void> take(Trace trace, StreamReader reader, String name) {
        return Asyncio.sleep(seconds(name.equals("a") ? 0 : 1))
                .thenCompose(then -> reportStage(trace, name, reader::readLineAsync));
    }
}
