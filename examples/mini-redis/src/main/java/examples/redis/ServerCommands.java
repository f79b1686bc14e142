package examples.redis;

import static examples.redis.ConnectionCommands.subcommand;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Commands about the server, and about its clients. Many programs send some of them before they do anything else. */
final class ServerCommands {

    /** The settings that clients ask for; nothing is ever written to a disk. */
    private static final Map<String, String> SETTINGS =
            new TreeMap<>(Map.of("save", "", "appendonly", "no", "databases", Integer.toString(Server.DATABASES)));

    private ServerCommands() {}

    static void addTo(CommandTable table) {
        table.add("info", -1, ServerCommands::info);
        table.add("client", -2, ServerCommands::client);
        table.add("config", -2, ServerCommands::config);
        table.add("command", -1, call -> command(call, table));
    }

    private static Outcome info(Call call) {
        var names = new ArrayList<String>();
        for (var i = 1; i < call.request.count(); i++) {
            names.add(call.request.text(i).toLowerCase(Locale.ROOT));
        }
        call.replies.verbatim(call.server.info(names));
        return Outcome.DONE;
    }

    // ---- CLIENT ----------------------------------------------------------------------------------------------------

    private static Outcome client(Call call) throws CommandException {
        var request = call.request;
        var replies = call.replies;
        var subcommand = subcommand(request);
        switch (subcommand) {
            case "id" -> {
                requireCount(call, 2);
                replies.integer(call.session.id());
            }
            case "getname" -> {
                requireCount(call, 2);
                var name = call.session.name();
                replies.bulkOrNil(name.isEmpty() ? null : Text.bytes(name));
            }
            case "setname" -> {
                requireCount(call, 3);
                call.session.name(ConnectionCommands.checkName(request.text(2)));
                replies.ok();
            }
            case "setinfo" -> {
                requireCount(call, 4);
                setInfo(call);
            }
            case "info" -> {
                requireCount(call, 2);
                replies.verbatim(call.session.line(call.server.now()) + "\n");
            }
            case "list" -> list(call);
            case "no-evict", "no-touch" -> {
                requireCount(call, 3);
                noEvict(call);
            }
            default -> throw CommandException.unknownSubcommand(request.text(1), "CLIENT");
        }
        return Outcome.DONE;
    }

    private static void requireCount(Call call, int count) throws CommandException {
        call.require(
                call.request.count() == count,
                call.request.text(0).toLowerCase(Locale.ROOT) + "|" + subcommand(call.request));
    }

    /** The name and the version of the client's library: taken, and of no use here. */
    private static void setInfo(Call call) throws CommandException {
        if (!call.request.is(2, "LIB-NAME") && !call.request.is(2, "LIB-VER")) {
            throw new CommandException("ERR Unrecognized option '" + call.request.text(2) + "'");
        }
        ConnectionCommands.checkName(call.request.text(3));
        call.replies.ok();
    }

    private static void list(Call call) throws CommandException {
        if (call.request.count() > 2) {
            throw CommandException.syntaxError();
        }
        var now = call.server.now();
        call.replies.verbatim(call.server.sessions().stream()
                .map(session -> session.line(now) + "\n")
                .collect(Collectors.joining()));
    }

    /** No client is ever thrown out for its memory, so there is nothing to set. */
    private static void noEvict(Call call) throws CommandException {
        if (!call.request.is(2, "ON") && !call.request.is(2, "OFF")) {
            throw CommandException.syntaxError();
        }
        call.replies.ok();
    }

    // ---- CONFIG ----------------------------------------------------------------------------------------------------

    private static Outcome config(Call call) throws CommandException {
        switch (subcommand(call.request)) {
            case "get" -> {
                call.require(call.request.count() >= 3, "config|get");
                getSettings(call);
            }
            case "set" -> {
                call.require(call.request.count() >= 4, "config|set");
                throw new CommandException(
                        "ERR Unknown option or number of arguments for CONFIG SET - '" + call.request.text(2) + "'");
            }
            case "resetstat" -> {
                requireCount(call, 2);
                call.server.resetStatistics();
                call.replies.ok();
            }
            default -> throw CommandException.unknownSubcommand(call.request.text(1), "CONFIG");
        }
        return Outcome.DONE;
    }

    private static void getSettings(Call call) {
        var found = new LinkedHashMap<String, String>();
        for (var i = 2; i < call.request.count(); i++) {
            var name = call.request.text(i).toLowerCase(Locale.ROOT);
            SETTINGS.forEach((setting, value) -> {
                if (name.equals("*") || name.equals(setting)) {
                    found.put(setting, value);
                }
            });
        }
        call.replies.map(found.size());
        found.forEach((setting, value) -> {
            call.replies.bulk(setting);
            call.replies.bulk(value);
        });
    }

    // ---- COMMAND ---------------------------------------------------------------------------------------------------

    /** Who asks for descriptions gets none; redis-cli has its own then. */
    private static Outcome command(Call call, CommandTable table) throws CommandException {
        if (call.request.count() == 1) {
            call.replies.array(0);
            return Outcome.DONE;
        }
        switch (subcommand(call.request)) {
            case "count" -> {
                requireCount(call, 2);
                call.replies.integer(table.size());
            }
            case "docs" -> call.replies.map(0);
            case "info" -> {
                var count = call.request.count() - 2;
                call.replies.array(count);
                for (var i = 0; i < count; i++) {
                    call.replies.nil();
                }
            }
            default -> throw CommandException.unknownSubcommand(call.request.text(1), "COMMAND");
        }
        return Outcome.DONE;
    }
}
