/**
 * Async iteration: sequences whose next element may be waited for (asyncio's {@code async for}), and generators of
 * them.
 *
 * <p>Start at {@link io.jasyncio.iteration.AsyncIterable}; {@link io.jasyncio.iteration.Publishers} is the door to
 * reactive libraries.
 */
@NullMarked
package io.jasyncio.iteration;

import org.jspecify.annotations.NullMarked;
