package io.jasyncio.internal.net;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The standard output of the process, which stays open when this is closed. Unlike {@code System.out} it tells when nobody reads any
 * more.
 */
public final class ProcessOutput extends OutputStream {

    @SuppressWarnings("resource") // closing it would close the descriptor
    private final OutputStream out = new FileOutputStream(FileDescriptor.out);

    /** What was printed before goes first. */
    public ProcessOutput() {
        System.out.flush();
    }

    @Override
    public void write(int value) throws IOException {
        out.write(value);
    }

    @Override
    public void write(byte[] data, int offset, int length) throws IOException {
        out.write(data, offset, length);
    }

    @Override
    public String toString() {
        return "standard output";
    }
}
