package io.jasyncio.transport.contract;

/** How to get connections of one kind of transport. Made and used by a task. */
interface Fixture {

    /** Connects two protocols; both have been told {@code connectionMade} when this returns. */
    Link connect(Recorder near, Recorder far) throws Exception;

    /** Whether one direction can end on its own. */
    default boolean endsOneDirection() {
        return true;
    }

    /** How much is written at least before nothing moves any more, where that cannot be seen from the transport. */
    default int leastBytesToFill() {
        return 0;
    }

    /** Waits for threads beneath a transport: after this, nothing moves any more as long as the far side does not read. */
    default void awaitStuck(Link link) throws Exception {}
}
