package io.jasyncio.internal.net;

import io.jasyncio.spi.LoopRuntime;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What all transports of one loop share. Loop only. */
public final class TransportHost {

    private static final int WRITE_BUFFER_BYTES = 128 * 1024;

    private final LoopRuntime loop;
    private final BufferPool buffers = new BufferPool();
    private final HeapBuffers heapBuffers = new HeapBuffers();
    private final Set<NetworkResource> resources = new LinkedHashSet<>();
    private @Nullable ByteBuffer writeBuffer;

    /** For one loop. */
    public TransportHost(LoopRuntime loop) {
        this.loop = loop;
    }

    /** The loop. */
    public LoopRuntime loop() {
        return loop;
    }

    /** Where transports read into (J13). */
    public BufferPool buffers() {
        return buffers;
    }

    /** Where bytes from arrays are gathered on their way out. Without it, the JDK would keep such a buffer per thread. */
    ByteBuffer writeBuffer() {
        var buffer = writeBuffer;
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(WRITE_BUFFER_BYTES);
            writeBuffer = buffer;
        }
        return buffer.clear();
    }

    /** Where TLS works: the engine of the JDK wants arrays. */
    public HeapBuffers heapBuffers() {
        return heapBuffers;
    }

    /** Something is open from now on. */
    public void opened(NetworkResource resource) {
        resources.add(resource);
    }

    /** It was closed. */
    public void closed(NetworkResource resource) {
        resources.remove(resource);
    }

    /**
     * The loop is closed: whatever is still open would keep its file descriptor until some garbage collection (S130). Protocols
     * are told nothing any more, for want of a loop that could.
     */
    public void close() {
        var left = List.copyOf(resources);
        resources.clear();
        for (var resource : left) {
            if (!resource.isClosing() && !resource.mayBeLeftOpen()) {
                loop.services().logWarning("unclosed " + resource);
            }
            release(resource);
        }
    }

    /** One that cannot be closed does not keep the others open. */
    private void release(NetworkResource resource) {
        try {
            resource.release();
        } catch (Exception failure) {
            loop.services().logWarning("cannot close " + resource + ": " + failure);
        }
    }
}
