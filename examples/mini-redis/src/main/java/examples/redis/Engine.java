package examples.redis;

/** Executes commands. For one thread; knows nothing of connections. */
public final class Engine {

    /** As in Redis: how much of an unknown command its error repeats. */
    private static final int SHOWN = 128;

    private final CommandTable table = new CommandTable();
    private final Call call;

    /** An engine whose replies go there. */
    public Engine(Server server, Replies replies) {
        call = new Call(server, replies);
        StringCommands.addTo(table);
        KeyCommands.addTo(table);
        ListCommands.addTo(table);
        ConnectionCommands.addTo(table);
        PubSubCommands.addTo(table);
        ServerCommands.addTo(table);
    }

    /** Begins the turn of a client, whose replies go to the sink. */
    public void begin(Session session, Replies.Sink sink) {
        call.from(session);
        session.active(call.server.now());
        call.replies.begin(sink, session.protocol());
    }

    /** Executes a request of the client whose turn it is; the outcome says what is left to do for the connection. */
    public Outcome execute(Request request) {
        var session = call.session;
        call.request = request;
        call.server.countCommand();
        try {
            var command = table.find(request);
            if (command == null) {
                throw unknown(request);
            }
            session.lastCommand(command.name());
            if (!command.takes(request.count())) {
                throw CommandException.wrongNumberOfArguments(command.name());
            }
            if (session.hearsOnlyMessages() && !command.allowedWhileListening()) {
                throw new CommandException(
                        "ERR Can't execute '" + command.name()
                                + "': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context");
            }
            return command.action().run(call);
        } catch (CommandException failure) {
            call.replies.error(failure.getMessage());
            return Outcome.DONE;
        }
    }

    private static CommandException unknown(Request request) {
        var arguments = new StringBuilder();
        for (var i = 1; i < request.count() && arguments.length() < SHOWN; i++) {
            var shown = start(request.text(i), SHOWN - arguments.length());
            arguments.append('\'').append(shown).append("' ");
        }
        return new CommandException(
                "ERR unknown command '" + start(request.text(0), SHOWN) + "', with args beginning with: " + arguments);
    }

    /** As Redis shows it: not too long, and not further than the first zero. */
    private static String start(String text, int length) {
        var zero = text.indexOf(0);
        return text.substring(0, Math.min(length, zero < 0 ? text.length() : zero));
    }
}
