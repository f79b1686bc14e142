package io.jasyncio.peers;

import static io.jasyncio.Asyncio.await;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.jasyncio.stream.IncompleteReadException;
import io.jasyncio.stream.LimitOverrunException;
import io.jasyncio.stream.StreamReader;
import io.jasyncio.stream.StreamWriter;
import java.util.List;

/** As much HTTP/1.1 as fits on a page: enough to see whether curl is content. */
final class HttpService {

    static final byte[] BIG = Messages.pattern(1_000_000);

    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(ISO_8859_1);

    private HttpService() {}

    /** Answers one request after the other until the client ends the connection. */
    static void serve(StreamReader reader, StreamWriter writer) throws Exception {
        try (writer) {
            for (var head = head(reader, writer); head != null; head = head(reader, writer)) {
                answer(head, reader, writer);
                await(writer.drainAsync());
            }
        }
    }

    /** The lines before the body; null if there is no request any more. */
    private static List<String> head(StreamReader reader, StreamWriter writer) throws Exception {
        try {
            var head = await(reader.readUntilAsync(END_OF_HEAD));
            return new String(head, ISO_8859_1).lines().toList();
        } catch (IncompleteReadException end) {
            return null;
        } catch (LimitOverrunException tooLong) {
            refuse(reader, writer);
            return null;
        }
    }

    private static void answer(List<String> head, StreamReader reader, StreamWriter writer) throws Exception {
        switch (head.get(0).split(" ")[1]) {
            case "/big" -> respond(writer, BIG);
            case "/chunked" -> respondInChunks(writer);
            case "/digest" -> {
                writer.write("HTTP/1.1 100 Continue\r\n\r\n");
                var body = await(reader.readExactlyAsync(Integer.parseInt(header(head, "content-length"))));
                respond(writer, Messages.digest(body).getBytes(ISO_8859_1));
            }
            default -> respond(writer, "hello".getBytes(ISO_8859_1));
        }
    }

    private static String header(List<String> head, String name) {
        return head.stream()
                .map(String::toLowerCase)
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElseThrow();
    }

    private static void respond(StreamWriter writer, byte[] body) {
        writer.write("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n");
        writer.write(body);
    }

    private static void respondInChunks(StreamWriter writer) throws Exception {
        writer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (var piece : Messages.pieces(BIG, 30_001)) {
            writer.writelines(
                    List.of((Integer.toHexString(piece.length) + "\r\n").getBytes(), piece, "\r\n".getBytes()));
            await(writer.drainAsync());
        }
        writer.write("0\r\n\r\n");
    }

    /** A close with unread bytes would be a reset, which can overtake the answer: so what is on its way is read first. */
    private static void refuse(StreamReader reader, StreamWriter writer) throws Exception {
        writer.write("HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        writer.writeEof();
        for (var rest = 1_000_000; rest > 0; ) {
            var dropped = await(reader.readAsync(65_536)).length;
            if (dropped == 0) {
                break;
            }
            rest -= dropped;
        }
    }
}
