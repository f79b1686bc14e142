package examples.redis;

import java.util.Locale;

/** Commands about the connection that they come from. */
final class ConnectionCommands {

    private ConnectionCommands() {}

    static void addTo(CommandTable table) {
        table.addForListeners("ping", -1, ConnectionCommands::ping);
        table.add("echo", 2, ConnectionCommands::echo);
        table.add("select", 2, ConnectionCommands::select);
        table.add("hello", -1, Hello::run);
        table.add("auth", -2, ConnectionCommands::auth);
        table.addForListeners("quit", -1, ConnectionCommands::quit);
        table.addForListeners("reset", 1, ConnectionCommands::reset);
        // What a browser sends here at the wish of some page: nothing of it is to be executed, and no reply to be
        // shown.
        table.addForListeners("post", -1, call -> Outcome.CLOSE);
        table.addForListeners("host:", -1, call -> Outcome.CLOSE);
    }

    private static Outcome ping(Call call) throws CommandException {
        var count = call.request.count();
        call.require(count <= 2, "ping");
        if (call.session.hearsOnlyMessages()) {
            call.replies.array(2);
            call.replies.bulk("pong");
            call.replies.bulk(count == 2 ? call.request.copy(1) : new byte[0]);
        } else if (count == 2) {
            call.replies.bulk(call.request.copy(1));
        } else {
            call.replies.simple("PONG");
        }
        return Outcome.DONE;
    }

    private static Outcome echo(Call call) {
        call.replies.bulk(call.request.copy(1));
        return Outcome.DONE;
    }

    private static Outcome select(Call call) throws CommandException {
        var number = call.request.number(1);
        if (number != (int) number) {
            throw new CommandException("ERR value is out of range, value must between -2147483648 and 2147483647");
        }
        if (number < 0 || number >= Server.DATABASES) {
            throw new CommandException("ERR DB index is out of range");
        }
        call.openDatabase((int) number);
        call.replies.ok();
        return Outcome.DONE;
    }

    private static Outcome auth(Call call) throws CommandException {
        var count = call.request.count();
        if (count > 3) {
            throw CommandException.syntaxError();
        }
        if (count == 2) {
            throw new CommandException("ERR AUTH <password> called without any password configured for the default"
                    + " user. Are you sure your configuration is correct?");
        }
        checkUser(call.request, 1);
        call.replies.ok();
        return Outcome.DONE;
    }

    /** There is one user, who needs no password. */
    static void checkUser(Request request, int index) throws CommandException {
        if (!request.text(index).equals("default")) {
            throw new CommandException("WRONGPASS invalid username-password pair or user is disabled.");
        }
    }

    /** A name that fits into a line of words. */
    static String checkName(String name) throws CommandException {
        if (!name.chars().allMatch(character -> character >= '!' && character <= '~')) {
            throw new CommandException("ERR Client names cannot contain spaces, newlines or special characters.");
        }
        return name;
    }

    private static Outcome quit(Call call) {
        call.replies.ok();
        return Outcome.CLOSE;
    }

    private static Outcome reset(Call call) {
        call.session.reset();
        call.from(call.session);
        call.replies.protocol(2);
        call.replies.simple("RESET");
        return Outcome.RESET;
    }

    /** The second word of a command that is many, in small letters. */
    static String subcommand(Request request) {
        return request.text(1).toLowerCase(Locale.ROOT);
    }
}
