package io.jasyncio.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What the library logs while a test runs: the errors that reached the default exception handler, and the warnings. A test
 * that expects an error takes it out; what is left fails the test. Warnings may stay.
 *
 * <p>Any thread logs; the test reads.
 */
public final class ErrorLog {

    /** Kept here, since java.util.logging itself holds loggers only weakly. */
    private static final Logger LOGGER = Logger.getLogger("io.jasyncio");

    private final List<LogRecord> errors = new ArrayList<>();
    private final List<LogRecord> warnings = new ArrayList<>();
    private final Handler handler = new Recorder();

    ErrorLog() {}

    void begin() {
        LOGGER.addHandler(handler);
        LOGGER.setUseParentHandlers(false);
    }

    void end() {
        LOGGER.removeHandler(handler);
        LOGGER.setUseParentHandlers(true);
    }

    /** Takes the oldest error out. */
    public synchronized LogRecord take() {
        if (errors.isEmpty()) {
            throw new AssertionError("no error was reported");
        }
        return errors.remove(0);
    }

    /** Takes the oldest error out and returns its exception. */
    public Throwable takeException() {
        var record = take();
        if (record.getThrown() == null) {
            throw new AssertionError("the error came without an exception: " + record.getMessage());
        }
        return record.getThrown();
    }

    /** Takes all errors out and returns their messages, oldest first. */
    public synchronized List<String> takeMessages() {
        var messages = errors.stream().map(LogRecord::getMessage).toList();
        errors.clear();
        return messages;
    }

    /** The messages of the warnings so far. */
    public synchronized List<String> warnings() {
        return warnings.stream().map(LogRecord::getMessage).toList();
    }

    private synchronized void add(LogRecord record) {
        if (record.getLevel().intValue() >= Level.SEVERE.intValue()) {
            errors.add(record);
        } else if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
            warnings.add(record);
        }
    }

    synchronized List<LogRecord> left() {
        return List.copyOf(errors);
    }

    private final class Recorder extends Handler {

        @Override
        public void publish(LogRecord record) {
            add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
