package io.jasyncio.internal.net;

import io.jasyncio.spi.LoopRuntime;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What all transports of one loop share. Loop only. */
public final class TransportHost {

    private static final int BUFFER_BYTES = 128 * 1024;

    private final LoopRuntime loop;
    private final Set<NetworkResource> resources = new LinkedHashSet<>();
    private @Nullable ByteBuffer readBuffer;
    private @Nullable ByteBuffer writeBuffer;

    /** For one loop. */
    public TransportHost(LoopRuntime loop) {
        this.loop = loop;
    }

    /** The loop. */
    public LoopRuntime loop() {
        return loop;
    }

    /**
     * Where every transport reads into. One for all, since it is empty again before the next one is read (J13); direct, so that
     * the bytes go from the system to the reader's own array with a single copy between.
     */
    ByteBuffer readBuffer() {
        var buffer = readBuffer;
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
            readBuffer = buffer;
        }
        return buffer.clear();
    }

    /** Where bytes from arrays are gathered on their way out. Without it, the JDK would keep such a buffer per thread. */
    ByteBuffer writeBuffer() {
        var buffer = writeBuffer;
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
            writeBuffer = buffer;
        }
        return buffer.clear();
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
            if (!resource.isClosing()) {
                loop.services().logWarning("unclosed " + resource);
            }
            resource.release();
        }
    }
}
