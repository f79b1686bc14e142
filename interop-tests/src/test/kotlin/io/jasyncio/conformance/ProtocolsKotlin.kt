package io.jasyncio.conformance

import io.jasyncio.EventLoop
import io.jasyncio.coroutines.await
import io.jasyncio.transport.WriteBufferLimits
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.yield

/** S103, S105 to S109 in Kotlin. */
internal class ProtocolsKotlin {
    @Twin("a_protocol_knows_its_connection_before_anybody_else")
    suspend fun CoroutineScope.aProtocolKnowsItsConnectionBeforeAnybodyElse(trace: Trace) {
        val near = Told(trace, "near")
        val far = Told(trace, "far")
        Told.connect(near, far).await()
        trace.add("connected", near.transport.isClosing)
        near.transport.abort()
        far.transport.abort()
        far.lost.await()
    }

    @Twin("data_end_and_loss")
    suspend fun CoroutineScope.dataEndAndLoss(trace: Trace) {
        val near = Told(trace, "near")
        val far = Told(trace, "far")
        Told.connect(near, far).await()
        near.write("hello")
        near.transport.close()
        trace.add("closing", near.transport.isClosing)
        far.lost.await()
    }

    @Twin("the_end_comes_in_a_later_pass")
    suspend fun CoroutineScope.theEndComesInALaterPass(trace: Trace) {
        val near = Told(trace, "near")
        val far = Told(trace, "far")
        Told.connect(near, far).await()
        EventLoop.current().callSoon { trace.add("before") }
        near.transport.abort()
        EventLoop.current().callSoon { trace.add("after") }
        trace.add("aborted")
        far.lost.await()
    }

    @Twin("however_often_it_is_closed_there_is_one_end")
    suspend fun CoroutineScope.howeverOftenItIsClosedThereIsOneEnd(trace: Trace) {
        val near = Told(trace, "near")
        val far = Told(trace, "far")
        Told.connect(near, far).await()
        near.onLost = Runnable { near.transport.close() }
        near.transport.close()
        near.transport.abort()
        near.transport.close()
        near.transport.abort()
        far.lost.await()
        near.transport.abort()
        yield()
    }

    @Twin("half_of_a_connection_goes_on")
    suspend fun CoroutineScope.halfOfAConnectionGoesOn(trace: Trace) {
        val near = Told(trace, "near")
        val far = Told(trace, "far")
        Told.connect(near, far).await()
        near.keepsOpen = true
        far.keepsOpen = true
        near.write("question")
        near.transport.writeEof()
        near.transport.writeEof()
        far.ended.await()
        far.write("answer")
        far.transport.writeEof()
        near.ended.await()
        trace.add("closing", near.transport.isClosing, far.transport.isClosing)
        near.transport.close()
        far.transport.close()
        far.lost.await()
    }

    @Twin("after_the_end_of_its_half_nobody_writes")
    suspend fun CoroutineScope.afterTheEndOfItsHalfNobodyWrites(trace: Trace) {
        val near = Told(trace, "near")
        val far = Told(trace, "far")
        Told.connect(near, far).await()
        near.transport.writeEof()
        near.writeLate()
        near.transport.close()
        near.writeLate()
        near.transport.close()
        far.lost.await()
    }

    @Twin("a_pause_at_the_beginning_holds")
    suspend fun CoroutineScope.aPauseAtTheBeginningHolds(trace: Trace) {
        val near = Told(trace, "near")
        val far = Told(trace, "far")
        far.onMade = Runnable { far.transport.pauseReading() }
        Told.connect(near, far).await()
        near.write("early")
        near.transport.close()
        near.lost.await()
        repeat(5) { yield() }
        trace.add("reading", far.transport.isReading)
        far.transport.resumeReading()
        far.lost.await()
    }

    @Twin("a_pause_within_data_holds_back_the_end")
    suspend fun CoroutineScope.aPauseWithinDataHoldsBackTheEnd(trace: Trace) {
        val near = Told(trace, "near")
        val far = Told(trace, "far")
        Told.connect(near, far).await()
        far.onData = Runnable { far.transport.pauseReading() }
        near.write("data")
        near.transport.close()
        near.lost.await()
        repeat(5) { yield() }
        trace.add("resume")
        far.transport.resumeReading()
        far.lost.await()
    }

    @Twin("a_failure_with_data_ends_the_connection")
    suspend fun CoroutineScope.aFailureWithDataEndsTheConnection(trace: Trace) {
        val near = Told(trace, "near")
        val far = Told(trace, "far")
        Told.connect(near, far).await()
        Told.collectReports(trace)
        far.onData = Runnable { throw Boom() }
        near.write("data")
        near.lost.await()
        far.lost.await()
    }

    @Twin("a_failure_at_the_end_is_reported")
    suspend fun CoroutineScope.aFailureAtTheEndIsReported(trace: Trace) {
        val near = Told(trace, "near")
        val far = Told(trace, "far")
        Told.connect(near, far).await()
        Told.collectReports(trace)
        near.onLost = Runnable { throw Boom() }
        near.transport.close()
        far.lost.await()
    }

    @Twin("pause_and_resume_come_in_pairs")
    suspend fun CoroutineScope.pauseAndResumeComeInPairs(trace: Trace) {
        val near = Told(trace, "near")
        val far = Told(trace, "far")
        Told.connect(near, far).await()
        far.counts = true
        near.transport.setWriteBufferLimits(WriteBufferLimits.ofHigh(0))
        trace.add("write")
        near.transport.write(ByteArray(Told.MUCH))
        near.write("x")
        trace.add("written")
        near.transport.close()
        far.lost.await()
        near.lost.await()
        trace.add("count", far.count)
    }

    @Twin("an_abort_drops_what_waits")
    suspend fun CoroutineScope.anAbortDropsWhatWaits(trace: Trace) {
        val near = Told(trace, "near")
        val far = Told(trace, "far")
        Told.connect(near, far).await()
        far.counts = true
        near.transport.write(ByteArray(Told.MUCH))
        near.transport.close()
        trace.add("waits", near.transport.writeBufferSize > 0)
        near.transport.abort()
        trace.add("waits", near.transport.writeBufferSize > 0)
        far.lost.await()
        trace.add("all", far.count == Told.MUCH)
    }

    @Twin("another_protocol_may_take_over")
    suspend fun CoroutineScope.anotherProtocolMayTakeOver(trace: Trace) {
        val near = Told(trace, "near")
        val far = Told(trace, "far")
        Told.connect(near, far).await()
        val second = far.successor("second")
        near.write("data")
        near.transport.close()
        trace.add("takes", far.transport.protocol === second)
        second.lost.await()
    }
}
