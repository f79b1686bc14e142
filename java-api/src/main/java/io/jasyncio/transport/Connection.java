package io.jasyncio.transport;

/**
 * What {@link io.jasyncio.EventLoop#createConnection} gives: both ends of the connection on this side.
 *
 * @param transport moves the bytes
 * @param protocol is told about them; made by the caller's factory
 * @param <P> the caller's type of protocol
 */
public record Connection<P extends BaseProtocol>(Transport transport, P protocol) {}
