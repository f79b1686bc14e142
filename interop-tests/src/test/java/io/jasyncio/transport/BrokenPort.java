package io.jasyncio.transport;

import io.jasyncio.EventLoop;
import io.jasyncio.internal.net.BytePort;
import io.jasyncio.internal.net.StreamTransport;
import io.jasyncio.internal.net.TransportHost;
import io.jasyncio.spi.LoopRuntime;
import java.nio.ByteBuffer;

/** A port that takes all that is written to it at once, as if by a reader as fast as the writer; until an error of the machine comes. */
final class BrokenPort implements BytePort {

    private Runnable readReady;
    private Runnable writeReady;

    /** How many bytes were taken. */
    int taken;

    /** How many more writes go well; reads never do. */
    int writesLeft = Integer.MAX_VALUE;

    /** A transport of this port, which its protocol knows in the next pass. */
    StreamTransport open(Protocol protocol) {
        var loop = (LoopRuntime) EventLoop.current();
        var transport = new StreamTransport(new TransportHost(loop), this, protocol, null);
        transport.start(() -> {});
        return transport;
    }

    /** Something has come, as it seems. */
    void becomeReadable() {
        readReady.run();
    }

    @Override
    public int write(ByteBuffer from) {
        if (writesLeft-- == 0) {
            throw new InternalError("of the test");
        }
        var count = from.remaining();
        taken += count;
        from.position(from.limit());
        return count;
    }

    @Override
    public int read(ByteBuffer into) {
        throw new InternalError("of the test");
    }

    @Override
    public void wantRead(Runnable ready) {
        readReady = ready;
    }

    @Override
    public void wantWrite(Runnable ready) {
        writeReady = ready;
        offerWrite();
    }

    private void offerWrite() {
        if (writeReady != null) {
            EventLoop.current().callSoon(() -> {
                if (writeReady != null) {
                    writeReady.run();
                    offerWrite();
                }
            });
        }
    }

    @Override
    public boolean canShutdownOutput() {
        return true;
    }

    @Override
    public void shutdownOutput() {}

    @Override
    public <T> T extra(ExtraInfo<T> key) {
        return null;
    }

    @Override
    public String kind() {
        return "broken";
    }

    @Override
    public void release() {}
}
