package io.jasyncio.runtime.loop

import java.lang.reflect.InvocationTargetException
import java.lang.reflect.Proxy

/**
 * A signal of the operating system, through `sun.misc.Signal`: the only way that Java has, and no part of its documented
 * API, hence by reflection.
 */
internal class PlatformSignal(
    name: String,
) {
    private val signalType = Class.forName("sun.misc.Signal")
    private val handlerType = Class.forName("sun.misc.SignalHandler")
    private val signal = signalType.getConstructor(String::class.java).newInstance(name)

    /** A handler that does this, for [install]. */
    fun handler(action: Runnable): Any =
        Proxy.newProxyInstance(handlerType.classLoader, arrayOf(handlerType)) { proxy, method, arguments ->
            when (method.name) {
                "handle" -> action.run()
                "hashCode" -> System.identityHashCode(proxy)
                "equals" -> proxy === arguments?.firstOrNull()
                else -> "jasyncio's signal handler"
            }
        }

    /**
     * Lets a handler handle the signal from now on. Returns the one that did before.
     *
     * @throws IllegalArgumentException if the platform or the JVM keeps the signal
     */
    fun install(handler: Any): Any =
        try {
            signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler)
        } catch (refused: InvocationTargetException) {
            throw refused.cause ?: refused
        }

    fun raise() {
        signalType.getMethod("raise", signalType).invoke(null, signal)
    }

    /** Whether this is the JVM's own handler, which runs the shutdown hooks; anything else is the application's. */
    fun isDefault(handler: Any): Boolean {
        val systemDefault = handlerType.getField("SIG_DFL").get(null)
        return handler === systemDefault || handler.javaClass.name.startsWith("sun.misc.Signal$")
    }
}
