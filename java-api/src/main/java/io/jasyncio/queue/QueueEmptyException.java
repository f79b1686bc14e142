package io.jasyncio.queue;

/** There is nothing to get just now (asyncio's {@code QueueEmpty}). */
public class QueueEmptyException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    QueueEmptyException(String message) {
        super(message);
    }
}
