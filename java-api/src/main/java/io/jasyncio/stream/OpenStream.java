package io.jasyncio.stream;

import io.jasyncio.LoopFuture;
import io.jasyncio.spi.LoopRuntime;
import io.jasyncio.spi.Reclaiming;
import io.jasyncio.transport.Connection;
import io.jasyncio.transport.Transport;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@link Streams#openConnection} returns: the streams of a connection, which is ended again if nobody takes them. */
final class OpenStream extends LoopFuture<StreamPair> implements Reclaiming {

    private @Nullable Connection<Transport, StreamReaderProtocol> connection;

    OpenStream(LoopRuntime loop, LoopFuture<Connection<Transport, StreamReaderProtocol>> connecting) {
        super(loop);
        connecting.addListener(ended -> connected(connecting));
        whenEnded(() -> {
            if (isCancelled()) {
                connecting.cancel();
            }
        });
    }

    private void connected(LoopFuture<Connection<Transport, StreamReaderProtocol>> connecting) {
        if (connecting.isCancelled()) {
            cancel();
        } else if (connecting.isCompletedExceptionally()) {
            completeExceptionally(Objects.requireNonNull(connecting.exception()));
        } else {
            var made = connecting.join();
            connection = made;
            if (!complete(made.protocol().pair(made.transport()))) {
                valueNotTaken();
            }
        }
    }

    @Override
    public void valueNotTaken() {
        if (connection != null) {
            connection.transport().abort();
        }
    }
}
