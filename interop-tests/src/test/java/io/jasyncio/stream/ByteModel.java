package io.jasyncio.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.concurrent.CancellationException;

/** What a reader has to do, on a text that holds everything that has come: no chunks, no buffers, nothing to go wrong. */
final class ByteModel {

    private final int limit;
    private final StringBuilder came = new StringBuilder();
    private int taken;
    private int shown;
    boolean eof;

    ByteModel(int limit) {
        this.limit = limit;
    }

    void feed(byte[] data) {
        came.append(new String(data, ISO_8859_1));
    }

    String left() {
        return came.substring(taken);
    }

    int size() {
        return came.length() - taken;
    }

    void view() {
        shown = size();
    }

    void skip(int count) {
        taken += count;
        shown = Math.max(0, shown - count);
    }

    private String take(int count) {
        var text = came.substring(taken, taken + count);
        skip(count);
        return text;
    }

    /** Whether the read can end now. */
    boolean canEnd(ReadOp op) {
        var before = taken;
        var shownBefore = shown;
        var result = end(op);
        taken = before;
        shown = shownBefore;
        return result != null;
    }

    /** What the read ends with; null if it has to wait. */
    String end(ReadOp op) {
        return switch (op.kind()) {
            case ALL -> eof ? take(size()) : null;
            case SOME -> op.count() == 0 || eof || size() > 0 ? take(Math.min(op.count(), size())) : null;
            case EXACTLY -> size() >= op.count() ? take(op.count()) : eof ? "incomplete " + take(size()) : null;
            case LINE -> line();
            case UNTIL -> until(op.separators());
            case MORE -> size() > shown ? "true" : eof ? "false" : size() > 2 * limit ? "overrun " + size() : null;
        };
    }

    private String line() {
        var at = left().indexOf('\n');
        if (at > limit || at < 0 && size() > limit) {
            var consumed = at < 0 ? size() : at;
            skip(at < 0 ? size() : at + 1);
            return "overrun " + consumed;
        }
        if (at < 0) {
            return !eof ? null : size() == 0 ? "null" : take(size());
        }
        var line = take(at + 1);
        return line.substring(0, line.endsWith("\r\n") ? at - 1 : at);
    }

    private String until(byte[][] separators) {
        var longest = 0;
        var start = -1;
        var end = Integer.MAX_VALUE;
        for (var separator : separators) {
            longest = Math.max(longest, separator.length);
            var at = left().indexOf(new String(separator, ISO_8859_1));
            if (at >= 0 && at + separator.length < end) {
                start = at;
                end = at + separator.length;
            }
        }
        if (start >= 0) {
            return start > limit ? "overrun " + start : take(end);
        }
        var searched = Math.max(0, size() + 1 - longest);
        if (searched > limit) {
            return "overrun " + searched;
        }
        return eof ? "incomplete " + take(size()) : null;
    }

    /** What a reader has given, in the words of {@link #end}. */
    static String text(Object result, Throwable failure) {
        if (failure instanceof LimitOverrunException overrun) {
            return "overrun " + overrun.consumed();
        }
        if (failure instanceof IncompleteReadException incomplete) {
            return "incomplete " + new String(incomplete.partial(), ISO_8859_1);
        }
        if (failure instanceof CancellationException) {
            return "cancelled";
        }
        return failure != null
                ? failure.toString()
                : result instanceof byte[] bytes ? new String(bytes, ISO_8859_1) : String.valueOf(result);
    }
}
