package io.jasyncio.stream;

import io.jasyncio.LoopFuture;
import io.jasyncio.spi.LoopRuntime;
import io.jasyncio.spi.Reclaiming;
import io.jasyncio.transport.BaseTransport;
import io.jasyncio.transport.Connection;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A reader or a writer that {@link PipeStreams} opens; its pipe is closed again if nobody takes it. */
final class OpenPipe<S, T extends BaseTransport> extends LoopFuture<S> implements Reclaiming {

    private final Function<Connection<T, StreamReaderProtocol>, S> streamOf;
    private @Nullable T transport;

    OpenPipe(
            LoopRuntime loop,
            LoopFuture<Connection<T, StreamReaderProtocol>> connecting,
            Function<Connection<T, StreamReaderProtocol>, S> streamOf) {
        super(loop);
        this.streamOf = streamOf;
        connecting.addListener(ended -> connected(connecting));
        whenEnded(() -> {
            if (isCancelled()) {
                connecting.cancel();
            }
        });
    }

    private void connected(LoopFuture<Connection<T, StreamReaderProtocol>> connecting) {
        if (connecting.isCancelled()) {
            cancel();
        } else if (connecting.isCompletedExceptionally()) {
            completeExceptionally(Objects.requireNonNull(connecting.exception()));
        } else {
            var made = connecting.join();
            transport = made.transport();
            if (!complete(streamOf.apply(made))) {
                valueNotTaken();
            }
        }
    }

    @Override
    public void valueNotTaken() {
        if (transport != null) {
            transport.close();
        }
    }
}
