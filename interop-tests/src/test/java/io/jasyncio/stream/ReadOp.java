package io.jasyncio.stream;

import io.jasyncio.LoopFuture;
import java.util.Arrays;
import java.util.Random;

/** A read of a random program. */
record ReadOp(Kind kind, int count, byte[][] separators) {

    enum Kind {
        ALL,
        SOME,
        EXACTLY,
        LINE,
        UNTIL,
        MORE
    }

    private static final byte[][][] SEPARATORS = {{{';'}}, {{'a', ';'}}, {{'b', 'b', ';'}, {'\n'}}};

    /** Seldom a read of everything, which ends with the stream alone. */
    static ReadOp random(Random random, int scale) {
        var kind = random.nextInt(40) == 0 ? Kind.ALL : Kind.values()[1 + random.nextInt(Kind.values().length - 1)];
        return new ReadOp(kind, random.nextInt(2 * scale), SEPARATORS[random.nextInt(SEPARATORS.length)]);
    }

    LoopFuture<?> start(StreamReader reader) {
        return switch (kind) {
            case ALL -> reader.readAsync();
            case SOME -> reader.readAsync(count);
            case EXACTLY -> reader.readExactlyAsync(count);
            case LINE -> reader.readLineAsync();
            case UNTIL -> reader.readUntilAsync(separators);
            case MORE -> reader.moreAsync();
        };
    }

    @Override
    public String toString() {
        return kind + " " + count + " " + Arrays.deepToString(separators);
    }
}
