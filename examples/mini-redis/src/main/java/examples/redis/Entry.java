package examples.redis;

/** What a key holds, and until when. */
final class Entry {

    /** The place in {@link ExpiringEntries} of an entry that stays for ever. */
    static final int STAYS = -1;

    final Key key;

    /** A string (an array of bytes that nobody changes) or a {@link ListValue}. */
    Object value;

    /** When it ends, in milliseconds of the store's clock; means nothing if it stays for ever. */
    long expiresAt;

    int place = STAYS;

    Entry(Key key, Object value) {
        this.key = key;
        this.value = value;
    }

    boolean expires() {
        return place != STAYS;
    }

    byte[] string() throws CommandException {
        if (value instanceof byte[] string) {
            return string;
        }
        throw CommandException.wrongType();
    }

    ListValue list() throws CommandException {
        if (value instanceof ListValue list) {
            return list;
        }
        throw CommandException.wrongType();
    }
}
