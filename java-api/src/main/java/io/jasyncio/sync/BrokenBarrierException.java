package io.jasyncio.sync;

/** The barrier was aborted, or reset while somebody waited (asyncio's {@code BrokenBarrierError}, S88). */
public class BrokenBarrierException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    BrokenBarrierException(String message) {
        super(message);
    }
}
