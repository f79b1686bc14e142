package io.jasyncio;

import io.jasyncio.spi.LoopRuntime;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The generators of a loop that have been started and have not ended (asyncio's hooks for async generators). Loop only.
 */
final class Generators {

    private static final int MAX_DEPTH = 100;

    private final LoopRuntime loop;
    private final Set<Generation<?>> open = new LinkedHashSet<>();
    private final ReferenceQueue<Object> collected = new ReferenceQueue<>();
    private boolean shutDown;

    /** How many bodies stand on the stack, each of which asks the next one. */
    private int depth;

    Generators(LoopRuntime loop) {
        this.loop = loop;
    }

    /**
     * Adds a generator, until it is removed. Returns a reference that tells this when nobody holds the owner any more.
     */
    WeakReference<Object> add(Generation<?> generation, Object owner) {
        open.add(generation);
        if (shutDown) {
            loop.services()
                    .logWarning(generation + " was started after shutdownAsyncGenerators(): nobody will close it but"
                            + " the one who holds it");
        }
        return new OwnerReference(owner, collected, generation);
    }

    void remove(Generation<?> generation) {
        open.remove(generation);
    }

    /** Runs a step of a body inside the running item. False if that would be too deep (J11). */
    boolean runInside(GeneratorTask<?> body) {
        if (depth == MAX_DEPTH) {
            return false;
        }
        depth++;
        try {
            loop.services().runInside(body);
        } finally {
            depth--;
        }
        return true;
    }

    /** Has those closed that nobody can ask any more. Cheap; for idle moments. */
    void closeCollected() {
        if (open.isEmpty()) {
            return;
        }
        while (collected.poll() instanceof OwnerReference reference) {
            loop.schedule(reference.generation::closeOrphan);
        }
    }

    /** {@link EventLoop#shutdownAsyncGenerators()}. */
    LoopFuture<@Nullable Void> shutdown() {
        shutDown = true;
        if (open.isEmpty()) {
            return loop.services().completed();
        }
        return loop.createStageTask(() -> closeAll().thenAccept(closed -> {}));
    }

    private LoopFuture<?> closeAll() {
        var closing = new ArrayList<LoopFuture<@Nullable Void>>();
        for (var generation : List.copyOf(open)) {
            var closed = close(generation);
            reportFailure(generation, closed);
            closing.add(closed);
        }
        return new Gathering.OfOutcomes<@Nullable Void>(loop).start(closing);
    }

    private LoopFuture<@Nullable Void> close(Generation<?> generation) {
        try {
            return generation.closeAsync();
        } catch (IllegalStateException running) {
            return loop.services().failed(running);
        }
    }

    /** Hands over what goes wrong in a body that nobody waits for. A cancellation too: it has cut the cleanup short. */
    void reportFailure(Generation<?> generation, LoopFuture<?> closed) {
        closed.addListener(ended -> {
            var failure = ended.failureOrNull();
            if (failure != null) {
                report(generation, failure);
            }
        });
    }

    void report(Generation<?> generation, Throwable failure) {
        loop.callExceptionHandler(
                new ErrorContext("an error occurred during closing of asynchronous generator", failure, generation));
    }

    /** The loop is closed: the bodies unwind with an error. */
    void abandonAll() {
        List.copyOf(open).forEach(Generation::abandon);
        open.clear();
    }

    /** Knows the generator whose owner became garbage. */
    private static final class OwnerReference extends WeakReference<Object> {

        private final Generation<?> generation;

        private OwnerReference(Object owner, ReferenceQueue<Object> queue, Generation<?> generation) {
            super(owner, queue);
            this.generation = generation;
        }
    }
}
