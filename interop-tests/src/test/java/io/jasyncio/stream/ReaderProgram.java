package io.jasyncio.stream;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.sleep;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.internal.net.BufferPool;
import io.jasyncio.internal.net.TransportHost;
import io.jasyncio.spi.LoopRuntime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A random program: bytes come in pieces of all sizes, by hand or by a transport, and reads of all kinds are made and cancelled. */
final class ReaderProgram {

    private static final int PASSES = 80;
    private static final String LETTERS = "aaabbbb;\r\n";

    private final Random random;
    private final ReadFace face;
    private final StreamReader reader;
    private final FakeTransport transport = new FakeTransport();
    private final BufferPool pool;
    private final ByteModel model;
    private final int scale;
    private final List<String> story = new ArrayList<>();
    private ReadOp op;
    private LoopFuture<?> reading;

    /** For how many passes the read could have ended. */
    private int overdue;

    /** A cancelled read leaves the transport reading; what comes next pauses it. */
    private boolean readsOn;

    private AssertionError wrong;

    ReaderProgram(long seed, ReadFace face) {
        this.random = new Random(seed);
        this.face = face;
        // Large pieces stay in the buffers into which they were read.
        this.scale = random.nextInt(4) == 0 ? 20_000 : 40;
        var loop = (LoopRuntime) EventLoop.current();
        this.reader = new StreamReader(loop, scale);
        this.pool = new TransportHost(loop).buffers();
        this.model = new ByteModel(scale);
        reader.setTransport(transport);
    }

    void run() throws Exception {
        for (var pass = 0; pass < PASSES && wrong == null; pass++) {
            step();
            await(sleep(Duration.ZERO));
            check();
        }
        end();
        if (wrong != null) {
            throw new AssertionError(wrong.getMessage() + "\n  " + String.join("\n  ", story), wrong);
        }
    }

    private void step() {
        switch (random.nextInt(6)) {
            case 0, 1, 2 -> feed();
            case 3 -> {
                if (reading != null) {
                    tell("cancel");
                    reading.cancel();
                    readsOn = true;
                }
            }
            default -> {}
        }
        if (reading == null && random.nextBoolean()) {
            if (random.nextInt(3) == 0) {
                lookAndSkip();
            } else {
                startRead();
            }
        }
    }

    private void feed() {
        var piece = new byte[1 + random.nextInt(random.nextInt(3) == 0 ? 3 * scale : 1 + scale / 8)];
        for (var i = 0; i < piece.length; i++) {
            piece[i] = (byte)
                    LETTERS.charAt(random.nextInt(LETTERS.length() * (scale > 1000 ? 500 : 1)) % LETTERS.length());
        }
        var byTransport = random.nextBoolean();
        readsOn = false;
        tell("feed " + piece.length + (byTransport ? " by the transport" : ""));
        if (byTransport) {
            fill(ByteBuffer.wrap(piece));
        } else {
            model.feed(piece);
            reader.feedData(piece);
        }
    }

    /** As a transport does; what has no room is not read. */
    private void fill(ByteBuffer data) {
        var room = reader.room(pool);
        var count = Math.min(room.remaining(), data.remaining());
        var piece = new byte[count];
        data.get(piece);
        model.feed(piece);
        reader.filled(room.put(piece), count);
    }

    private void lookAndSkip() {
        var view = reader.view();
        model.view();
        expect(model.left(), ISO_8859_1.decode(view).toString());
        var count = random.nextInt(model.size() + 1);
        tell("view, skip " + count);
        reader.skip(count);
        model.skip(count);
    }

    private void startRead() {
        op = ReadOp.random(random, scale);
        tell("start " + op);
        overdue = 0;
        var started = op;
        reading = face.start(reader, started, (result, failure) -> ended(started, ByteModel.text(result, failure)));
    }

    private void ended(ReadOp read, String result) {
        tell("ended: " + result);
        if (!result.equals("cancelled")) {
            expect(model.end(read), result);
        }
    }

    /** After each pass. */
    private void check() {
        if (reading != null && reading.isDone()) {
            reading = null;
        }
        if (reading != null && model.canEnd(op) && ++overdue > 2) {
            fail("does not end");
        }
        if (model.size() <= scale && !transport.isReading()) {
            fail("paused though there is little");
        }
        if (reading == null && !readsOn && model.size() > 2L * scale && transport.isReading()) {
            fail("not paused though there is much");
        }
    }

    private void end() throws Exception {
        if (reading != null) {
            reading.cancel();
            await(sleep(Duration.ofSeconds(1)));
        }
        model.eof = true;
        reader.feedEof();
        expect(model.left(), new String(await(reader.readAsync()), ISO_8859_1));
        expect("0", String.valueOf(pool.inUse()));
    }

    private void expect(String expected, String actual) {
        if (!actual.equals(expected)) {
            fail("expected <" + expected + "> but got <" + actual + ">");
        }
    }

    private void fail(String message) {
        if (wrong == null) {
            wrong = new AssertionError(message);
        }
    }

    private void tell(String what) {
        story.add(what.length() > 200 ? what.substring(0, 200) + "..." : what);
    }
}
