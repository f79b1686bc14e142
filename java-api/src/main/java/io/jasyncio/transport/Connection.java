package io.jasyncio.transport;

/**
 * What {@link io.jasyncio.EventLoop#createConnection} and its kin give: both ends of the connection on this side.
 *
 * @param transport moves the bytes
 * @param protocol is told about them; made by the caller's factory
 * @param <T> the kind of transport
 * @param <P> the caller's type of protocol
 */
public record Connection<T extends BaseTransport, P extends BaseProtocol>(T transport, P protocol) {}
