package io.jasyncio.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.Asyncio;
import io.jasyncio.EventLoop;
import io.jasyncio.LoopOptions;
import io.jasyncio.kit.AsyncioExtension;
import io.jasyncio.kit.ChildJvm;
import io.jasyncio.kit.ClassPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader.Provider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How the API finds its runtime: exactly one, or a message that says what to do. */
@ExtendWith(AsyncioExtension.class)
class ProvidersTest {

    private static class First implements EventLoopProvider {
        @Override
        public LoopRuntime newEventLoop(LoopOptions options) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Second extends First {}

    private record Candidate(EventLoopProvider get) implements Provider<EventLoopProvider> {
        @Override
        public Class<? extends EventLoopProvider> type() {
            return get.getClass();
        }
    }

    private final First first = new First();
    private final Second second = new Second();
    private final List<Provider<EventLoopProvider>> both = List.of(new Candidate(first), new Candidate(second));

    @Test
    void oneIsTaken() {
        assertSame(first, Providers.choose(List.of(new Candidate(first)), null));
    }

    @Test
    void noneIsAnErrorThatNamesTheArtifact() {
        var refused = assertThrows(IllegalStateException.class, () -> Providers.choose(List.of(), null));
        assertTrue(refused.getMessage().contains("io.jasyncio:jasyncio-kotlin-runtime"), refused.getMessage());
    }

    @Test
    void twoAreAnErrorThatNamesBothAndTheChoice() {
        var refused = assertThrows(IllegalStateException.class, () -> Providers.choose(both, null));
        assertTrue(refused.getMessage().contains(First.class.getName()), refused.getMessage());
        assertTrue(refused.getMessage().contains(Second.class.getName()), refused.getMessage());
        assertTrue(refused.getMessage().contains("-Dio.jasyncio.provider="), refused.getMessage());
    }

    @Test
    void thePropertyChooses() {
        assertSame(second, Providers.choose(both, Second.class.getName()));
    }

    @Test
    void thePropertyThatNamesNobodyIsAnError() {
        var refused = assertThrows(IllegalStateException.class, () -> Providers.choose(both, "no.such.Provider"));
        assertTrue(refused.getMessage().contains("no.such.Provider"), refused.getMessage());
        assertTrue(refused.getMessage().contains(First.class.getName()), refused.getMessage());
    }

    @Test
    void theProviderInTheOptionsWins() {
        var options = LoopOptions.defaults().withProvider(first);
        assertThrows(UnsupportedOperationException.class, () -> EventLoop.create(options));
    }

    /** A program of a user who forgot the runtime. */
    public static final class Program {
        private Program() {}

        /** Started in a process of its own. */
        public static void main(String[] arguments) throws Exception {
            System.out.println(Asyncio.<String>run(() -> "it runs"));
        }
    }

    @Test
    void aProcessWithTheRuntimeRuns() throws Exception {
        var output = ChildJvm.of(Program.class).run();
        assertEquals("it runs", output.text().strip());
        assertEquals(0, output.exitCode());
    }

    @Test
    void aProcessWithoutTheRuntimeNamesTheArtifact() throws Exception {
        var output =
                ChildJvm.of(Program.class).classPath(ClassPath.withoutRuntime()).run();
        assertTrue(output.text().contains("no event loop provider found"), output.text());
        assertTrue(output.text().contains("io.jasyncio:jasyncio-kotlin-runtime"), output.text());
        assertEquals(1, output.exitCode());
    }

    @Test
    void aProcessWithTwoRuntimesNamesBoth(@TempDir Path extra) throws Exception {
        ClassPath.offerProvider(extra, ExtraProvider.class);
        var entries = new ArrayList<>(ClassPath.entries());
        entries.add(extra);
        var output = ChildJvm.of(Program.class).classPath(entries).run();
        assertTrue(output.text().contains("more than one event loop provider found"), output.text());
        assertTrue(output.text().contains(ExtraProvider.class.getName()), output.text());
        var chosen = ChildJvm.of(Program.class)
                .classPath(entries)
                .option("-Dio.jasyncio.provider=io.jasyncio.runtime.loop.SelectorEventLoopProvider")
                .run();
        assertEquals("it runs", chosen.text().strip());
    }

    /** A second runtime on the class path. */
    public static final class ExtraProvider extends First {}
}
