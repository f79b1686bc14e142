package examples.redis;

/** {@code HELLO [2|3 [AUTH user password] [SETNAME name]]}: a client says which protocol it speaks. */
final class Hello {

    private Hello() {}

    static Outcome run(Call call) throws CommandException {
        var request = call.request;
        var protocol = request.count() == 1 ? call.session.protocol() : version(request);
        var name = call.session.name();
        for (var i = 2; i < request.count(); i++) {
            if (request.is(i, "AUTH") && i + 2 < request.count()) {
                ConnectionCommands.checkUser(request, i + 1);
                i += 2;
            } else if (request.is(i, "SETNAME") && i + 1 < request.count()) {
                name = ConnectionCommands.checkName(request.text(++i));
            } else {
                throw new CommandException("ERR Syntax error in HELLO option '" + request.text(i) + "'");
            }
        }
        call.session.name(name);
        call.session.protocol(protocol);
        call.replies.protocol(protocol);
        reply(call.replies, call.session);
        return Outcome.DONE;
    }

    private static int version(Request request) throws CommandException {
        long version;
        try {
            version = request.number(1);
        } catch (CommandException noNumber) {
            throw new CommandException("ERR Protocol version is not an integer or out of range");
        }
        if (version != 2 && version != 3) {
            throw new CommandException("NOPROTO unsupported protocol version");
        }
        return (int) version;
    }

    private static void reply(Replies replies, Session session) {
        replies.map(7);
        replies.bulk("server");
        replies.bulk("redis");
        replies.bulk("version");
        replies.bulk(Server.REDIS_VERSION);
        replies.bulk("proto");
        replies.integer(session.protocol());
        replies.bulk("id");
        replies.integer(session.id());
        replies.bulk("mode");
        replies.bulk("standalone");
        replies.bulk("role");
        replies.bulk("master");
        replies.bulk("modules");
        replies.array(0);
    }
}
