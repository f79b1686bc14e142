package io.jasyncio.stream;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CancellationException;

/** Reads of all kinds in a random order, against what was sent. */
final class RandomReads {

    private static final byte[] SEMICOLON = {';'};
    private static final byte[] LINE_END = {'\n'};

    /** No line is longer, and so no limit is met. */
    private static final int LONGEST_LINE = 90;

    private final StreamReader reader;
    private final byte[] data;
    private final Random random;

    /** How much was read. */
    private int position;

    RandomReads(StreamReader reader, byte[] data, Random random) {
        this.reader = reader;
        this.data = data;
        this.random = random;
    }

    /** Text with line ends and semicolons. */
    static byte[] data(int count, Random random) {
        var data = new byte[count];
        var inLine = 0;
        for (var i = 0; i < count; i++) {
            inLine++;
            var letter = inLine == LONGEST_LINE ? 0 : random.nextInt(60);
            data[i] = letter == 0 ? (byte) '\n' : letter == 1 ? (byte) ';' : (byte) ('A' + letter % 26);
            inLine = data[i] == '\n' ? 0 : inLine;
        }
        return data;
    }

    /** Until everything was read, and then the end. */
    void readAll() throws Exception {
        while (position < data.length) {
            switch (random.nextInt(7)) {
                case 0 -> taken(await(reader.readAsync(size(20))));
                case 1 -> exactly(size(18));
                case 2 -> line();
                case 3 -> until();
                case 4 -> view();
                case 5 -> cancelled();
                default -> passes(random.nextInt(4));
            }
        }
        assertEquals(0, await(reader.readAsync(1)).length);
        assertTrue(reader.atEof());
    }

    /** Mostly small. */
    private int size(int bits) {
        return 1 + random.nextInt(1 << random.nextInt(bits));
    }

    private static void passes(int count) throws Exception {
        for (var pass = 0; pass < count; pass++) {
            await(sleep(Duration.ZERO));
        }
    }

    private void taken(byte[] bytes) {
        assertTrue(bytes.length > 0, "nothing was read before the end");
        assertArrayEquals(Arrays.copyOfRange(data, position, position + bytes.length), bytes);
        position += bytes.length;
    }

    private void exactly(int count) throws Exception {
        if (count <= data.length - position) {
            var bytes = await(reader.readExactlyAsync(count));
            assertEquals(count, bytes.length);
            taken(bytes);
        } else {
            var incomplete = assertThrows(IncompleteReadException.class, () -> await(reader.readExactlyAsync(count)));
            assertEquals(data.length - position, incomplete.partial().length);
            taken(incomplete.partial());
        }
    }

    private void line() throws Exception {
        var end = indexOf('\n', '\n');
        var line = new String(data, position, Math.min(end, data.length) - position, StandardCharsets.US_ASCII);
        assertEquals(line, await(reader.readLineAsync()));
        position = Math.min(end + 1, data.length);
    }

    private void until() throws Exception {
        var end = indexOf(';', '\n') + 1;
        if (end <= data.length) {
            var bytes = await(reader.readUntilAsync(SEMICOLON, LINE_END));
            assertEquals(end - position, bytes.length);
            taken(bytes);
        } else {
            var incomplete = assertThrows(
                    IncompleteReadException.class, () -> await(reader.readUntilAsync(SEMICOLON, LINE_END)));
            taken(incomplete.partial());
            assertEquals(data.length, position);
        }
    }

    private int indexOf(char one, char other) {
        var index = position;
        while (index < data.length && data[index] != one && data[index] != other) {
            index++;
        }
        return index;
    }

    /** What is there is looked at, and some of it skipped. */
    private void view() throws Exception {
        if (!reader.view().hasRemaining()) {
            assertTrue(await(reader.moreAsync()));
        }
        var view = reader.view();
        var seen = new byte[view.remaining()];
        view.get(seen);
        assertArrayEquals(Arrays.copyOfRange(data, position, position + seen.length), seen);
        var skipped = random.nextBoolean() ? seen.length : random.nextInt(seen.length + 1);
        reader.skip(skipped);
        position += skipped;
    }

    /** Either it was too late, or nothing was taken. */
    private void cancelled() throws Exception {
        var exact = random.nextBoolean() && data.length - position > 1000;
        var reading = createTask(() -> await(exact ? reader.readExactlyAsync(1000) : reader.readAsync(size(10))));
        passes(random.nextInt(4));
        reading.cancel();
        try {
            taken(await(reading));
        } catch (CancellationException nothingTaken) {
            passes(random.nextInt(2));
        }
    }
}
