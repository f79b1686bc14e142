package io.jasyncio.conformance;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * Who connects to the servers of the scenarios of {@code guests.py}: a bare channel, so that nothing but the server takes passes.
 *
 * <p>It never blocks, since the loop's own virtual threads would let others run meanwhile.
 */
final class Guest {

    private final SocketChannel channel;

    private Guest(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Connects without a pass.
     *
     * @throws IOException if nobody listens
     */
    static Guest tryToConnect(SocketAddress address) throws IOException {
        var unix = address instanceof UnixDomainSocketAddress;
        var channel = unix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
        try {
            channel.configureBlocking(false);
            if (!channel.connect(address)) {
                while (!channel.finishConnect()) {
                    Thread.onSpinWait();
                }
            }
        } catch (IOException refused) {
            channel.close();
            throw refused;
        }
        return new Guest(channel);
    }

    /** The same where it is no question that somebody listens. */
    static Guest connect(SocketAddress address) {
        return unchecked(() -> tryToConnect(address));
    }

    /** Where the guest sits. */
    SocketAddress address() {
        return unchecked(channel::getLocalAddress);
    }

    /** Says a few words, for which there is always room. */
    void say(String text) {
        unchecked(() -> channel.write(StandardCharsets.US_ASCII.encode(text)));
    }

    /** Says no more, and still hears. */
    void end() {
        unchecked(channel::shutdownOutput);
    }

    /** What the server says until it ends the connection; or that it breaks it. The loop goes on meanwhile. */
    LoopFuture<String> hear() {
        var heard = EventLoop.current().<String>createFuture();
        hear(new StringBuilder(), heard);
        return heard;
    }

    private void hear(StringBuilder soFar, LoopFuture<String> heard) {
        var words = ByteBuffer.allocate(100);
        try {
            if (channel.read(words) >= 0) {
                soFar.append(StandardCharsets.US_ASCII.decode(words.flip()));
                EventLoop.current().callSoon(() -> hear(soFar, heard));
                return;
            }
            heard.complete(soFar.isEmpty() ? "nothing" : soFar.toString());
        } catch (IOException broken) {
            heard.complete("a break");
        }
        leave();
    }

    /** Ends the connection. */
    void leave() {
        unchecked(() -> {
            channel.close();
            return null;
        });
    }

    /** Ends the connection with a reset. */
    void breakOff() {
        unchecked(() -> channel.setOption(StandardSocketOptions.SO_LINGER, 0));
        leave();
    }

    private interface Action<T> {
        T run() throws IOException;
    }

    private static <T> T unchecked(Action<T> action) {
        try {
            return action.run();
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }
}
