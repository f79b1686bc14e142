package io.jasyncio.internal.net;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.nio.channels.Channels;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The standard input of the process, in such a way that a thread that waits for it can be stopped: by an interrupt, which closes the
 * channel. {@code System.in} cannot do that. The descriptor stays in blocking mode, since another mode would be shared with every
 * program that has the same terminal.
 */
public final class ProcessInput extends FilterInputStream {

    private static final AtomicBoolean TAKEN = new AtomicBoolean();

    private ProcessInput() {
        super(Channels.newInputStream(new FileInputStream(FileDescriptor.in).getChannel()));
    }

    /**
     * Takes the input, which is closed some day with whoever has taken it. Any thread.
     *
     * @throws IllegalStateException if it was taken before: two readers would share the bytes
     */
    public static ProcessInput take() {
        if (!TAKEN.compareAndSet(false, true)) {
            throw new IllegalStateException("the standard input of this process has been opened before");
        }
        return new ProcessInput();
    }

    @Override
    public String toString() {
        return "standard input";
    }
}
