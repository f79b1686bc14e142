package io.jasyncio.stream;

import io.jasyncio.WaitQueue;
import io.jasyncio.spi.LoopBinding;

/** Where the one who reads waits: there is a single place. He is woken when there may be enough for him. */
final class ReaderLine extends WaitQueue {

    private final StreamReader reader;
    private int enough;

    ReaderLine(StreamReader reader) {
        super(reader, new LoopBinding());
        this.reader = reader;
    }

    /** Who waits next has no use for fewer bytes. */
    void waitsFor(int bytes) {
        enough = bytes;
    }

    /** Whether somebody waits who would be woken by so many bytes. */
    boolean isEnough(int bytes) {
        return bytes >= enough && hasWaiting();
    }

    void dataCame(int bytes) {
        if (isEnough(bytes)) {
            wakeFirst();
        }
    }

    /** There will be no more. */
    void allCame() {
        wakeFirst();
    }

    /** Cancelled since he was woken: the bytes are left for the next read, and may be too many to go on. */
    @Override
    protected void missed() {
        reader.adjustReading(false);
    }
}
