/** TLS as a transport above and a protocol below, around a state machine without any input or output of its own. */
@NullMarked
package io.jasyncio.internal.net.tls;

import org.jspecify.annotations.NullMarked;
