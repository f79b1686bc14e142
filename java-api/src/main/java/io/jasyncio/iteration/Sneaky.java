package io.jasyncio.iteration;

/** Checked exceptions through methods of the JDK that declare none. */
final class Sneaky {

    private Sneaky() {}

    /** Throws the very throwable, checked or not. Declared to return, so that the compiler sees the end of the path. */
    static RuntimeException unchecked(Throwable failure) {
        Sneaky.<RuntimeException>raise(failure);
        throw new AssertionError("not reached");
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void raise(Throwable failure) throws E {
        throw (E) failure;
    }
}
