package io.jasyncio.kit;

/**
 * Turns an interleaving into numbered steps: each place in a test says which step it is, and a place that is reached too
 * early, too late or twice fails the test. A test that takes a {@code Steps} parameter must reach {@link #finish}.
 *
 * <p>Any thread.
 */
public final class Steps {

    private int last;
    private boolean finished;

    /** This place is step {@code number}; the first is 1. */
    public synchronized void expect(int number) {
        if (finished) {
            throw new AssertionError("step " + number + " comes after the last one");
        }
        if (++last != number) {
            throw new AssertionError("this is step " + last + ", but the test expects step " + number + " here");
        }
    }

    /** This place is step {@code number}, and the last. */
    public synchronized void finish(int number) {
        expect(number);
        finished = true;
    }

    /** No path leads here. */
    public void unreached() {
        throw new AssertionError("this place should not be reached");
    }

    synchronized boolean isFinished() {
        return finished;
    }

    @Override
    public synchronized String toString() {
        return "step " + last + (finished ? ", finished" : "");
    }
}
