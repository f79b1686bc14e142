package io.jasyncio.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jasyncio.transport.TlsOptions;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

/** What can be said about TLS, and what is said if nothing is. */
class TlsOptionsTest {

    @Test
    void theDefaultsAreStrict() {
        var options = TlsOptions.systemDefault();
        assertNotNull(options.context());
        assertNull(options.parameters());
        assertNull(options.serverHostname());
        assertTrue(options.verifiesHostname());
        assertFalse(options.takesTruncationAsEof());
        assertEquals(Duration.ofSeconds(60), options.handshakeTimeout());
        assertEquals(Duration.ofSeconds(30), options.shutdownTimeout());
    }

    @Test
    void eachChangeIsACopy() {
        var parameters = new SSLParameters();
        var plain = TlsOptions.of(Keys.context(null));
        var changed = plain.withParameters(parameters)
                .withServerHostname("a.example.test")
                .withoutHostnameVerification()
                .withTruncationAsEof()
                .withHandshakeTimeout(Duration.ofSeconds(1))
                .withShutdownTimeout(Duration.ofSeconds(2));
        assertSame(plain.context(), changed.context());
        assertSame(parameters, changed.parameters());
        assertEquals("a.example.test", changed.serverHostname());
        assertFalse(changed.verifiesHostname());
        assertTrue(changed.takesTruncationAsEof());
        assertEquals(Duration.ofSeconds(1), changed.handshakeTimeout());
        assertEquals(Duration.ofSeconds(2), changed.shutdownTimeout());
        assertNull(plain.serverHostname());
        assertTrue(plain.verifiesHostname());
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        var options = TlsOptions.of(Keys.context(null));
        assertThrows(IllegalArgumentException.class, () -> options.withServerHostname(""));
        for (var none : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1)}) {
            assertThrows(IllegalArgumentException.class, () -> options.withHandshakeTimeout(none));
            assertThrows(IllegalArgumentException.class, () -> options.withShutdownTimeout(none));
        }
        assertThrows(NullPointerException.class, () -> TlsOptions.of(null));
        assertThrows(NullPointerException.class, () -> options.withParameters(null));
    }
}
