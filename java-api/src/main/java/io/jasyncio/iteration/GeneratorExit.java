package io.jasyncio.iteration;

/**
 * Unwinds the body of a generator that is closed at a {@code yield}: its {@code finally} blocks run, and may wait
 * (Python's {@code GeneratorExit}). No {@code catch (Exception)} holds it up. A body may catch it to clean up, and
 * should throw it again or return; it cannot yield any more.
 */
public final class GeneratorExit extends Error {

    private static final long serialVersionUID = 1L;

    /** For the library. */
    public GeneratorExit() {
        // Where it comes from is no secret, and closing early is no rare thing: without a stack trace.
        super("the generator was closed", null, false, false);
    }
}
