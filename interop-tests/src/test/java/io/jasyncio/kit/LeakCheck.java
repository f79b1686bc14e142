package io.jasyncio.kit;

import io.jasyncio.spi.CurrentLoop;
import io.jasyncio.spi.LoopRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What must be true after every test: no thread of the library is left, no error went unseen, no loop is open or still
 * current. One object for one test, for JUnit by {@link AsyncioExtension} and for Kotest by its own listener.
 *
 * <p>It also ends a test that hangs. JUnit's own time limit interrupts the thread, and an event loop rightly takes no
 * notice of that; so the loops are stopped from within, and the test fails where it stands.
 */
public final class LeakCheck {

    private static final long HANGS_AFTER_SECONDS = 120;

    /** For threads that are about to end; a thread that really leaks makes its test this much longer. */
    private static final long JOIN_MILLIS = 30_000;

    private static final ScheduledThreadPoolExecutor WATCHDOG = new ScheduledThreadPoolExecutor(1, work -> {
        var thread = new Thread(work, "kit-watchdog");
        thread.setDaemon(true);
        return thread;
    });

    private final LoopLedger loops = LoopLedger.installed();
    private final ErrorLog errors = new ErrorLog();
    private final Steps steps = new Steps();
    private boolean stepsWanted;
    private Set<Thread> threadsBefore = Set.of();
    private ScheduledFuture<?> alarm;
    private volatile String hung;

    /** Starts to watch. */
    public void begin() {
        loops.clear();
        errors.begin();
        threadsBefore = Set.copyOf(ownThreads());
        alarm = WATCHDOG.schedule(this::breakOff, HANGS_AFTER_SECONDS, TimeUnit.SECONDS);
    }

    /** The log of this test. */
    public ErrorLog errors() {
        return errors;
    }

    /** The steps of this test, which it must finish now that it has asked for them. */
    public Steps steps() {
        stepsWanted = true;
        return steps;
    }

    /** Cleans up, whatever is found, and then says all of it. */
    public void end(boolean testPassed) {
        alarm.cancel(false);
        var problems = new ArrayList<String>();
        if (hung != null) {
            problems.add("the test hung, and its loops were stopped. The threads were:\n" + hung);
        }
        if (CurrentLoop.set(null) != null) {
            problems.add("an event loop is still marked as current on this thread");
        }
        loops.open().forEach(loop -> problems.add("a loop was not closed: " + close(loop)));
        for (var thread : ownThreads()) {
            if (!threadsBefore.contains(thread) && !hasEnded(thread)) {
                problems.add("a thread is left: " + thread.getName() + " in " + List.of(thread.getStackTrace()));
            }
        }
        errors.end();
        errors.left().forEach(record -> problems.add("unhandled: " + record.getMessage() + " " + record.getThrown()));
        if (testPassed && stepsWanted && !steps.isFinished()) {
            problems.add("the test stopped at " + steps);
        }
        if (!problems.isEmpty()) {
            throw failure(problems);
        }
    }

    private AssertionError failure(List<String> problems) {
        var failure = new AssertionError(String.join("\n", problems));
        errors.left().stream()
                .map(record -> record.getThrown())
                .filter(thrown -> thrown != null)
                .forEach(failure::addSuppressed);
        return failure;
    }

    private static String close(LoopRuntime loop) {
        var described = loop.toString();
        if (!loop.isRunning()) {
            loop.close();
        }
        return described;
    }

    private static List<Thread> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("jasyncio-"))
                .toList();
    }

    private static boolean hasEnded(Thread thread) {
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException interrupted) {
            throw new AssertionError("the thread of the test is interrupted", interrupted);
        }
        return !thread.isAlive();
    }

    private void breakOff() {
        var threads = new StringBuilder();
        for (Map.Entry<Thread, StackTraceElement[]> entry :
                Thread.getAllStackTraces().entrySet()) {
            threads.append(entry.getKey()).append('\n');
            for (var frame : entry.getValue()) {
                threads.append("    ").append(frame).append('\n');
            }
        }
        hung = threads.toString();
        loops.open().forEach(loop -> loop.execute(loop::stop));
    }
}
