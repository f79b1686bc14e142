package io.jasyncio.sync;

/**
 * A semaphore that takes no more permits back than it started with: giving back one too many is an error of the program
 * (asyncio's {@code BoundedSemaphore}, S83).
 *
 * <p>Thread rule: as {@link AsyncSemaphore}.
 */
public final class AsyncBoundedSemaphore extends AsyncSemaphore {

    private final int bound;

    /** A semaphore with one permit. */
    public AsyncBoundedSemaphore() {
        this(1);
    }

    /**
     * A semaphore with some permits.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public AsyncBoundedSemaphore(int permits) {
        super(permits);
        this.bound = permits;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if all permits are there already
     */
    @Override
    public void release() {
        if (availablePermits() >= bound) {
            throw new IllegalStateException("release() of a permit that nobody has taken: all " + bound + " are there");
        }
        super.release();
    }
}
