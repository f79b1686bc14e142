package examples.redis;

/**
 * A command that is being executed: who asks, for what, and where the reply goes. One object serves all commands, one after
 * the other.
 */
final class Call {

    final Server server;
    final Replies replies;
    Session session;

    /** The database in which the client works. */
    Store store;

    Request request;
    private final Key probe = new Key();

    Call(Server server, Replies replies) {
        this.server = server;
        this.replies = replies;
    }

    /** What follows comes from this client. */
    void from(Session client) {
        session = client;
        store = server.stores().get(client.database());
    }

    /** The client works in this database from now on. */
    void openDatabase(int number) {
        session.database(number);
        from(session);
    }

    /** An argument as a key; holds until the next call of this. */
    Key key(int index) {
        return request.key(index, probe);
    }

    /** Refuses a number of arguments that the table did not. */
    void require(boolean rightNumber, String command) throws CommandException {
        if (!rightNumber) {
            throw CommandException.wrongNumberOfArguments(command);
        }
    }
}
