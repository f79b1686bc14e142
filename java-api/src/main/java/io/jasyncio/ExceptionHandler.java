package io.jasyncio;

/** Takes the errors that have nobody else to go to; see {@link EventLoop#setExceptionHandler}. */
@FunctionalInterface
public interface ExceptionHandler {

    /**
     * Handles one error. Runs on the loop; what it throws is given to the default handler (S127).
     *
     * @param loop the loop that noticed the error
     * @param context what is known about it
     */
    void handle(EventLoop loop, ErrorContext context);
}
