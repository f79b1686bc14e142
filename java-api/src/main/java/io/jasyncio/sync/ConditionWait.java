package io.jasyncio.sync;

import io.jasyncio.WaitFuture;
import io.jasyncio.spi.LoopRuntime;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who waits for a signal and then for the lock: first in the line of the condition, then in that of the lock. He
 * leaves with the lock held, whatever happens (S85). A cancel request sends him for the lock at once; one that finds him in
 * the lock's line costs him his place there, as in asyncio, and is heard when he has the lock.
 */
final class ConditionWait extends WaitFuture<@Nullable Void> {

    private final AsyncCondition condition;
    private final AsyncLock lock;
    private final @Nullable BooleanSupplier predicate;

    /** Whether the line that this stands in, or was woken from, is the lock's. */
    private boolean inLockLine;

    /** The last cancel request. */
    private @Nullable CancellationException pending;

    ConditionWait(LoopRuntime loop, AsyncCondition condition, @Nullable BooleanSupplier predicate) {
        super(loop);
        this.condition = condition;
        this.lock = condition.lock();
        this.predicate = predicate;
        waitForSignal();
    }

    /** In this order: whoever has the lock next must find this in the line. */
    private void waitForSignal() {
        standIn(condition.waiters());
        lock.release();
    }

    @Override
    protected void turn() {
        if (inLockLine) {
            inLockLine = false;
            comeBack();
        } else {
            goForLock();
        }
    }

    @Override
    protected void turnMissed(CancellationException cancelled) {
        pending = cancelled;
        inLockLine = false;
        goForLock();
    }

    @Override
    protected boolean cancelledInLine(CancellationException cancelled) {
        pending = cancelled;
        inLockLine = false;
        leaveLine();
        askForTurn();
        return true;
    }

    private void goForLock() {
        if (lock.takeIfFree()) {
            comeBack();
        } else {
            inLockLine = true;
            standIn(lock.waiters());
        }
    }

    /** With the lock. */
    private void comeBack() {
        if (pending != null) {
            // It may have been this one's signal that the cancellation has eaten (S86).
            condition.passSignalOn();
            failWith(pending);
        } else if (predicate == null || predicate.getAsBoolean()) {
            endWith(null);
        } else {
            waitForSignal();
        }
    }

    /** The lock stays held, as after every end; but another waiter may need the signal. */
    @Override
    protected void notTaken(@Nullable Void nothing) {
        condition.passSignalOn();
    }

    // ---- It must not end without the lock --------------------------------------------------------------------------

    @Override
    public boolean complete(@Nullable Void value) {
        throw notByHand();
    }

    @Override
    public boolean completeExceptionally(Throwable exception) {
        throw notByHand();
    }

    @Override
    public CompletableFuture<@Nullable Void> orTimeout(long timeout, TimeUnit unit) {
        throw notByHand();
    }

    @Override
    public CompletableFuture<@Nullable Void> completeOnTimeout(@Nullable Void value, long timeout, TimeUnit unit) {
        throw notByHand();
    }

    private static UnsupportedOperationException notByHand() {
        return new UnsupportedOperationException(
                "the wait for a condition ends with the lock held: use cancel() to end it"
                        + " early, or waitFor(wait, timeout)");
    }
}
