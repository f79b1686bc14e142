package io.jasyncio.stream;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.createTask;
import static io.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Carrier;
import io.jasyncio.EventLoop;
import io.jasyncio.kit.OnEachCarrier;
import io.jasyncio.kit.Steps;
import io.jasyncio.kit.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** A read that waits takes its bytes at its turn, one pass after they have come; until then they are nobody's. */
class ReaderTurnTest extends ReaderFixture {

    @OnEachCarrier
    void aReadGoesOnInThePassAfterItsData(Carrier carrier, Steps steps) throws Exception {
        VirtualTime.run(carrier, () -> {
            var stream = new StreamReader(EventLoop.current(), 100);
            var task = createTask(() -> {
                await(stream.readLineAsync());
                steps.expect(3);
            });
            await(sleep(Duration.ZERO));
            EventLoop.current().callSoon(() -> steps.expect(2));
            stream.feedData(bytes("one\n"));
            EventLoop.current().callSoon(() -> steps.expect(4));
            steps.expect(1);
            await(task);
            await(sleep(Duration.ZERO));
            steps.finish(5);
        });
    }

    @Test
    void untilItsTurnTheBytesAreThere() throws Exception {
        var read = reader.readAsync(10);
        reader.feedData(bytes("abc"));
        assertFalse(read.isDone());
        assertTrue(reader.view().hasRemaining());
        assertEquals("abc", text(read));
    }

    @Test
    void nobodyElseReadsWhatSomebodyWasWokenFor() throws Exception {
        var read = reader.readAsync(1);
        reader.feedData(bytes("abc"));
        assertThrows(IllegalStateException.class, () -> reader.readAsync(1));
        assertThrows(IllegalStateException.class, () -> reader.skip(1));
        assertEquals("a", text(read));
    }

    @Test
    void whatComesUntilTheTurnIsReadToo() throws Exception {
        var read = reader.readAsync(10);
        reader.feedData(bytes("ab"));
        reader.feedData(bytes("c"));
        assertEquals("abc", text(read));
    }

    @Test
    void aReadThatIsCancelledBeforeItsTurnTakesNothing() throws Exception {
        var read = reader.readAsync(10);
        reader.feedData(bytes("abc"));
        assertTrue(read.cancel());
        failure(CancellationException.class, read);
        assertEquals("abc", text(reader.readAsync(10)));
    }

    /** Two tasks share the future of a read, and are both cancelled when it has ended. */
    @OnEachCarrier
    void whatNobodyTakesGoesBack(Carrier carrier) throws Exception {
        VirtualTime.run(carrier, () -> {
            var stream = new StreamReader(EventLoop.current(), 100);
            var read = stream.readLineAsync();
            var tasks = List.of(createTask(() -> await(read)), createTask(() -> await(read)));
            await(sleep(Duration.ZERO));
            stream.feedData(bytes("one\ntwo\n"));
            for (var task : tasks) {
                task.cancel();
            }
            for (var task : tasks) {
                assertThrows(CancellationException.class, () -> await(task));
            }
            assertEquals("one", await(stream.readLineAsync()));
            assertEquals("two", await(stream.readLineAsync()));
        });
    }

    /** Completing the future by hand is of no use to anybody, but must not cost the stream its bytes. */
    @Test
    void aReadThatIsEndedByHandTakesNothing() throws Exception {
        var read = reader.readAsync(10);
        reader.feedData(bytes("abc"));
        read.complete(bytes("mine"));
        assertEquals("mine", text(read));
        assertEquals("abc", text(reader.readAsync(10)));
    }

    @Test
    void aReadThatIsNotSatisfiedWaitsOn() throws Exception {
        var read = reader.readUntilAsync(bytes(";"));
        feed("a");
        feed("b");
        assertFalse(read.isDone());
        feed(";");
        assertEquals("ab;", text(read));
    }
}
