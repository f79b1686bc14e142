package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.conformance.Ending.onePass;

import io.jasyncio.EventLoop;
import io.jasyncio.transport.WriteBufferLimits;

/** S103, S105 to S109 in direct style. */
class ProtocolsDirect {

    @Twin("a_protocol_knows_its_connection_before_anybody_else")
    void aProtocolKnowsItsConnectionBeforeAnybodyElse(Trace trace) throws Exception {
        var near = new Told(trace, "near");
        var far = new Told(trace, "far");
        await(Told.connect(near, far));
        trace.add("connected", near.transport.isClosing());
        near.transport.abort();
        far.transport.abort();
        await(far.lost);
    }

    @Twin("data_end_and_loss")
    void dataEndAndLoss(Trace trace) throws Exception {
        var near = new Told(trace, "near");
        var far = new Told(trace, "far");
        await(Told.connect(near, far));
        near.write("hello");
        near.transport.close();
        trace.add("closing", near.transport.isClosing());
        await(far.lost);
    }

    @Twin("the_end_comes_in_a_later_pass")
    void theEndComesInALaterPass(Trace trace) throws Exception {
        var near = new Told(trace, "near");
        var far = new Told(trace, "far");
        await(Told.connect(near, far));
        EventLoop.current().callSoon(() -> trace.add("before"));
        near.transport.abort();
        EventLoop.current().callSoon(() -> trace.add("after"));
        trace.add("aborted");
        await(far.lost);
    }

    @Twin("however_often_it_is_closed_there_is_one_end")
    void howeverOftenItIsClosedThereIsOneEnd(Trace trace) throws Exception {
        var near = new Told(trace, "near");
        var far = new Told(trace, "far");
        await(Told.connect(near, far));
        near.onLost = () -> near.transport.close();
        near.transport.close();
        near.transport.abort();
        near.transport.close();
        near.transport.abort();
        await(far.lost);
        near.transport.abort();
        await(onePass());
    }

    @Twin("half_of_a_connection_goes_on")
    void halfOfAConnectionGoesOn(Trace trace) throws Exception {
        var near = new Told(trace, "near");
        var far = new Told(trace, "far");
        await(Told.connect(near, far));
        near.keepsOpen = true;
        far.keepsOpen = true;
        near.write("question");
        near.transport.writeEof();
        near.transport.writeEof();
        await(far.ended);
        far.write("answer");
        far.transport.writeEof();
        await(near.ended);
        trace.add("closing", near.transport.isClosing(), far.transport.isClosing());
        near.transport.close();
        far.transport.close();
        await(far.lost);
    }

    @Twin("after_the_end_of_its_half_nobody_writes")
    void afterTheEndOfItsHalfNobodyWrites(Trace trace) throws Exception {
        var near = new Told(trace, "near");
        var far = new Told(trace, "far");
        await(Told.connect(near, far));
        near.transport.writeEof();
        near.writeLate();
        near.transport.close();
        near.writeLate();
        near.transport.close();
        await(far.lost);
    }

    @Twin("a_pause_at_the_beginning_holds")
    void aPauseAtTheBeginningHolds(Trace trace) throws Exception {
        var near = new Told(trace, "near");
        var far = new Told(trace, "far");
        far.onMade = () -> far.transport.pauseReading();
        await(Told.connect(near, far));
        near.write("early");
        near.transport.close();
        await(near.lost);
        for (var pass = 0; pass < 5; pass++) {
            await(onePass());
        }
        trace.add("reading", far.transport.isReading());
        far.transport.resumeReading();
        await(far.lost);
    }

    @Twin("a_pause_within_data_holds_back_the_end")
    void aPauseWithinDataHoldsBackTheEnd(Trace trace) throws Exception {
        var near = new Told(trace, "near");
        var far = new Told(trace, "far");
        await(Told.connect(near, far));
        far.onData = () -> far.transport.pauseReading();
        near.write("data");
        near.transport.close();
        await(near.lost);
        for (var pass = 0; pass < 5; pass++) {
            await(onePass());
        }
        trace.add("resume");
        far.transport.resumeReading();
        await(far.lost);
    }

    @Twin("a_failure_with_data_ends_the_connection")
    void aFailureWithDataEndsTheConnection(Trace trace) throws Exception {
        var near = new Told(trace, "near");
        var far = new Told(trace, "far");
        await(Told.connect(near, far));
        Told.collectReports(trace);
        far.onData = Told::fail;
        near.write("data");
        await(near.lost);
        await(far.lost);
    }

    @Twin("a_failure_at_the_end_is_reported")
    void aFailureAtTheEndIsReported(Trace trace) throws Exception {
        var near = new Told(trace, "near");
        var far = new Told(trace, "far");
        await(Told.connect(near, far));
        Told.collectReports(trace);
        near.onLost = Told::fail;
        near.transport.close();
        await(far.lost);
    }

    @Twin("pause_and_resume_come_in_pairs")
    void pauseAndResumeComeInPairs(Trace trace) throws Exception {
        var near = new Told(trace, "near");
        var far = new Told(trace, "far");
        await(Told.connect(near, far));
        far.counts = true;
        near.transport.setWriteBufferLimits(WriteBufferLimits.ofHigh(0));
        trace.add("write");
        near.transport.write(new byte[Told.MUCH]);
        near.write("x");
        trace.add("written");
        near.transport.close();
        await(far.lost);
        await(near.lost);
        trace.add("count", far.count);
    }

    @Twin("an_abort_drops_what_waits")
    void anAbortDropsWhatWaits(Trace trace) throws Exception {
        var near = new Told(trace, "near");
        var far = new Told(trace, "far");
        await(Told.connect(near, far));
        far.counts = true;
        near.transport.write(new byte[Told.MUCH]);
        near.transport.close();
        trace.add("waits", near.transport.getWriteBufferSize() > 0);
        near.transport.abort();
        trace.add("waits", near.transport.getWriteBufferSize() > 0);
        await(far.lost);
        trace.add("all", far.count == Told.MUCH);
    }

    @Twin("another_protocol_may_take_over")
    void anotherProtocolMayTakeOver(Trace trace) throws Exception {
        var near = new Told(trace, "near");
        var far = new Told(trace, "far");
        await(Told.connect(near, far));
        var second = far.successor("second");
        near.write("data");
        near.transport.close();
        trace.add("takes", far.transport.getProtocol() == second);
        await(second.lost);
    }
}
