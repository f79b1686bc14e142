package io.jasyncio.transport.contract;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jasyncio.transport.ExtraInfo;
import io.jasyncio.transport.Transport;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;

/**
 * A connection: what the near side writes the far side reads, and the other way round where the transport can.
 *
 * @param near writes
 * @param far reads
 */
record Link(Recorder near, Recorder far) {

    Transport writing() {
        return near.transport;
    }

    Transport reading() {
        return far.transport;
    }

    /** Ends whatever is open still, and checks that everybody was told by the rules and nothing is held any more. */
    void end() throws Exception {
        for (var side : List.of(near, far)) {
            side.transport.abort();
            await(side.lost);
        }
        for (var side : List.of(near, far)) {
            side.verify();
            var channel = side.transport.getExtraInfo(ExtraInfo.CHANNEL);
            assertFalse(channel != null && channel.isOpen(), "the channel is open still");
        }
    }

    /** Writes data in pieces of random sizes, from memory of all kinds, as fast as the transport wants it. */
    static void send(Recorder from, byte[] data, Random random) throws Exception {
        for (var at = 0; at < data.length; ) {
            var count = Math.min(data.length - at, sizeOfPiece(random));
            write(from.transport, ByteBuffer.wrap(data, at, count), random);
            at += count;
            await(from.writableAsync());
        }
    }

    /** Mostly a few bytes, at times more than all buffers on the way. */
    private static int sizeOfPiece(Random random) {
        return 1 + random.nextInt(1 << (4 + random.nextInt(16)));
    }

    private static void write(Transport transport, ByteBuffer piece, Random random) {
        var bytes = new byte[piece.remaining()];
        piece.get(piece.position(), bytes);
        switch (random.nextInt(5)) {
            case 0 -> transport.write(bytes);
            case 1 -> transport.write(piece.slice().asReadOnlyBuffer());
            case 2 ->
                transport.write(
                        ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
            case 3 -> transport.writelines(List.of(new byte[0], bytes));
            default -> transport.write(piece);
        }
    }
}
