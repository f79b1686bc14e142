package examples.demo;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The business of the service, in Java's direct style: balances by key, and a journal that must know of a change before
 * the change is made.
 *
 * <p>A plain {@link HashMap} and plain counters, and no lock, though a hundred clients share them: all runs on one loop, and
 * between two awaits nothing else does. What belongs together stands between two awaits.
 */
public final class Ledger {

    private final Map<String, Long> balances = new HashMap<>();
    private final Journal journal = new Journal();

    /** Sets a balance. Awaits the journal: for tasks in direct style. */
    public void put(String key, long amount) throws Exception {
        journal.write();
        balances.put(key, amount);
    }

    /**
     * Adds to a balance, and gives the new one. Awaits the journal: for tasks in direct style.
     *
     * @throws ArithmeticException if the sum is too big for a {@code long}; the balance stays
     */
    public long add(String key, long amount) throws Exception {
        journal.write();
        // Read after the await: a balance read before it could be an old one by now.
        return balances.merge(key, amount, Math::addExact);
    }

    /** A balance; empty if nobody has set it. Waits for nothing. */
    public OptionalLong get(String key) {
        var balance = balances.get(key);
        return balance == null ? OptionalLong.empty() : OptionalLong.of(balance);
    }

    /** How many keys there are. */
    public int size() {
        return balances.size();
    }

    /** What is in the journal. */
    public Journal journal() {
        return journal;
    }
}
