package io.jasyncio.conformance;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.conformance.Site.settle;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopFuture;
import io.jasyncio.datagram.StubbornChannel;
import io.jasyncio.datagram.StubbornLoop;
import io.jasyncio.transport.DatagramOptions;
import io.jasyncio.transport.DatagramProtocol;
import io.jasyncio.transport.DatagramTransport;
import io.jasyncio.transport.WriteBufferLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** S103 and S107 of datagrams in direct style. */
class DatagramqueuesDirect {

    /** Prints what it is told. */
    private static final class Sender implements DatagramProtocol {

        final LoopFuture<@Nullable Void> lost = EventLoop.current().createFuture();
        final Trace trace;
        final StubbornLoop loop;
        DatagramTransport transport;

        Sender(Trace trace, StubbornLoop loop) {
            this.trace = trace;
            this.loop = loop;
        }

        void send(String... texts) {
            for (var text : texts) {
                transport.sendTo(text.getBytes(StandardCharsets.US_ASCII), StubbornChannel.HERE);
            }
        }

        /** Lets so many go. */
        void take(int count) throws Exception {
            loop.take(count);
            await(settle());
            show();
        }

        void show() {
            trace.add("gone", loop.channel.sent);
        }

        void abort() throws Exception {
            transport.abort();
            await(lost);
        }

        @Override
        public void connectionMade(DatagramTransport made) {
            transport = made;
        }

        @Override
        public void errorReceived(IOException failure) {
            trace.add("error");
        }

        @Override
        public void pauseWriting() {
            trace.add("pause");
        }

        @Override
        public void resumeWriting() {
            trace.add("resume");
        }

        @Override
        public void connectionLost(@Nullable Exception reason) {
            trace.add("lost", reason);
            lost.complete(null);
        }
    }

    private interface Body {
        void run(Sender sender) throws Exception;
    }

    /** Runs a body with a sender whose socket takes nothing yet. */
    private static void with(Trace trace, Body body) {
        StubbornLoop.run(trace.options(), loop -> {
            var options = DatagramOptions.DEFAULT.withChannel(loop.channel);
            var opened = await(EventLoop.current().createDatagramEndpoint(() -> new Sender(trace, loop), options));
            body.run(opened.protocol());
        });
    }

    @Twin(value = "whoever_comes_later_goes_later", plain = true)
    void whoeverComesLaterGoesLater(Trace trace) {
        with(trace, sender -> {
            sender.loop.channel.takes = 1;
            sender.send("one", "two", "three");
            sender.show();
            sender.loop.channel.takes = 1;
            sender.send("four");
            sender.show();
            sender.take(1);
            sender.take(2);
            sender.abort();
        });
    }

    @Twin(value = "what_waits_is_a_copy", plain = true)
    void whatWaitsIsACopy(Trace trace) {
        with(trace, sender -> {
            var data = "one".getBytes(StandardCharsets.US_ASCII);
            sender.transport.sendTo(data, StubbornChannel.HERE);
            data[0] = 't';
            sender.take(1);
            sender.abort();
        });
    }

    @Twin(value = "too_much_that_waits_pauses", plain = true)
    void tooMuchThatWaitsPauses(Trace trace) {
        with(trace, sender -> {
            sender.transport.setWriteBufferLimits(new WriteBufferLimits(50, 136));
            for (var i = 0; i < 2; i++) {
                sender.send("x".repeat(60));
                trace.add("waits", sender.transport.getWriteBufferSize());
            }
            sender.send("y");
            trace.add("sent");
            sender.take(1);
            sender.take(2);
            sender.abort();
        });
    }

    @Twin(value = "a_limit_may_pause_what_waits_already", plain = true)
    void aLimitMayPauseWhatWaitsAlready(Trace trace) {
        with(trace, sender -> {
            sender.send("one");
            sender.transport.setWriteBufferLimits(WriteBufferLimits.ofHigh(0));
            trace.add("limited");
            sender.send("two");
            trace.add("sent");
            sender.abort();
        });
    }

    @Twin(
            value = "what_has_gone_counts_no_more",
            because = "CPython 3.13 forgets to count the eight bytes of each that has gone (cpython #135444)",
            trace = {"gone [one, two]", "waits 0", "lost none"},
            plain = true)
    void whatHasGoneCountsNoMore(Trace trace) {
        with(trace, sender -> {
            sender.send("one", "two");
            sender.take(2);
            trace.add("waits", sender.transport.getWriteBufferSize());
            sender.abort();
        });
    }

    @Twin(value = "closing_waits_for_what_waits", plain = true)
    void closingWaitsForWhatWaits(Trace trace) {
        with(trace, sender -> {
            sender.send("one", "two");
            sender.transport.close();
            trace.add("closing", sender.transport.isClosing());
            sender.take(1);
            trace.add("lost", sender.lost.isDone());
            sender.take(1);
            await(sender.lost);
        });
    }

    @Twin(value = "what_comes_while_it_closes_waits_too", plain = true)
    void whatComesWhileItClosesWaitsToo(Trace trace) {
        with(trace, sender -> {
            sender.send("one");
            sender.transport.close();
            sender.send("two");
            sender.take(2);
            await(sender.lost);
        });
    }

    @Twin(
            value = "an_abort_drops_what_waits",
            because = "CPython goes on to count what it has dropped",
            trace = {"waits false", "lost none", "gone []"},
            plain = true)
    void anAbortDropsWhatWaits(Trace trace) {
        with(trace, sender -> {
            sender.send("one", "two");
            sender.transport.close();
            sender.transport.abort();
            trace.add("waits", sender.transport.getWriteBufferSize() > 0);
            await(sender.lost);
            sender.show();
        });
    }

    @Twin(value = "a_failure_is_of_one_datagram_alone", plain = true)
    void aFailureIsOfOneDatagramAlone(Trace trace) {
        with(trace, sender -> {
            sender.send("one", "two", "three");
            sender.loop.channel.failure = new IOException("not this one");
            sender.take(3);
            sender.abort();
        });
    }

    @Twin(value = "a_failure_of_the_last_one_lets_it_close", plain = true)
    void aFailureOfTheLastOneLetsItClose(Trace trace) {
        with(trace, sender -> {
            sender.send("one");
            sender.transport.close();
            sender.loop.channel.failure = new IOException("not this one");
            sender.take(1);
            await(sender.lost);
        });
    }
}
