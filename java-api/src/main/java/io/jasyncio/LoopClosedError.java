package io.jasyncio;

/**
 * Unwinds a direct-style body whose loop was closed while it waited: its {@code finally} blocks run, and a
 * {@code catch (Exception)} around an await in a loop does not keep it alive. Python's {@code GeneratorExit}.
 */
final class LoopClosedError extends Error {

    private static final long serialVersionUID = 1L;

    LoopClosedError(Task<?> task) {
        super("the event loop was closed while " + task.getName() + " was waiting");
    }
}
