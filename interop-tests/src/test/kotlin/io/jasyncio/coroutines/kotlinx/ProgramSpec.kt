package io.jasyncio.coroutines.kotlinx

import io.jasyncio.coroutines.runAsyncio
import io.jasyncio.kit.LeakCheck
import io.jasyncio.kit.Steps
import io.jasyncio.kit.VirtualTime
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CoroutineScope
import java.time.Duration.ofMillis
import kotlin.time.Duration
import kotlin.time.toJavaDuration

/** A spec of programs on a loop whose time is virtual; nothing may be left of them. */
internal abstract class ProgramSpec(
    specify: ProgramSpec.() -> Unit,
) : FunSpec() {
    /** One for each test, since its steps are. */
    private var leaks = LeakCheck()

    /** Numbers the places of the running test; see [Steps]. */
    val steps: Steps get() = leaks.steps()

    init {
        beforeTest {
            leaks = LeakCheck()
            leaks.begin()
        }
        afterTest { (_, result) -> leaks.end(result.isSuccess) }
        specify()
    }

    /** A test that is one program. */
    fun program(
        name: String,
        body: suspend CoroutineScope.() -> Unit,
    ) = test(name) { runAsyncio(VirtualTime.options(), body) }

    /** The same for a program that goes to other threads: its time is real, since a virtual one would not wait for them. */
    fun threadedProgram(
        name: String,
        body: suspend CoroutineScope.() -> Unit,
    ) = test(name) { runAsyncio(block = body) }

    fun elapsed(): java.time.Duration = VirtualTime.elapsed()

    fun elapsedShouldBe(expected: Duration) = elapsed() shouldBe expected.toJavaDuration()

    /** For a trace: the time in seconds, and the event. */
    fun at(event: Any): String = "${elapsed().dividedBy(ofMillis(100)) / 10.0} $event"
}
