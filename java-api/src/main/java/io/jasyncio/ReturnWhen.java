package io.jasyncio;

/** When {@link Asyncio#wait} is satisfied. */
public enum ReturnWhen {
    /** As soon as one future has ended, in whatever way. */
    FIRST_COMPLETED,
    /** As soon as one has failed; a cancelled one does not count (S78). Else when all have ended. */
    FIRST_EXCEPTION,
    /** When all have ended. */
    ALL_COMPLETED
}
