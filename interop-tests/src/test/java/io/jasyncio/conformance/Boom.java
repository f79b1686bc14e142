package io.jasyncio.conformance;

/** A failure that nothing but a scenario raises. */
public final class Boom extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Boom() {}

    public Boom(String message) {
        super(message);
    }
}
