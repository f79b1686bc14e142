package io.jasyncio.queue;

/** There is no room to put anything just now (asyncio's {@code QueueFull}). */
public class QueueFullException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    QueueFullException(String message) {
        super(message);
    }
}
