package io.jasyncio;

import org.jspecify.annotations.Nullable;

/**
 * What somebody waits for who has asked a generator for an element, or closes it. A cancel request goes on to what the
 * body awaits.
 */
final class GeneratorRequest<R extends @Nullable Object> extends LoopFuture<R> {

    private final GeneratorTask<?> generator;

    /** The generator must not count as garbage while somebody waits for it, though he may hold nothing but this. */
    @SuppressWarnings("unused")
    private final @Nullable Object owner;

    /** They are over with this: the body's next request starts with a clean slate. */
    private int cancelRequests;

    GeneratorRequest(GeneratorTask<?> generator, @Nullable Object owner) {
        super(generator.loop);
        this.generator = generator;
        this.owner = owner;
    }

    void end(R value, @Nullable Throwable failure) {
        for (; cancelRequests > 0; cancelRequests--) {
            generator.uncancel();
        }
        if (failure == null) {
            finish(value);
        } else {
            fail(failure);
        }
    }

    @Override
    LoopFuture<?> passCancel(@Nullable String message) {
        cancelRequests++;
        return generator;
    }

    @Override
    boolean takesAlong(SteppingTask<?> task) {
        return generator.takeAlong(task);
    }
}
