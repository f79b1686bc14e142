package io.jasyncio.conformance;

/** A failure that {@code catch (Exception e)} does not catch; Python's {@code BaseException}. */
public final class Fatal extends Error {

    private static final long serialVersionUID = 1L;
}
