/**
 * What a runtime has to offer to the API, and how the API finds it. Not for applications.
 */
@NullMarked
package io.jasyncio.spi;

import org.jspecify.annotations.NullMarked;
