package io.jasyncio.peers;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jasyncio.Asyncio;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.stream.Streams;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** curl against answers written by hand to our streams. */
@ExtendWith(AsyncioExtension.class)
class CurlTest {

    @TempDir
    private Path folder;

    private static Peer.Ending curl(List<String> paths, String... options) throws Exception {
        return curl(paths, new byte[0], options);
    }

    private static Peer.Ending curl(List<String> paths, byte[] input, String... options) throws Exception {
        return Asyncio.run(() -> {
            try (var server = await(Streams.startServer(HttpService::serve, "127.0.0.1", 0))) {
                var arguments = new ArrayList<Object>(List.of("-q", "-sS", "--noproxy", "*", "--max-time", "90"));
                arguments.addAll(List.of(options));
                paths.forEach(path -> arguments.add("http://127.0.0.1:" + server.port() + path));
                try (var curl =
                        Peer.of("curl", arguments.toArray()).input(input).start()) {
                    return await(curl.success());
                }
            }
        });
    }

    @Test
    void anAnswer() throws Exception {
        assertEquals(
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
                curl(List.of("/"), "-i").text());
    }

    @Test
    void severalAnswersOverOneConnection() throws Exception {
        assertEquals(
                "hello 1\nhello 0\nhello 0\n", // each with the count of new connections
                curl(List.of("/1", "/2", "/3"), "-w", " %{num_connects}\n").text());
    }

    @Test
    void aMillionBytesInOneWrite() throws Exception {
        assertArrayEquals(HttpService.BIG, curl(List.of("/big")).output());
    }

    @Test
    void aMillionBytesInChunks() throws Exception {
        assertArrayEquals(HttpService.BIG, curl(List.of("/chunked")).output());
    }

    @Test
    void aSlowReader() throws Exception {
        assertArrayEquals(
                HttpService.BIG, curl(List.of("/big"), "--limit-rate", "2M").output());
    }

    @Test
    void anUploadThatWaitsForLeave() throws Exception {
        var body = Messages.pattern(2_000_000);
        assertEquals(
                Messages.digest(body),
                curl(List.of("/digest"), body, "--data-binary", "@-", "-H", "Expect: 100-continue")
                        .text());
    }

    @Test
    void anAnswerOverAUnixSocket() throws Exception {
        Asyncio.run(() -> {
            var path = folder.resolve("socket");
            try (var server = await(Streams.startUnixServer(HttpService::serve, path));
                    var curl = Peer.of("curl", "-q", "-sS", "--noproxy", "*", "--unix-socket", path, "http://here/")
                            .start()) {
                assertEquals("hello", await(curl.success()).text());
            }
        });
    }

    /** The answer must arrive although the server does not want what curl sends still. */
    @Test
    void aHeadThatIsTooLongIsAnswered() throws Exception {
        assertEquals(
                "431",
                curl(List.of("/"), "-o", "/dev/null", "-w", "%{http_code}", "-H", "Long: " + "x".repeat(120_000))
                        .text());
    }
}
