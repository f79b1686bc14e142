package io.jasyncio.conformance;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.queue.AsyncQueue;
import io.jasyncio.transport.ExtraInfo;
import io.jasyncio.transport.Protocol;
import io.jasyncio.transport.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Serves one connection in the scenarios of servers, and prints what it is told. */
final class Host implements Protocol {

    final LoopFuture<@Nullable Void> lost = EventLoop.current().createFuture();

    /** One for each time that the guest was heard. */
    final AsyncQueue<String> words = new AsyncQueue<>();

    Transport transport;
    Guest guest;
    private final Site site;
    private String name;

    Host(Site site) {
        this.site = site;
    }

    /** The guest goes, and the server has noticed. */
    LoopFuture<@Nullable Void> dismiss() {
        guest.leave();
        return lost;
    }

    /** Writes text. */
    void write(String text) {
        transport.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether this is the one who serves a guest. */
    boolean serves(Guest someone) {
        return someone.address().equals(transport.getExtraInfo(ExtraInfo.PEER_ADDRESS));
    }

    @Override
    public void connectionMade(Transport made) {
        transport = made;
        name = site.nextName();
        site.trace.add(name, "made");
        site.arrivals.putNowait(this);
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        var text = StandardCharsets.US_ASCII.decode(data).toString();
        site.trace.add(name, "data", text);
        words.putNowait(text);
    }

    @Override
    public boolean eofReceived() {
        site.trace.add(name, "eof");
        return false;
    }

    @Override
    public void connectionLost(@Nullable Exception reason) {
        site.trace.add(name, "lost", reason);
        lost.complete(null);
    }
}
