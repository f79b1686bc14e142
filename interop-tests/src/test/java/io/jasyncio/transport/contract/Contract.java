package io.jasyncio.transport.contract;

import static io.jasyncio.Asyncio.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jasyncio.Asyncio;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.ErrorLog;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the parts of the contract stand on. A kind of transport passes it by a test class that implements {@link
 * StreamContract}, {@link DuplexContract} or {@link HalfCloseContract} and has a {@link Fixture}.
 */
@ExtendWith(AsyncioExtension.class)
interface Contract {

    @FunctionalInterface
    interface Body {
        void run(Link link) throws Exception;
    }

    @FunctionalInterface
    interface FixtureBody {
        void run(Fixture fixture) throws Exception;
    }

    /** The kind of transport. Asked for in a running program, and again for each connection that stands on its own. */
    Fixture fixture() throws Exception;

    /** Runs a body in a program. */
    default void program(FixtureBody body) throws Exception {
        Asyncio.run(() -> body.run(fixture()));
    }

    /** Runs a body with a connection, and ends it. */
    default void connected(Body body) throws Exception {
        program(fixture -> {
            var link = fixture.connect(new Recorder(), new Recorder());
            body.run(link);
            link.end();
        });
    }

    /**
     * Gives both sides and the loop the time that a few bytes take on a connection of their own: what should not happen has
     * had its chance then.
     */
    default void settle() throws Exception {
        var other = fixture().connect(new Recorder(), new Recorder());
        for (var round = 1; round <= 5; round++) {
            other.writing().write(new byte[1]);
            await(other.far().receivedAsync(round));
        }
        other.end();
    }

    /**
     * Writes to a far side that does not read from now on, until bytes have to wait here and none of them moves any more.
     *
     * @return how many bytes were written
     */
    default int fill(Link link) throws Exception {
        link.reading().pauseReading();
        var fixture = fixture();
        var written = 0;
        for (var waiting = -1; waiting != link.writing().getWriteBufferSize(); ) {
            while (link.writing().getWriteBufferSize() == 0 || written < fixture.leastBytesToFill()) {
                link.writing().write(new byte[50_000]);
                written += 50_000;
            }
            waiting = link.writing().getWriteBufferSize();
            fixture.awaitStuck(link);
            settle();
        }
        return written;
    }

    @AfterEach
    default void nobodyForgotATransport(ErrorLog log) {
        assertEquals(
                List.of(),
                log.warnings().stream()
                        .filter(line -> line.startsWith("unclosed"))
                        .toList());
    }
}
