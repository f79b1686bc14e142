package io.jasyncio.model;

/** The library did what the model does not allow. */
final class Violation extends AssertionError {

    private static final long serialVersionUID = 1;

    Violation(String what) {
        super(what);
    }
}
