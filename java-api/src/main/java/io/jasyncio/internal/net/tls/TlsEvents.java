package io.jasyncio.internal.net.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TlsMachine} tells its owner, always from within a call of the owner's own. The owner may call the machine
 * back from each of these. None of them may throw.
 */
public interface TlsEvents {

    /** Records for the other side. All of them are taken before this returns; the buffer is used again afterwards. */
    void sendRecords(ByteBuffer records);

    /** Whether more waits to be sent than the owner likes, since the other side does not read. */
    boolean isFull();

    /** Both sides have agreed and, as far as that was asked for, know each other. Once. */
    void handshakeDone();

    /** What the other side has written. The buffer is used again afterwards. */
    void decrypted(ByteBuffer plaintext);

    /** The other side writes no more. No data follows. Once, and not after {@link #failed}. */
    void inputEnded();

    /** All that was written, and the notice that no more will come, is with the owner. Once. */
    void outputEnded();

    /**
     * The connection is of no use any more; what the other side has to be told was sent. Once, and nothing follows.
     *
     * @param reason a {@link io.jasyncio.transport.TruncatedStreamException} if the end came too early
     */
    void failed(SSLException reason);

    /** Whether records are wanted. They are until this says no; what comes all the same is kept. */
    void wantRecords(boolean wanted);

    /** Runs work that takes long, in any thread, and then {@code after} on the loop, with the failure if there was one. */
    void runTask(Runnable work, After after);

    /** What follows on work that took long. */
    @FunctionalInterface
    interface After {

        /** Called once on the loop's thread; from within {@link TlsEvents#runTask} if the work was done there. */
        void done(@Nullable Throwable failure);
    }
}
