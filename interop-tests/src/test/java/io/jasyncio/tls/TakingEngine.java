package io.jasyncio.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

/**
 * An engine with a habit of OpenSSL's: it takes a record for which there is not enough room, gives what fits, and the rest when it
 * is asked again.
 */
final class TakingEngine extends SSLEngine {

    private static final int MOST_OF_A_RECORD = 16_384;

    private final SSLEngine engine;
    private ByteBuffer rest = ByteBuffer.allocate(0);

    TakingEngine(SSLEngine engine) {
        this.engine = engine;
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] to, int offset, int count) throws SSLException {
        var before = from.position();
        var result = new SSLEngineResult(Status.OK, engine.getHandshakeStatus(), 0, 0);
        if (!rest.hasRemaining()) {
            var plaintext = ByteBuffer.allocate(MOST_OF_A_RECORD + 256);
            result = engine.unwrap(from, plaintext);
            rest = plaintext.flip();
        }
        var fits = Math.min(rest.remaining(), to[offset].remaining());
        to[offset].put(rest.slice().limit(fits));
        rest.position(rest.position() + fits);
        var status = rest.hasRemaining() ? Status.BUFFER_OVERFLOW : result.getStatus();
        return new SSLEngineResult(status, result.getHandshakeStatus(), from.position() - before, fits);
    }

    // ---- All else is as it was -------------------------------------------------------------------------------------

    @Override
    public SSLEngineResult wrap(ByteBuffer[] from, int offset, int count, ByteBuffer to) throws SSLException {
        return engine.wrap(from, offset, count, to);
    }

    @Override
    public Runnable getDelegatedTask() {
        return engine.getDelegatedTask();
    }

    @Override
    public void beginHandshake() throws SSLException {
        engine.beginHandshake();
    }

    @Override
    public SSLEngineResult.HandshakeStatus getHandshakeStatus() {
        return engine.getHandshakeStatus();
    }

    @Override
    public SSLSession getHandshakeSession() {
        return engine.getHandshakeSession();
    }

    @Override
    public SSLSession getSession() {
        return engine.getSession();
    }

    @Override
    public void closeInbound() throws SSLException {
        engine.closeInbound();
    }

    @Override
    public boolean isInboundDone() {
        return engine.isInboundDone();
    }

    @Override
    public void closeOutbound() {
        engine.closeOutbound();
    }

    @Override
    public boolean isOutboundDone() {
        return engine.isOutboundDone();
    }

    @Override
    public SSLParameters getSSLParameters() {
        return engine.getSSLParameters();
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        engine.setSSLParameters(parameters);
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return engine.getSupportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return engine.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        engine.setEnabledCipherSuites(suites);
    }

    @Override
    public String[] getSupportedProtocols() {
        return engine.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return engine.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        engine.setEnabledProtocols(protocols);
    }

    @Override
    public boolean getUseClientMode() {
        return engine.getUseClientMode();
    }

    @Override
    public void setUseClientMode(boolean mode) {
        engine.setUseClientMode(mode);
    }

    @Override
    public boolean getNeedClientAuth() {
        return engine.getNeedClientAuth();
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        engine.setNeedClientAuth(need);
    }

    @Override
    public boolean getWantClientAuth() {
        return engine.getWantClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        engine.setWantClientAuth(want);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return engine.getEnableSessionCreation();
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {
        engine.setEnableSessionCreation(flag);
    }
}
