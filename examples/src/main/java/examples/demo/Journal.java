package examples.demo;

import static io.jasyncio.Asyncio.*;

import io.jasyncio.Task;
import java.time.Duration;

/**
 * A journal as databases keep it. To bring it to the disk takes a while, here a millisecond of sleep; so the changes that
 * come meanwhile share one commit, and a hundred clients are hardly slower than one.
 */
public final class Journal {

    private static final Duration COMMIT_TAKES = Duration.ofMillis(1);

    /** The commit that takes the changes of now; null while there are none. */
    private Task<Void> commit;

    private long changes;
    private long commits;

    /** Writes a change down, and ends when it is safe. For tasks in direct style. */
    void write() throws Exception {
        changes++;
        if (commit == null) {
            commit = createTask(this::commit);
        }
        // Shielded: many wait for this commit, and one of them that is cancelled must not cancel it for all.
        await(shield(commit));
    }

    private void commit() throws Exception {
        await(sleep(COMMIT_TAKES));
        commits++;
        commit = null;
    }

    /** How many changes were written. */
    public long changes() {
        return changes;
    }

    /** In how many commits they became safe. */
    public long commits() {
        return commits;
    }
}
