package examples.redis;

import java.util.regex.Pattern;

/** How long a client wants to wait. */
final class Timeouts {

    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(\\d{1,40}(\\.\\d{0,40})?|\\.\\d{1,40})([eE][-+]?\\d{1,4})?");

    private Timeouts() {}

    /** Seconds with a fraction as milliseconds, rounded up: a short wait is not to be a wait for ever. */
    static long parseMillis(String seconds, long now) throws CommandException {
        var infinite = seconds.equalsIgnoreCase("inf") || seconds.equalsIgnoreCase("+inf");
        if (!infinite && !NUMBER.matcher(seconds).matches()) {
            throw new CommandException("ERR timeout is not a float or out of range");
        }
        var millis = infinite ? Double.POSITIVE_INFINITY : Math.ceil(Double.parseDouble(seconds) * 1000);
        if (millis < 0) {
            throw new CommandException("ERR timeout is negative");
        }
        if (millis > Long.MAX_VALUE - now) {
            throw new CommandException("ERR timeout is out of range");
        }
        return (long) millis;
    }
}
