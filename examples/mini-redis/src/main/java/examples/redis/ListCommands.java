package examples.redis;

import java.util.ArrayList;

/** Commands on lists. */
final class ListCommands {

    private ListCommands() {}

    static void addTo(CommandTable table) {
        table.add("lpush", -3, call -> push(call, true));
        table.add("rpush", -3, call -> push(call, false));
        table.add("lpop", -2, call -> pop(call, true, "lpop"));
        table.add("rpop", -2, call -> pop(call, false, "rpop"));
        table.add("llen", 2, ListCommands::length);
        table.add("lrange", 4, ListCommands::range);
        table.add("blpop", -3, call -> blockingPop(call, true));
        table.add("brpop", -3, call -> blockingPop(call, false));
    }

    private static Outcome push(Call call, boolean first) throws CommandException {
        var request = call.request;
        var list = call.store.listForPush(call.key(1));
        for (var i = 2; i < request.count(); i++) {
            if (first) {
                list.addFirst(request.copy(i));
            } else {
                list.addLast(request.copy(i));
            }
        }
        call.replies.integer(list.size());
        return Outcome.PUSHED;
    }

    private static Outcome pop(Call call, boolean first, String command) throws CommandException {
        call.require(call.request.count() <= 3, command);
        if (call.request.count() == 2) {
            call.replies.bulkOrNil(call.store.pop(call.key(1), first));
            return Outcome.DONE;
        }
        var wanted = countOf(call.request);
        var key = call.key(1);
        var list = call.store.list(key);
        if (list == null) {
            call.replies.nilArray();
            return Outcome.DONE;
        }
        var count = (int) Math.min(wanted, list.size());
        call.replies.array(count);
        for (var i = 0; i < count; i++) {
            call.replies.bulk(call.store.pop(key, first));
        }
        return Outcome.DONE;
    }

    private static long countOf(Request request) throws CommandException {
        var count = -1L;
        try {
            count = request.number(2);
        } catch (CommandException noNumber) {
            // Said below, in other words than usual.
        }
        if (count < 0) {
            throw new CommandException("ERR value is out of range, must be positive");
        }
        return count;
    }

    private static Outcome length(Call call) throws CommandException {
        var list = call.store.list(call.key(1));
        call.replies.integer(list == null ? 0 : list.size());
        return Outcome.DONE;
    }

    private static Outcome range(Call call) throws CommandException {
        var from = call.request.number(2);
        var to = call.request.number(3);
        var list = call.store.list(call.key(1));
        var size = list == null ? 0 : list.size();
        // Below zero it counts from the end.
        var first = Math.max(from < 0 ? from + size : from, 0);
        var last = Math.min(to < 0 ? to + size : to, size - 1);
        call.replies.array(first > last ? 0 : (int) (last - first + 1));
        for (var i = first; i <= last; i++) {
            call.replies.bulk(list.get((int) i));
        }
        return Outcome.DONE;
    }

    /** Takes a value if one of the lists has any, in the order in which they are named. */
    private static Outcome blockingPop(Call call, boolean first) throws CommandException {
        var timeout = Timeouts.parseMillis(call.request.text(call.request.count() - 1), call.store.now());
        var lists = call.request.count() - 2;
        for (var i = 1; i <= lists; i++) {
            if (call.store.list(call.key(i)) != null) {
                call.replies.array(2);
                call.replies.bulk(call.request.copy(i));
                call.replies.bulk(call.store.pop(call.key(i), first));
                return Outcome.DONE;
            }
        }
        var keys = new ArrayList<Key>(lists);
        for (var i = 1; i <= lists; i++) {
            keys.add(call.key(i).copy());
        }
        call.session.blockingPop(new BlockingPop(keys, first, timeout));
        return Outcome.BLOCK;
    }
}
