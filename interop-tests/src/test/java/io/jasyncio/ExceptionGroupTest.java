package io.jasyncio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link ExceptionGroup} holds exceptions as equals, and shows them all in an ordinary stack trace. */
class ExceptionGroupTest {

    private final IOException io = new IOException("io");
    private final IllegalArgumentException argument = new IllegalArgumentException("argument");
    private final IllegalStateException state = new IllegalStateException("state");
    private final ExceptionGroup inner = new ExceptionGroup("inner", List.of(argument, state));
    private final ExceptionGroup group = new ExceptionGroup("outer", List.of(io, inner));

    @Test
    void theFirstIsTheCauseAndTheOthersAreSuppressed() {
        assertEquals(List.of(io, inner), group.exceptions());
        assertSame(io, group.getCause());
        assertArrayEquals(new Throwable[] {inner}, group.getSuppressed());
    }

    @Test
    void theMessageCountsThem() {
        assertEquals("outer (2 sub-exceptions)", group.getMessage());
        assertEquals("one (1 sub-exception)", new ExceptionGroup("one", List.of(io)).getMessage());
    }

    @Test
    void aSubgroupKeepsTheNesting() {
        var found = group.subgroup(IllegalStateException.class).orElseThrow();
        assertEquals("outer (1 sub-exception)", found.getMessage());
        var nested = (ExceptionGroup) found.exceptions().get(0);
        assertEquals("inner (1 sub-exception)", nested.getMessage());
        assertEquals(List.of(state), nested.exceptions());
    }

    @Test
    void aSubgroupOfNothingIsEmpty() {
        assertTrue(group.subgroup(InterruptedException.class).isEmpty());
    }

    @Test
    void aSplitLosesNothing() {
        var split = group.split(exception -> exception instanceof RuntimeException);
        var matching =
                (ExceptionGroup) split.matching().orElseThrow().exceptions().get(0);
        assertEquals(List.of(argument, state), matching.exceptions());
        assertEquals(List.of(io), split.rest().orElseThrow().exceptions());
    }

    @Test
    void theSameExceptionMayBeThereTwice() {
        var twice = new ExceptionGroup("twice", List.of(io, io));
        assertEquals(List.of(io, io), twice.exceptions());
    }

    @Test
    void anEmptyGroupIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ExceptionGroup("empty", List.of()));
    }
}
