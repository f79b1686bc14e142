package io.jasyncio.internal.net;

import io.jasyncio.transport.Transport;

/** Who keeps account of transports: a server of its connections. Loop only. */
public interface ConnectionOwner {

    /** There is one more. */
    void attach(Transport transport);

    /** It has ended: its protocol knows, and its channel is closed. */
    void detach(Transport transport);
}
