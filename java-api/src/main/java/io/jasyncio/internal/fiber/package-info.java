/** Bodies in direct style that can stop in the middle: three ways to run them, one contract. */
@NullMarked
package io.jasyncio.internal.fiber;

import org.jspecify.annotations.NullMarked;
