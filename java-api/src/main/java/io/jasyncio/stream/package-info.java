/**
 * Streams: networking for tasks. Read and write with {@code await}, in direct style, stage style or Kotlin.
 *
 * <p>Start at {@link io.jasyncio.stream.Streams}.
 */
@NullMarked
package io.jasyncio.stream;

import org.jspecify.annotations.NullMarked;
