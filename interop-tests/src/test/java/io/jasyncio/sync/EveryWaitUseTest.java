package io.jasyncio.sync;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.toThread;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.VirtualTime;
import io.jasyncio.sync.Line.Kind;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where one may wait: on one loop, on its thread. Whoever is refused is told what to do, and has changed nothing. */
@ExtendWith(AsyncioExtension.class)
class EveryWaitUseTest {

    // ---- Where it may be used --------------------------------------------------------------------------------------

    /** S89. */
    @ParameterizedTest
    @MethodSource("io.jasyncio.sync.Line#all")
    void belongsToTheLoopOfTheFirstWait(Kind kind) throws Exception {
        var line = kind.open();
        VirtualTime.run(() -> line.join().cancel());
        VirtualTime.run(() -> {
            var refused = assertThrows(IllegalStateException.class, line::join);
            assertTrue(refused.getMessage().contains("is bound to a different event loop"), refused.getMessage());
            line.letOneIn();
            line.assertThatOneMayEnter();
        });
    }

    @ParameterizedTest
    @MethodSource("io.jasyncio.sync.Line#all")
    void isMadeAndUsedBeforeThereIsALoop(Kind kind) throws Exception {
        var line = kind.open();
        line.letOneIn();
        VirtualTime.run(() -> line.assertThatOneMayEnter());
    }

    @ParameterizedTest
    @MethodSource("io.jasyncio.sync.Line#all")
    void waitingOutsideOfALoopIsRefusedAndChangesNothing(Kind kind) throws Exception {
        var line = kind.open();
        assertThatALoopIsWanted(line);
        line.letOneIn();
        assertThatALoopIsWanted(line);
        VirtualTime.run(() -> line.assertThatOneMayEnter());
    }

    private static void assertThatALoopIsWanted(Line line) {
        var refused = assertThrows(IllegalStateException.class, line::join);
        for (var text : new String[] {"Async() was called outside of an event loop", "loop.submit(", "Asyncio.run("}) {
            assertTrue(refused.getMessage().contains(text), refused.getMessage());
        }
    }

    @ParameterizedTest
    @MethodSource("io.jasyncio.sync.Line#all")
    void anotherThreadIsRefusedAndChangesNothing(Kind kind) throws Exception {
        VirtualTime.run(() -> {
            var line = kind.open();
            var wait = line.join();
            await(toThread(() -> {
                assertThatTheLoopIsToBeAsked(line::letOneIn);
                assertThatTheLoopIsToBeAsked(line::join);
            }));
            assertFalse(wait.isDone());
            line.letOneIn();
            await(wait);
        });
    }

    private static void assertThatTheLoopIsToBeAsked(Runnable misuse) {
        var refused = assertThrows(IllegalStateException.class, misuse::run);
        // A queue has a door for other threads; everything else is asked by way of the loop.
        assertTrue(refused.getMessage().matches(".*(loop\\.submit\\(|call door\\(\\)).*"), refused.getMessage());
    }
}
