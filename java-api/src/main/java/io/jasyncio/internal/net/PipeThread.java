package io.jasyncio.internal.net;

import io.jasyncio.spi.LoopRuntime;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The thread behind a port that blocks: it does one piece of work whenever the loop tells it to, and says when that is done.
 *
 * <pre>
 * RESTING --begin--> WORKING --the work returns--> RESTING     (the thread sets it, then "done" goes to the loop)
 *    |                  |
 *    +------ end -------+--> ENDED                             (the loop sets it; nothing leaves this state)
 * </pre>
 *
 * <p>The state is guarded by the object's lock, which is never held while the work is done. What the work uses belongs to the thread
 * while it is WORKING and to the loop otherwise, so it needs no lock of its own. All methods but the thread's own are loop only.
 */
final class PipeThread {

    private static final System.Logger LOG = System.getLogger("io.jasyncio");
    private static final AtomicInteger COUNT = new AtomicInteger();

    private enum State {
        RESTING,
        WORKING,
        ENDED
    }

    private final LoopRuntime loop;
    private final Closeable stream;
    private final Runnable work;
    private final Runnable done;
    private @Nullable Thread thread;
    private State state = State.RESTING;

    /** Whether the loop waits for "done", which comes a little later than RESTING. Loop only. */
    private boolean busy;

    /**
     * A thread that is started with its first work.
     *
     * @param stream is closed at the end, by whom it cannot block
     * @param work runs in the thread; throws nothing
     * @param done runs on the loop afterwards, unless it has told this thread to end
     */
    PipeThread(LoopRuntime loop, Closeable stream, Runnable work, Runnable done) {
        this.loop = loop;
        this.stream = stream;
        this.work = work;
        this.done = done;
    }

    /** Has the work done once more, unless it is being done. */
    synchronized void begin() {
        if (state != State.RESTING) {
            return;
        }
        state = State.WORKING;
        busy = true;
        loop.services().externalWork().begin();
        if (thread == null) {
            thread = daemon(this::run, "jasyncio-pipe-" + COUNT.incrementAndGet());
        }
        notifyAll();
    }

    /** Whether what the work uses belongs to the loop. */
    boolean isIdle() {
        return !busy;
    }

    private void run() {
        while (awaitWork()) {
            work.run();
            if (!rest()) {
                return;
            }
            // Dropped silently if the loop is closed: then this thread is told to end, too.
            loop.schedule(this::returned);
        }
        closeStream();
    }

    /** Returns whether there is some; if not, this is the end. */
    private synchronized boolean awaitWork() {
        while (state == State.RESTING) {
            try {
                wait();
            } catch (InterruptedException notByUs) {
                // Somebody who interrupts all threads means nothing that we know.
            }
        }
        return state == State.WORKING;
    }

    /** Returns whether to go on: after an end in the middle of the work, others close the stream. */
    private synchronized boolean rest() {
        if (state == State.ENDED) {
            return false;
        }
        state = State.RESTING;
        return true;
    }

    private void returned() {
        if (busy) {
            uncount();
            done.run();
        }
    }

    private void uncount() {
        if (busy) {
            busy = false;
            loop.services().externalWork().end();
        }
    }

    /** The thread ends: at once, or as soon as its work lets it. Idempotent. */
    synchronized void end() {
        if (state == State.ENDED) {
            return;
        }
        var before = state;
        state = State.ENDED;
        uncount();
        var working = thread;
        if (working == null) {
            // Never the loop itself: a stream's close() may wait for whatever it likes.
            daemon(this::closeStream, "jasyncio-pipe-close");
        } else if (before == State.WORKING) {
            // Some streams are woken by an interrupt and some by being closed, and some wait with close() until the
            // read is over.
            working.interrupt();
            daemon(this::closeStream, working.getName() + "-close");
        } else {
            notifyAll();
        }
    }

    private void closeStream() {
        try {
            stream.close();
        } catch (IOException | RuntimeException failure) {
            LOG.log(Level.DEBUG, "closing " + stream + " failed", failure);
        }
    }

    private static Thread daemon(Runnable body, String name) {
        var thread = new Thread(body, name);
        // A stream that never comes to an end must not keep the process alive.
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
