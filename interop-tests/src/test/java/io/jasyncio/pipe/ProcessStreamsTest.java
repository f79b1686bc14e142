package io.jasyncio.pipe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jasyncio.kit.ChildJvm;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Standard input and output as streams. A process has them once, so each test has a process. */
class ProcessStreamsTest {

    private static Process start(String... arguments) throws IOException {
        return ChildJvm.of(ProcessStreams.class, arguments).start();
    }

    private static void type(Process process, String text) throws IOException {
        process.getOutputStream().write(text.getBytes());
        process.getOutputStream().flush();
    }

    @Test
    void aFilterAnswersEachLineAndLeavesItsOutputOpen() throws Exception {
        var process = start("upper");
        var output = process.inputReader();
        type(process, "one\n");
        assertEquals("printed before, ONE", output.readLine());
        type(process, "two\nthree");
        assertEquals("TWO", output.readLine());
        process.getOutputStream().close();
        assertEquals("THREE", output.readLine());
        assertEquals("printed afterwards", output.readLine());
        assertEquals(null, output.readLine());
        assertEquals(0, process.waitFor());
    }

    @Test
    void aFilterOfNothingEnds() throws Exception {
        var process = start("upper");
        process.getOutputStream().close();
        assertEquals("printed before, printed afterwards", process.inputReader().readLine());
        assertEquals(0, process.waitFor());
    }

    /** The thread that waits for more input can be stopped, and nobody is blamed for not closing what has no owner. */
    @Test
    void aProgramEndsWhileItsInputIsOpen() throws Exception {
        var process = start("first line");
        var output = process.inputReader();
        type(process, "one\ntwo\n");
        assertEquals("got one", output.readLine());
        assertEquals("nothing is left", output.readLine());
        assertEquals(null, output.readLine());
        assertEquals(0, process.waitFor());
    }

    @Test
    void theInputIsOpenedOnce() throws Exception {
        var process = start("twice");
        var output = process.inputReader();
        assertEquals("refused: the standard input of this process has been opened before", output.readLine());
        type(process, "one\n");
        assertEquals("got one", output.readLine());
        assertEquals(0, process.waitFor());
    }

    /** The process ends the moment after: what counts as sent must have left it. */
    @Test
    void closingTheOutputWaitsForTheLastByte() throws Exception {
        var process = start("large", "5000000");
        assertEquals(5_000_000, process.getInputStream().readAllBytes().length);
        assertEquals(0, process.waitFor());
    }

    /** {@code System.out} would go on for ever. */
    @Test
    void aProgramSeesThatNobodyReadsItsOutput() throws Exception {
        var process = start("endless");
        assertEquals("more", process.inputReader().readLine());
        process.getInputStream().close();
        assertEquals(7, process.waitFor());
    }
}
