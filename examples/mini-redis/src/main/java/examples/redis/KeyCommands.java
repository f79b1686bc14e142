package examples.redis;

import java.util.List;

/** Commands on keys, whatever they hold. */
final class KeyCommands {

    private KeyCommands() {}

    static void addTo(CommandTable table) {
        table.add("del", -2, KeyCommands::delete);
        table.add("unlink", -2, KeyCommands::delete);
        table.add("exists", -2, KeyCommands::exists);
        table.add("type", 2, KeyCommands::type);
        table.add("expire", -3, call -> expire(call, "expire", true, true));
        table.add("pexpire", -3, call -> expire(call, "pexpire", false, true));
        table.add("expireat", -3, call -> expire(call, "expireat", true, false));
        table.add("pexpireat", -3, call -> expire(call, "pexpireat", false, false));
        table.add("ttl", 2, call -> timeToLive(call, 1000));
        table.add("pttl", 2, call -> timeToLive(call, 1));
        table.add("persist", 2, KeyCommands::persist);
        table.add("dbsize", 1, KeyCommands::size);
        table.add("flushall", -1, call -> flush(call, call.server.stores()));
        table.add("flushdb", -1, call -> flush(call, List.of(call.store)));
    }

    private static Outcome delete(Call call) {
        var removed = 0;
        for (var i = 1; i < call.request.count(); i++) {
            removed += call.store.remove(call.key(i)) ? 1 : 0;
        }
        call.replies.integer(removed);
        return Outcome.DONE;
    }

    private static Outcome exists(Call call) {
        var found = 0;
        for (var i = 1; i < call.request.count(); i++) {
            found += call.store.find(call.key(i)) != null ? 1 : 0;
        }
        call.replies.integer(found);
        return Outcome.DONE;
    }

    private static Outcome type(Call call) {
        var entry = call.store.find(call.key(1));
        call.replies.simple(entry == null ? "none" : entry.value instanceof ListValue ? "list" : "string");
        return Outcome.DONE;
    }

    private static Outcome expire(Call call, String command, boolean seconds, boolean relative)
            throws CommandException {
        var condition = ExpireCondition.parse(call.request);
        var number = call.request.number(2);
        var time = Expiry.time(number, seconds, relative ? call.store.now() : 0, command);
        var entry = call.store.find(call.key(1));
        var done = entry != null && condition.holds(entry, time);
        if (done) {
            call.store.expireAt(entry, time);
        }
        call.replies.integer(done ? 1 : 0);
        return Outcome.DONE;
    }

    private static Outcome timeToLive(Call call, int unitMillis) {
        var entry = call.store.find(call.key(1));
        if (entry == null) {
            call.replies.integer(-2);
        } else if (!entry.expires()) {
            call.replies.integer(-1);
        } else {
            // To the nearest second, as Redis does.
            call.replies.integer((entry.expiresAt - call.store.now() + unitMillis / 2) / unitMillis);
        }
        return Outcome.DONE;
    }

    private static Outcome persist(Call call) {
        var entry = call.store.find(call.key(1));
        var done = entry != null && entry.expires();
        if (done) {
            call.store.persist(entry);
        }
        call.replies.integer(done ? 1 : 0);
        return Outcome.DONE;
    }

    private static Outcome size(Call call) {
        call.replies.integer(call.store.size());
        return Outcome.DONE;
    }

    private static Outcome flush(Call call, List<Store> stores) throws CommandException {
        var request = call.request;
        if (request.count() > 2 || request.count() == 2 && !request.is(1, "ASYNC") && !request.is(1, "SYNC")) {
            throw CommandException.syntaxError();
        }
        stores.forEach(Store::clear);
        call.replies.ok();
        return Outcome.DONE;
    }
}
