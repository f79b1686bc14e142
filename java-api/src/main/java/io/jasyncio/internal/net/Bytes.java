package io.jasyncio.internal.net;

import java.nio.ByteBuffer;

/** What {@link ByteBuffer} leaves out. */
public final class Bytes {

    private Bytes() {}

    /** Moves as many bytes as the target has room for. Returns how many. */
    public static int move(ByteBuffer from, ByteBuffer into) {
        var count = Math.min(from.remaining(), into.remaining());
        into.put(into.position(), from, from.position(), count);
        into.position(into.position() + count);
        from.position(from.position() + count);
        return count;
    }
}
