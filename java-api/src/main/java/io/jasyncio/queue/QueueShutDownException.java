package io.jasyncio.queue;

/** The queue was shut down (asyncio's {@code QueueShutDown}, S93). */
public class QueueShutDownException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    QueueShutDownException(String message) {
        super(message);
    }
}
