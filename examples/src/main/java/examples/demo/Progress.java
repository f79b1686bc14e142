package examples.demo;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Tells how far the work is: on a terminal in one line that is written again and again, elsewhere in a line for each tenth.
 * For one thread.
 */
public final class Progress {

    private final PrintStream out;
    private final boolean inPlace;
    private final int total;
    private final int step;
    private int done;

    /**
     * Nothing is done yet.
     *
     * @param inPlace whether {@code out} is a terminal, where a line can be written again
     * @param total when the work is done; at least 1
     */
    public Progress(PrintStream out, boolean inPlace, int total) {
        this.out = out;
        this.inPlace = inPlace;
        this.total = total;
        this.step = Math.max(1, total / (inPlace ? 100 : 10));
    }

    /** One more is done. */
    public void advance() {
        done++;
        if (done % step == 0 || done == total) {
            tell();
        }
    }

    private void tell() {
        var text = String.format(Locale.ROOT, "  %,d of %,d requests", done, total);
        if (!inPlace) {
            out.println(text);
        } else if (done < total) {
            out.print("\r" + text);
            out.flush();
        } else {
            out.println("\r" + text);
        }
    }

    /** Whether a person sees standard output. Some newer JDKs have a console in any case, and it must be asked. */
    public static boolean onTerminal() {
        var console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException olderThan22) {
            return true;
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("the console cannot be asked whether it is a terminal", impossible);
        }
    }
}
