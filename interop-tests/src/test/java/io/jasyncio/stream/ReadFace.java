package io.jasyncio.stream;

import io.jasyncio.Asyncio;
import io.jasyncio.LoopFuture;
import java.util.function.BiConsumer;

/** In which style somebody reads. */
enum ReadFace {
    DIRECT {
        @Override
        LoopFuture<?> start(StreamReader reader, ReadOp op, BiConsumer<Object, Throwable> ended) {
            return Asyncio.createTask(() -> {
                try {
                    ended.accept(Asyncio.await(op.start(reader)), null);
                } catch (Exception failure) {
                    ended.accept(null, failure);
                }
            });
        }
    },
    STAGE {
        @Override
        LoopFuture<?> start(StreamReader reader, ReadOp op, BiConsumer<Object, Throwable> ended) {
            var read = op.start(reader);
            read.handle((result, failure) -> {
                ended.accept(result, failure);
                return null;
            });
            return read;
        }
    },
    KOTLIN {
        @Override
        LoopFuture<?> start(StreamReader reader, ReadOp op, BiConsumer<Object, Throwable> ended) {
            return KotlinReads.start(reader, op, ended);
        }
    };

    /**
     * Begins a read.
     *
     * @param ended told in the very moment in which the one who reads goes on
     * @return to be cancelled
     */
    abstract LoopFuture<?> start(StreamReader reader, ReadOp op, BiConsumer<Object, Throwable> ended);
}
