package io.jasyncio.model

import io.jasyncio.coroutines.acquire
import io.jasyncio.coroutines.get
import io.jasyncio.coroutines.hasNext
import io.jasyncio.coroutines.join
import io.jasyncio.coroutines.put
import io.jasyncio.coroutines.wait
import io.jasyncio.iteration.AsyncIterator
import io.jasyncio.queue.AsyncQueue
import io.jasyncio.sync.AsyncBarrier
import io.jasyncio.sync.AsyncCondition
import io.jasyncio.sync.AsyncEvent
import io.jasyncio.sync.AsyncLock
import io.jasyncio.sync.AsyncSemaphore
import java.util.function.BooleanSupplier

/** A call of a suspend function that stands for a method that returns a future. */
public class KotlinTwin internal constructor(
    internal val call: suspend () -> Any?,
) {
    public companion object {
        @JvmStatic
        public fun <T> put(
            queue: AsyncQueue<T>,
            item: T,
        ): KotlinTwin = KotlinTwin { queue.put(item) }

        @JvmStatic
        public fun get(queue: AsyncQueue<*>): KotlinTwin = KotlinTwin { queue.get() }

        @JvmStatic
        public fun hasNext(iterator: AsyncIterator<*>): KotlinTwin = KotlinTwin { iterator.hasNext() }

        @JvmStatic
        public fun join(queue: AsyncQueue<*>): KotlinTwin = KotlinTwin { queue.join() }

        @JvmStatic
        public fun acquire(lock: AsyncLock): KotlinTwin = KotlinTwin { lock.acquire() }

        @JvmStatic
        public fun acquire(semaphore: AsyncSemaphore): KotlinTwin = KotlinTwin { semaphore.acquire() }

        @JvmStatic
        public fun wait(event: AsyncEvent): KotlinTwin = KotlinTwin { event.wait() }

        @JvmStatic
        public fun wait(barrier: AsyncBarrier): KotlinTwin = KotlinTwin { barrier.wait() }

        @JvmStatic
        public fun wait(condition: AsyncCondition): KotlinTwin = KotlinTwin { condition.wait() }

        @JvmStatic
        public fun wait(
            condition: AsyncCondition,
            predicate: BooleanSupplier,
        ): KotlinTwin = KotlinTwin { condition.wait { predicate.asBoolean } }
    }
}
