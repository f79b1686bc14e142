package examples.redis;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Keys and what they hold: strings and lists, some of them for a time. For one thread.
 *
 * <p>A key that has expired is gone for everybody who looks; its memory is free again when somebody looks or
 * {@link #sweep} comes by. An empty list does not exist.
 */
public final class Store {

    private final LongSupplier clock;
    private Map<Key, Entry> entries = new HashMap<>();
    private final ExpiringEntries expiring = new ExpiringEntries();
    private long expired;

    /**
     * An empty store.
     *
     * @param clock milliseconds since 1970 by a clock that is never set back
     */
    public Store(LongSupplier clock) {
        this.clock = clock;
    }

    /** The time, in milliseconds since 1970. */
    public long now() {
        return clock.getAsLong();
    }

    /** How many keys there are, with those that have expired and were not swept. */
    public int size() {
        return entries.size();
    }

    /** How many of the keys will expire. */
    public int expiringSize() {
        return expiring.size();
    }

    /** How many keys have expired. */
    public long expiredCount() {
        return expired;
    }

    // ---- Entries ---------------------------------------------------------------------------------------------------

    /** What a key holds; null if there is no such key. */
    Entry find(Key key) {
        var entry = entries.get(key);
        if (entry != null && entry.expires() && entry.expiresAt <= now()) {
            expire(entry);
            return null;
        }
        return entry;
    }

    private void expire(Entry entry) {
        expired++;
        remove(entry);
    }

    private void remove(Entry entry) {
        entries.remove(entry.key);
        expiring.remove(entry);
    }

    /** Removes a key; false if there is no such key. */
    boolean remove(Key key) {
        var entry = find(key);
        if (entry != null) {
            remove(entry);
        }
        return entry != null;
    }

    /** Removes everything: at once, however much it is, since a map would be emptied place by place and keep its table. */
    void clear() {
        entries = new HashMap<>();
        expiring.clear();
    }

    /** Lets a key expire at a time; one that has passed already removes the key. */
    void expireAt(Entry entry, long time) {
        if (time <= now()) {
            remove(entry);
        } else {
            expiring.set(entry, time);
        }
    }

    /** Lets a key stay for ever. */
    void persist(Entry entry) {
        expiring.remove(entry);
    }

    /** Frees keys that have expired: in a moment, so not always all. Whether it is worth while to go on at once. */
    public boolean sweep() {
        return expiring.size() > 0 && expiring.sweep(now(), this::expire);
    }

    // ---- Strings ---------------------------------------------------------------------------------------------------

    /** The string that a key holds; null if there is no such key. */
    byte[] string(Key key) throws CommandException {
        var entry = find(key);
        return entry == null ? null : entry.string();
    }

    /** Gives a key a string, whatever it held; it stays for ever, or as it was. */
    Entry set(Key key, byte[] value, boolean keepExpiry) {
        var entry = find(key);
        if (entry == null) {
            return add(key, value);
        }
        entry.value = value;
        if (!keepExpiry) {
            expiring.remove(entry);
        }
        return entry;
    }

    private Entry add(Key key, Object value) {
        var own = key.copy();
        var entry = new Entry(own, value);
        entries.put(own, entry);
        return entry;
    }

    /** Adds to the number that a key holds, which is 0 where there is none. */
    long increment(Key key, long by) throws CommandException {
        var entry = find(key);
        var before = 0L;
        if (entry != null) {
            var string = entry.string();
            before = Numbers.parse(string, 0, string.length);
            if (!Numbers.isNumber(before, string, 0, string.length)) {
                throw CommandException.notAnInteger();
            }
        }
        var after = before + by;
        if (((before ^ after) & (by ^ after)) < 0) {
            throw new CommandException("ERR increment or decrement would overflow");
        }
        if (entry == null) {
            add(key, Numbers.bytes(after));
        } else {
            entry.value = Numbers.bytes(after);
        }
        return after;
    }

    // ---- Lists -----------------------------------------------------------------------------------------------------

    /** The list that a key holds; null if there is no such key. */
    ListValue list(Key key) throws CommandException {
        var entry = find(key);
        return entry == null ? null : entry.list();
    }

    /** The list that a key holds; a new one, into which a value must go, if there is no such key. */
    ListValue listForPush(Key key) throws CommandException {
        var list = list(key);
        if (list == null) {
            list = new ListValue();
            add(key, list);
        }
        return list;
    }

    /** Takes the first or the last value of a list; null if there is no such key. */
    public byte[] pop(Key key, boolean first) throws CommandException {
        var list = list(key);
        if (list == null) {
            return null;
        }
        var value = first ? list.removeFirst() : list.removeLast();
        if (list.size() == 0) {
            remove(key);
        }
        return value;
    }
}
