package io.jasyncio.peers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.stream.StreamWriter;
import io.jasyncio.transport.ExtraInfo;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/** What all styles and CPython send each other. */
final class Messages {

    static final int[] SIZES = {
        1, 2, 3, 100, 1000, 1023, 1024, 1025, 4096, 65_535, 65_536, 65_537, 100_000, 262_144, 1_000_000
    };

    /** More than the buffers on the way hold. */
    static final int FLOOD = 4_000_000;

    private Messages() {}

    /** Bytes that differ from their neighbours, and from what stands 256 places on. */
    static byte[] pattern(int count) {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8));
        }
        return bytes;
    }

    static String digest(byte[] data) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(data);
            return data.length + " " + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static List<String> lines() {
        return IntStream.range(0, 300)
                .mapToObj(i -> "line " + i + " " + "x".repeat(i * 37 % 1000))
                .toList();
    }

    /** Pieces of an array, the last of which may be shorter. */
    static List<byte[]> pieces(byte[] data, int bytes) {
        return IntStream.iterate(0, start -> start < data.length, start -> start + bytes)
                .mapToObj(start -> Arrays.copyOfRange(data, start, Math.min(start + bytes, data.length)))
                .toList();
    }

    static void requireEqual(byte[] expected, byte[] actual) {
        assertTrue(
                Arrays.equals(expected, actual),
                () -> expected.length + " bytes were sent, and came back as " + actual.length + " others");
    }

    /** With this option the system answers a close with RST and not with FIN. */
    static void reset(StreamWriter writer) throws IOException {
        var channel = (SocketChannel) writer.getExtraInfo(ExtraInfo.CHANNEL);
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        writer.transport().abort();
    }
}
