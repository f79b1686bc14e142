package examples.redis;

import static examples.redis.ConnectionCommands.subcommand;

/** Commands about channels. Who listens is the connections' business, so all that is done here is to refuse what is wrong. */
final class PubSubCommands {

    /**
     * The longest name of a channel and the longest pattern, in bytes. Redis has no such limit. But to compare the two may
     * take as many steps as the product of their lengths, and everybody waits for that.
     */
    static final int LONGEST_NAME = 4096;

    private PubSubCommands() {}

    static void addTo(CommandTable table) {
        table.addForListeners("subscribe", -2, call -> named(call, Outcome.SUBSCRIBE));
        table.addForListeners("unsubscribe", -1, call -> Outcome.UNSUBSCRIBE);
        table.addForListeners("psubscribe", -2, call -> named(call, Outcome.PATTERN_SUBSCRIBE));
        table.addForListeners("punsubscribe", -1, call -> Outcome.PATTERN_UNSUBSCRIBE);
        table.add("publish", 3, PubSubCommands::publish);
        table.add("pubsub", -2, PubSubCommands::pubSub);
    }

    private static Outcome named(Call call, Outcome outcome) throws CommandException {
        for (var i = 1; i < call.request.count(); i++) {
            requireShort(call.request, i);
        }
        return outcome;
    }

    private static void requireShort(Request request, int index) throws CommandException {
        if (request.length(index) > LONGEST_NAME) {
            throw new CommandException("ERR names of channels and patterns have at most " + LONGEST_NAME + " bytes");
        }
    }

    private static Outcome publish(Call call) throws CommandException {
        requireShort(call.request, 1);
        return Outcome.PUBLISH;
    }

    private static Outcome pubSub(Call call) throws CommandException {
        var request = call.request;
        switch (subcommand(request)) {
            case "channels" -> {
                if (request.count() > 3) {
                    throw new CommandException("ERR unknown subcommand or wrong number of arguments for '"
                            + request.text(1) + "'. Try PUBSUB HELP.");
                }
                if (request.count() == 3) {
                    requireShort(request, 2);
                }
            }
            case "numpat" -> call.require(request.count() == 2, "pubsub|numpat");
            case "numsub" -> {}
            default -> throw CommandException.unknownSubcommand(request.text(1), "PUBSUB");
        }
        return Outcome.PUBSUB;
    }
}
