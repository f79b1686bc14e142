package examples.redis;

/** Commands on strings. */
final class StringCommands {

    private StringCommands() {}

    static void addTo(CommandTable table) {
        table.add("get", 2, StringCommands::get);
        table.add("set", -3, StringCommands::set);
        table.add("mget", -2, StringCommands::mget);
        table.add("incr", 2, call -> increment(call, 1));
        table.add("decr", 2, call -> increment(call, -1));
        table.add("incrby", 3, call -> increment(call, call.request.number(2)));
        table.add("decrby", 3, StringCommands::decrementBy);
    }

    private static Outcome get(Call call) throws CommandException {
        call.replies.bulkOrNil(call.store.string(call.key(1)));
        return Outcome.DONE;
    }

    private static Outcome set(Call call) throws CommandException {
        var request = call.request;
        var options = request.count() == 3 ? SetOptions.NONE : SetOptions.parse(request, call.store.now());
        var key = call.key(1);
        var before = options.plain() ? null : call.store.find(key);
        var old = options.get() && before != null ? before.string() : null;
        var refused = options.onlyIfAbsent() && before != null || options.onlyIfPresent() && before == null;
        if (!refused) {
            var entry = call.store.set(key, request.copy(2), options.keepExpiry());
            if (options.expires()) {
                call.store.expireAt(entry, options.expiresAt());
            }
        }
        if (options.get()) {
            call.replies.bulkOrNil(old);
        } else if (refused) {
            call.replies.nil();
        } else {
            call.replies.ok();
        }
        return Outcome.DONE;
    }

    private static Outcome mget(Call call) {
        var count = call.request.count() - 1;
        call.replies.array(count);
        for (var i = 1; i <= count; i++) {
            var entry = call.store.find(call.key(i));
            call.replies.bulkOrNil(entry != null && entry.value instanceof byte[] string ? string : null);
        }
        return Outcome.DONE;
    }

    private static Outcome decrementBy(Call call) throws CommandException {
        var by = call.request.number(2);
        if (by == Long.MIN_VALUE) {
            throw new CommandException("ERR decrement would overflow");
        }
        return increment(call, -by);
    }

    private static Outcome increment(Call call, long by) throws CommandException {
        call.replies.integer(call.store.increment(call.key(1), by));
        return Outcome.DONE;
    }
}
