package io.jasyncio.datagram;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.nio.channels.spi.SelectorProvider;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A socket that takes as many datagrams as the test lets it: on the loopback interface a real one takes them all. */
public final class StubbornChannel extends DatagramChannel {

    /** Where it says to be. */
    public static final InetSocketAddress HERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    /** What it has taken: the text, or the length of a long one. */
    public final List<String> sent = new ArrayList<>();

    /** How many it takes before it refuses again. */
    public int takes;

    /** Thrown by the next send that would be taken. */
    public IOException failure;

    StubbornChannel() {
        super(SelectorProvider.provider());
    }

    @Override
    public int send(ByteBuffer data, SocketAddress target) throws IOException {
        if (takes == 0) {
            return 0;
        }
        takes--;
        var broken = failure;
        if (broken != null) {
            failure = null;
            throw broken;
        }
        var length = data.remaining();
        sent.add(length > 20 ? "" + length : StandardCharsets.UTF_8.decode(data).toString());
        return length;
    }

    @Override
    public SocketAddress receive(ByteBuffer into) {
        return null;
    }

    @Override
    public SocketAddress getLocalAddress() {
        return HERE;
    }

    @Override
    public boolean isConnected() {
        return false;
    }

    @Override
    public SocketAddress getRemoteAddress() {
        return null;
    }

    @Override
    protected void implCloseSelectableChannel() {}

    @Override
    protected void implConfigureBlocking(boolean block) {}

    // ---- What no test asks for -------------------------------------------------------------------------------------

    @Override
    public DatagramChannel bind(SocketAddress local) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> DatagramChannel setOption(SocketOption<T> name, T value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T getOption(SocketOption<T> name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of();
    }

    @Override
    public DatagramSocket socket() {
        throw new UnsupportedOperationException();
    }

    @Override
    public DatagramChannel connect(SocketAddress remote) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DatagramChannel disconnect() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int read(ByteBuffer into) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer data) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] data, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MembershipKey join(InetAddress group, NetworkInterface network) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MembershipKey join(InetAddress group, NetworkInterface network, InetAddress source) {
        throw new UnsupportedOperationException();
    }
}
