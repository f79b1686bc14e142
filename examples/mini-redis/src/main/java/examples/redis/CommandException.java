package examples.redis;

/** A command cannot be done. Its client gets the message, and goes on. */
public final class CommandException extends Exception {

    private static final long serialVersionUID = 1;

    /** The message is the whole error, with its kind: {@code ERR syntax error}. */
    public CommandException(String message) {
        super(message, null, false, false);
    }

    static CommandException syntaxError() {
        return new CommandException("ERR syntax error");
    }

    static CommandException notAnInteger() {
        return new CommandException("ERR value is not an integer or out of range");
    }

    static CommandException wrongType() {
        return new CommandException("WRONGTYPE Operation against a key holding the wrong kind of value");
    }

    static CommandException wrongNumberOfArguments(String command) {
        return new CommandException("ERR wrong number of arguments for '" + command + "' command");
    }

    static CommandException unknownSubcommand(String subcommand, String command) {
        return new CommandException("ERR unknown subcommand '" + subcommand + "'. Try " + command + " HELP.");
    }
}
