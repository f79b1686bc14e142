package examples.redis;

/** The times at which keys expire. */
final class Expiry {

    private Expiry() {}

    /**
     * A time in milliseconds.
     *
     * @param number of seconds or milliseconds
     * @param base from when it counts, in milliseconds
     */
    static long time(long number, boolean seconds, long base, String command) throws CommandException {
        try {
            return Math.addExact(seconds ? Math.multiplyExact(number, 1000) : number, base);
        } catch (ArithmeticException tooFar) {
            throw invalid(command);
        }
    }

    static CommandException invalid(String command) {
        return new CommandException("ERR invalid expire time in '" + command + "' command");
    }
}
