/**
 * What tasks wait for each other with: locks, events, conditions, semaphores, barriers. asyncio's semantics, on one loop and
 * without a thread ever blocking.
 */
@NullMarked
package io.jasyncio.sync;

import org.jspecify.annotations.NullMarked;
