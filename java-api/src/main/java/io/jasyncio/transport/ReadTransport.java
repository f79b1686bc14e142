package io.jasyncio.transport;

/** A transport that brings data (asyncio's {@code ReadTransport}). */
public interface ReadTransport extends BaseTransport {

    /** Whether data that comes is handed on: not paused and not closing. */
    boolean isReading();

    /** Hands no data on until {@link #resumeReading}; the sender will notice in time. Idempotent. */
    void pauseReading();

    /** Ends {@link #pauseReading}. Idempotent. */
    void resumeReading();
}
