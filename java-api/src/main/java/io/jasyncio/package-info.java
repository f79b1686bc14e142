/**
 * asyncio for the JVM: an event loop on one thread, tasks, futures and what combines them.
 *
 * <p>Start at {@link io.jasyncio.Asyncio}; {@link io.jasyncio.EventLoop} is the loop itself.
 */
@NullMarked
package io.jasyncio;

import org.jspecify.annotations.NullMarked;
