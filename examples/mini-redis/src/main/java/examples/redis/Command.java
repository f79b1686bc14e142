package examples.redis;

/**
 * A command by its name.
 *
 * @param name in small letters
 * @param arity how many arguments it takes, with its name; below zero: at least so many
 * @param allowedWhileListening whether a RESP2 client that has subscribed may use it
 * @param action what it does
 */
record Command(String name, int arity, boolean allowedWhileListening, Action action) {

    /** What a command does. */
    @FunctionalInterface
    interface Action {
        /**
         * Does it and writes the reply.
         *
         * @throws CommandException if it cannot be done; nothing has been written and nothing changed
         */
        Outcome run(Call call) throws CommandException;
    }

    boolean takes(int arguments) {
        return arity < 0 ? arguments >= -arity : arguments == arity;
    }
}
