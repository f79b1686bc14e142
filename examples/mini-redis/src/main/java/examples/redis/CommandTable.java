package examples.redis;

/** Finds a command by the bytes of its name, in whatever case, without making a string of them. */
final class CommandTable {

    private static final int SLOTS = 256;

    private final Command[] slots = new Command[SLOTS];
    private int size;

    void add(String name, int arity, Command.Action action) {
        add(new Command(name, arity, false, action));
    }

    void addForListeners(String name, int arity, Command.Action action) {
        add(new Command(name, arity, true, action));
    }

    private void add(Command command) {
        var hash = 0;
        for (var i = 0; i < command.name().length(); i++) {
            hash = mix(hash, command.name().charAt(i));
        }
        var slot = hash & SLOTS - 1;
        while (slots[slot] != null) {
            slot = slot + 1 & SLOTS - 1;
        }
        slots[slot] = command;
        size++;
    }

    private static int mix(int hash, int letter) {
        return 31 * hash + lower(letter);
    }

    private static int lower(int letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
    }

    /** The command that a request names; null if there is none. */
    Command find(Request request) {
        var hash = 0;
        for (var i = 0; i < request.length(0); i++) {
            hash = mix(hash, request.byteAt(0, i));
        }
        for (var slot = hash & SLOTS - 1; ; slot = slot + 1 & SLOTS - 1) {
            var command = slots[slot];
            if (command == null || names(request, command.name())) {
                return command;
            }
        }
    }

    private static boolean names(Request request, String name) {
        if (request.length(0) != name.length()) {
            return false;
        }
        for (var i = 0; i < name.length(); i++) {
            if (lower(request.byteAt(0, i)) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    int size() {
        return size;
    }
}
