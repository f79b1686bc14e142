package io.jasyncio;

import io.jasyncio.spi.LoopRuntime;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The generators of a loop that have been started and have not ended (asyncio's hooks for async generators). Loop only. */
final class Generators {

    private final LoopRuntime loop;
    private final Set<GeneratorTask<?>> open = new LinkedHashSet<>();
    private final ReferenceQueue<Object> collected = new ReferenceQueue<>();
    private boolean shutDown;

    Generators(LoopRuntime loop) {
        this.loop = loop;
    }

    /** A reference that tells this when nobody holds the owner any more. */
    WeakReference<Object> reference(Object owner, GeneratorTask<?> task) {
        return new OwnerReference(owner, collected, task);
    }

    void add(GeneratorTask<?> task) {
        open.add(task);
        if (shutDown) {
            loop.services()
                    .logWarning(task + " was started after shutdownAsyncGenerators(): nobody will close it but the"
                            + " one who holds it");
        }
    }

    void remove(GeneratorTask<?> task) {
        open.remove(task);
    }

    /** Has those closed that nobody can ask any more. Cheap; for idle moments. */
    void closeCollected() {
        if (open.isEmpty()) {
            return;
        }
        while (collected.poll() instanceof OwnerReference reference) {
            loop.schedule(reference.task::closeOrphan);
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
        for (var generator : List.copyOf(open)) {
            var closed = close(generator);
            reportFailure(generator, closed);
            closing.add(closed);
        }
        return new Gathering.OfOutcomes<@Nullable Void>(loop).start(closing);
    }

    private LoopFuture<@Nullable Void> close(GeneratorTask<?> generator) {
        try {
            return generator.closeAsync();
        } catch (IllegalStateException running) {
            return loop.services().failed(running);
        }
    }

    /** Hands over what goes wrong in a body that nobody waits for. A cancellation too: it has cut the cleanup short. */
    void reportFailure(GeneratorTask<?> generator, LoopFuture<?> closed) {
        closed.addListener(ended -> {
            var failure = ended.failureOrNull();
            if (failure != null) {
                report(generator, failure);
            }
        });
    }

    void report(GeneratorTask<?> generator, Throwable failure) {
        loop.callExceptionHandler(
                new ErrorContext("an error occurred during closing of asynchronous generator", failure, generator));
    }

    /** The loop is closed: the bodies unwind with an error. */
    void abandonAll() {
        List.copyOf(open).forEach(GeneratorTask::abandon);
        open.clear();
    }

    /** Knows the body of a generator that became garbage. */
    private static final class OwnerReference extends WeakReference<Object> {

        private final GeneratorTask<?> task;

        private OwnerReference(Object owner, ReferenceQueue<Object> queue, GeneratorTask<?> task) {
            super(owner, queue);
            this.task = task;
        }
    }
}
