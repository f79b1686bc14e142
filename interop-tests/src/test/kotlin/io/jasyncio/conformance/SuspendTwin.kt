package io.jasyncio.conformance

import io.jasyncio.Runner
import io.jasyncio.coroutines.runMain
import kotlinx.coroutines.CoroutineScope
import java.lang.reflect.Method
import kotlin.coroutines.intrinsics.suspendCoroutineUninterceptedOrReturn

/** Runs a twin whose method is a `suspend fun CoroutineScope.name(trace: Trace)`. */
internal object SuspendTwin {
    @JvmStatic
    fun run(
        runner: Runner,
        twins: Any,
        twin: Method,
        trace: Trace,
    ) {
        runner.runMain { callSuspending(twins, twin, this, trace) }
    }

    /** To the JVM a suspend function is a method with one more parameter, its continuation. */
    private suspend fun callSuspending(
        twins: Any,
        twin: Method,
        scope: CoroutineScope,
        trace: Trace,
    ): Any? = suspendCoroutineUninterceptedOrReturn { continuation -> Face.call(twin, twins, scope, trace, continuation) }
}
