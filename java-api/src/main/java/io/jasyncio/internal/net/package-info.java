/**
 * What all transports are made of. A {@link io.jasyncio.internal.net.StreamTransport} has a reading side, a writing side and a life;
 * what differs between a socket, a pipe and memory is its {@link io.jasyncio.internal.net.BytePort}. Everything here belongs to
 * the loop's thread.
 */
@NullMarked
package io.jasyncio.internal.net;

import org.jspecify.annotations.NullMarked;
