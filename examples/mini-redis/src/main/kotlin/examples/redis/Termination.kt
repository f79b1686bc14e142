package examples.redis

import java.lang.reflect.Method
import java.lang.reflect.Proxy
import java.util.concurrent.atomic.AtomicBoolean

/**
 * SIGTERM, with which one program ends another one. The JVM would end in the middle of everything, so this does something
 * else the first time. The second time it is the JVM's own way, at once.
 *
 * Java documents no way to signals, hence the reflection. Where the JVM leaves signals alone (`-Xrs`), this has no effect.
 *
 * @param onFirst is called in a thread of the JVM's
 */
internal class Termination(private val onFirst: () -> Unit) : AutoCloseable {
    private val signalType = Class.forName("sun.misc.Signal")
    private val handlerType = Class.forName("sun.misc.SignalHandler")
    private val signal = signalType.getConstructor(String::class.java).newInstance("TERM")

    private val endsAnyway = AtomicBoolean()

    private val former = handle(Proxy.newProxyInstance(javaClass.classLoader, arrayOf(handlerType), ::called))

    private fun handle(handler: Any): Any? =
        try {
            signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler)
        } catch (_: ReflectiveOperationException) {
            null
        }

    private fun called(proxy: Any, method: Method, arguments: Array<Any?>?): Any? =
        when (method.name) {
            "handle" -> arrived()
            "equals" -> proxy === arguments?.first()
            "hashCode" -> System.identityHashCode(proxy)
            else -> "mini-redis ends"
        }

    private fun arrived(): Any? {
        if (endsAnyway.getAndSet(true)) {
            close()
            signalType.getMethod("raise", signalType).invoke(null, signal)
        } else {
            onFirst()
        }
        return null
    }

    /** The end has begun for another reason: the next signal is the second. */
    fun endsAnyway() {
        endsAnyway.set(true)
    }

    /** Lets the JVM handle the signal again. */
    override fun close() {
        former?.let(::handle)
    }
}
