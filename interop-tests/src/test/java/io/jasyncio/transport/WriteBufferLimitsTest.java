package io.jasyncio.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** S103. */
class WriteBufferLimitsTest {

    @Test
    void theDefaultIs16And64Kibibytes() {
        assertEquals(new WriteBufferLimits(16 * 1024, 64 * 1024), WriteBufferLimits.DEFAULT);
    }

    @Test
    void oneLimitFollowsFromTheOther() {
        assertEquals(new WriteBufferLimits(25, 100), WriteBufferLimits.ofHigh(100));
        assertEquals(new WriteBufferLimits(25, 100), WriteBufferLimits.ofLow(25));
        assertEquals(new WriteBufferLimits(0, 0), WriteBufferLimits.ofHigh(0));
        assertEquals(new WriteBufferLimits(1 << 30, Integer.MAX_VALUE), WriteBufferLimits.ofLow(1 << 30));
    }

    @Test
    void theLowerLimitIsNeitherNegativeNorAboveTheUpperOne() {
        var above = assertThrows(IllegalArgumentException.class, () -> new WriteBufferLimits(2, 1));
        assertTrue(above.getMessage().endsWith("lowBytes=2, highBytes=1"), above::getMessage);
        assertThrows(IllegalArgumentException.class, () -> new WriteBufferLimits(-1, 1));
        assertThrows(IllegalArgumentException.class, () -> WriteBufferLimits.ofLow(Integer.MIN_VALUE));
    }
}
