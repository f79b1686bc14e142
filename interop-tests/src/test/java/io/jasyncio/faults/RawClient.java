package io.jasyncio.faults;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.toThread;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The other side as a plain blocking socket, which can do what no good program does. Reads are made in other threads. */
final class RawClient implements AutoCloseable {

    private final Socket socket;

    RawClient(int port) throws IOException {
        socket = new Socket();
        // Where it does not read, the server is to notice soon.
        socket.setReceiveBufferSize(50_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setTcpNoDelay(true);
    }

    /** A little: more than the buffers on the way hold would wait for the loop, which is this thread's. */
    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Everything until the end. */
    String readAll() throws Exception {
        return await(toThread(() -> new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)));
    }

    /** So many bytes. */
    String read(int count) throws Exception {
        return await(toThread(() -> new String(socket.getInputStream().readNBytes(count), StandardCharsets.UTF_8)));
    }

    /** What can be read before a reset or the end. */
    int countUntilBroken() throws Exception {
        return await(toThread(() -> {
            var seen = new ByteArrayOutputStream();
            try {
                socket.getInputStream().transferTo(seen);
            } catch (IOException reset) {
                // The reset is one of the ends that the test allows.
            }
            return seen.size();
        }));
    }

    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** The connection breaks: with this option the system answers a close with RST and not with FIN. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
