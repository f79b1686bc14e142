package examples.redis;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A client that knows nothing but the protocol, on a blocking socket. Replies are text, a blank for each end of line. */
final class Wire implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    final Socket socket;
    private final InputStream in;

    Wire(RunningRedis redis) throws IOException {
        this(redis.getPort());
    }

    Wire(int port) throws IOException {
        this(new Socket(), port);
    }

    private Wire(Socket unconnected, int port) throws IOException {
        socket = unconnected;
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** A client whose system does not take much that it has not read. */
    static Wire narrow(int port) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(64 * 1024);
        return new Wire(socket, port);
    }

    /** A client that speaks this protocol. */
    static Wire speaking(int protocol, RunningRedis redis) throws IOException {
        var wire = new Wire(redis);
        wire.say("HELLO " + protocol);
        return wire;
    }

    /** Sends bytes. */
    Wire send(String text) throws IOException {
        socket.getOutputStream().write(Text.bytes(text));
        return this;
    }

    /** Sends bytes, or fails. */
    void sendNow(String text) {
        try {
            send(text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Sends a line and gives the reply. */
    String say(String line) throws IOException {
        return send(line + "\r\n").hear();
    }

    /** The next reply; {@code "end"} at the end of the stream. */
    String hear() throws IOException {
        var line = line();
        if (line == null) {
            return "end";
        }
        var number = "$=*>%".indexOf(line.charAt(0)) < 0 ? -1 : Integer.parseInt(line.substring(1));
        return switch (line.charAt(0)) {
            case '$', '=' -> number < 0 ? line : line + " " + body(number);
            case '*', '>' -> line + elements(number);
            case '%' -> line + elements(2 * number);
            default -> line;
        };
    }

    /** So many replies. */
    List<String> hear(int count) throws IOException {
        var replies = new ArrayList<String>();
        while (replies.size() < count) {
            replies.add(hear());
        }
        return replies;
    }

    private String elements(int count) throws IOException {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++) {
            text.append(' ').append(hear());
        }
        return text.toString();
    }

    private String body(int length) throws IOException {
        var bytes = in.readNBytes(length + 2);
        if (bytes.length < length + 2) {
            throw new EOFException("in the middle of a value");
        }
        return Text.of(bytes, 0, length);
    }

    private String line() throws IOException {
        var text = new StringBuilder();
        for (var letter = in.read(); letter != '\n'; letter = in.read()) {
            if (letter < 0) {
                return null;
            }
            text.append((char) letter);
        }
        text.setLength(text.length() - 1);
        return text.toString();
    }

    /** Ends the connection as a crash does. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
