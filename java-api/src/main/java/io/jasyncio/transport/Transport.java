package io.jasyncio.transport;

/** A connection in both directions (asyncio's {@code Transport}). */
public interface Transport extends ReadTransport, WriteTransport {}
