package io.jasyncio;

import io.jasyncio.spi.ReadyItem;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** What a loop writes to the log. Never throws for an error: the loop goes on. */
final class LoopLog {

    private static final Logger LOG = System.getLogger("io.jasyncio");

    private LoopLog() {}

    static void error(ErrorContext context) {
        try {
            LOG.log(Level.ERROR, describe(context), context.exception());
        } catch (Throwable failed) {
            // A toString of the user's that throws must not hide what it was asked about.
            plainly(context.message() + " (and it cannot be described: " + failed + ")", context.exception());
        }
    }

    private static String describe(ErrorContext context) {
        var text = new StringBuilder(context.message());
        if (context.source() != null) {
            text.append("\n  in: ").append(context.source());
        }
        if (context.created() != null) {
            text.append("\n  created at:");
            for (var frame : context.created().getStackTrace()) {
                text.append("\n    ").append(frame);
            }
        }
        return text.toString();
    }

    /** The logger itself may fail, for instance where no file can be opened any more. */
    private static void plainly(String message, @Nullable Throwable exception) {
        try {
            LOG.log(Level.ERROR, message, exception);
        } catch (Throwable noLogger) {
            System.err.println("jasyncio: " + message + ": " + exception);
        }
    }

    static void warning(String message) {
        LOG.log(Level.WARNING, message);
    }

    /** An item took long (S129). It is named after the task that it is a step of. */
    static void slow(Object item, long tookNanos) {
        var task = item instanceof ReadyItem step ? step.task() : null;
        var millis = tookNanos / 1_000_000;
        warning("Executing " + (task == null ? item : task) + " took " + millis / 1000 + "."
                + String.format("%03d", millis % 1000) + " seconds");
    }
}
