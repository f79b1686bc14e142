package io.jasyncio.stream

import io.jasyncio.LoopFuture
import io.jasyncio.coroutines.createTask
import io.jasyncio.coroutines.more
import io.jasyncio.coroutines.read
import io.jasyncio.coroutines.readExactly
import io.jasyncio.coroutines.readLine
import io.jasyncio.coroutines.readUntil
import java.util.function.BiConsumer

/** Reads of random programs in a coroutine. */
internal object KotlinReads {
    @JvmStatic
    fun start(
        reader: StreamReader,
        op: ReadOp,
        ended: BiConsumer<Any?, Throwable?>,
    ): LoopFuture<*> =
        createTask {
            val result = runCatching { perform(reader, op) }
            ended.accept(result.getOrNull(), result.exceptionOrNull())
        }

    private suspend fun perform(
        reader: StreamReader,
        op: ReadOp,
    ): Any? =
        when (op.kind()) {
            ReadOp.Kind.ALL -> reader.read()
            ReadOp.Kind.SOME -> reader.read(op.count())
            ReadOp.Kind.EXACTLY -> reader.readExactly(op.count())
            ReadOp.Kind.LINE -> reader.readLine()
            ReadOp.Kind.UNTIL -> reader.readUntil(*op.separators())
            ReadOp.Kind.MORE -> reader.more()
        }
}
