package io.jasyncio;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Asyncio#wait} found, as it is when the task that awaits it goes on. Both sets keep the order of the arguments.
 *
 * <p>A function that is chained to the stage runs one pass earlier; what ends in that pass moves from {@code pending} to
 * {@code done} after it.
 *
 * @param done the futures that had ended, in whatever way
 * @param pending the others; they go on
 * @param <F> the type of the futures
 */
public record WaitResult<F extends LoopFuture<? extends @Nullable Object>>(Set<F> done, Set<F> pending) {}
