/**
 * Queues between tasks: first in first out, by priority, last in first out; bounded or not; with a door for other threads.
 */
@NullMarked
package io.jasyncio.queue;

import org.jspecify.annotations.NullMarked;
