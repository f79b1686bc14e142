package io.jasyncio;

/** A {@link Handle} with a deadline: what {@link EventLoop#callLater} and {@link EventLoop#callAt} return. */
public interface TimerHandle extends Handle {

    /** The deadline, in nanoseconds of {@link EventLoop#time()}. */
    long when();
}
