package io.jasyncio.benchmarks.memory

import io.jasyncio.benchmarks.scenario.Host
import io.jasyncio.coroutines.createTask
import kotlinx.coroutines.cancelChildren
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.yield
import kotlin.coroutines.coroutineContext
import kotlin.time.Duration.Companion.hours

/** Kotlin's sleepers. */
internal object CoroutineSleepers {
    /** `launch { delay(..) }` on a host. */
    @JvmStatic
    fun launch(host: Host): Sleepers =
        Sleepers { count, gauge ->
            host.run {
                gauge.before()
                var started = 0
                repeat(count) {
                    launch {
                        started++
                        delay(1.hours)
                    }
                }
                while (started < count) yield()
                gauge.allAsleep()
                coroutineContext.cancelChildren()
            }
        }

    /** `createTask { delay(..) }` on our loop. */
    @JvmStatic
    fun createTask(): Sleepers =
        Sleepers { count, gauge ->
            Host.JASYNCIO.run {
                gauge.before()
                var started = 0
                repeat(count) {
                    createTask {
                        started++
                        delay(1.hours)
                    }
                }
                while (started < count) yield()
                gauge.allAsleep()
            }
        }
}
