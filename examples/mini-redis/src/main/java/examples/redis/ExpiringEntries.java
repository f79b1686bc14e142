package examples.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The entries that will expire. Each knows its place here, so that to come and to go is a matter of a moment; and they have
 * no order, because a sweep looks at some of them each time and so gets to all of them.
 */
final class ExpiringEntries {

    /** How many entries a sweep looks at before it asks itself whether to go on. */
    private static final int SAMPLE = 64;

    /** How many samples a sweep takes at most: others wait meanwhile. */
    private static final int SAMPLES = 64;

    private List<Entry> entries = new ArrayList<>();
    private int next;

    int size() {
        return entries.size();
    }

    void set(Entry entry, long expiresAt) {
        entry.expiresAt = expiresAt;
        if (!entry.expires()) {
            entry.place = entries.size();
            entries.add(entry);
        }
    }

    void remove(Entry entry) {
        if (entry.expires()) {
            var last = entries.remove(entries.size() - 1);
            if (last != entry) {
                entries.set(entry.place, last);
                last.place = entry.place;
            }
            entry.place = Entry.STAYS;
        }
    }

    void clear() {
        entries = new ArrayList<>();
        next = 0;
    }

    /**
     * Looks for entries that have ended. As Redis does, it goes on for as long as more than a quarter of those that it looks
     * at have.
     *
     * @param expired must remove the entry from here
     * @return whether it would have gone on, were there not others who wait
     */
    boolean sweep(long now, Consumer<Entry> expired) {
        for (var samples = 0; samples < SAMPLES; samples++) {
            var count = Math.min(SAMPLE, entries.size());
            var found = 0;
            for (var i = 0; i < count; i++) {
                if (next >= entries.size()) {
                    next = 0;
                }
                var entry = entries.get(next);
                if (entry.expiresAt <= now) {
                    expired.accept(entry); // another entry takes this place
                    found++;
                } else {
                    next++;
                }
            }
            if (4 * found <= count) {
                return false;
            }
        }
        return true;
    }
}
