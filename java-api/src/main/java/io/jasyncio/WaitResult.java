package io.jasyncio;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Asyncio#wait} found. Both sets keep the order of the arguments.
 *
 * @param done the futures that had ended, in whatever way
 * @param pending the others; they go on
 * @param <F> the type of the futures
 */
public record WaitResult<F extends LoopFuture<? extends @Nullable Object>>(Set<F> done, Set<F> pending) {}
