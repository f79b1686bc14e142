package io.jasyncio.model;

import io.jasyncio.Asyncio;
import io.jasyncio.Task;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** In what style an actor is written. */
public enum Face {
    STAGE {
        @Override
        Task<?> start(Actor actor) {
            return Asyncio.createStageTask(() -> goOn(actor).whenComplete((done, failure) -> actor.leave()));
        }
    },

    DIRECT {
        @Override
        Task<?> start(Actor actor) {
            return Asyncio.createTask(() -> {
                try {
                    act(actor);
                } finally {
                    actor.leave();
                }
            });
        }
    },

    KOTLIN {
        @Override
        Task<?> start(Actor actor) {
            return KotlinActors.start(actor);
        }
    };

    abstract Task<?> start(Actor actor);

    private static void act(Actor actor) throws Exception {
        for (var op = actor.next(); op != null; op = actor.next()) {
            Object value;
            try {
                value = Asyncio.await(op.begin());
            } catch (Throwable failure) {
                op.failed(failure);
                if (actor.endsWith(failure)) {
                    throw failure;
                }
                continue;
            }
            op.succeeded(value);
        }
    }

    /** All that need not wait in a loop, so that the stack stays flat, and the rest when the first that waits has ended. */
    private static CompletionStage<Void> goOn(Actor actor) {
        for (var op = actor.next(); op != null; op = actor.next()) {
            var running = op;
            var stage = op.begin().handle((value, failure) -> {
                if (failure == null) {
                    running.succeeded(value);
                    return null;
                }
                var original = original(failure);
                running.failed(original);
                return actor.endsWith(original) ? original : null;
            });
            if (!stage.isDone()) {
                return stage.thenCompose(end -> end == null ? goOn(actor) : CompletableFuture.failedFuture(end));
            }
            var end = stage.join();
            if (end != null) {
                return CompletableFuture.failedFuture(end);
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    private static Throwable original(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
