package examples.redis;

/**
 * Patterns as shells have them: {@code *} is any number of bytes, {@code ?} is one, {@code [abc]}, {@code [a-z]} and
 * {@code [^a]} are one of those or of all others, and after a backslash every byte means itself.
 *
 * <p>Takes at most as many steps as the product of the two lengths, whatever the pattern. What is strange is so in Redis,
 * too: a bracket that is never closed ends with the pattern, and {@code *} does not match nothing at all.
 */
final class Glob {

    private static final int NO_MATCH = -1;

    private final byte[] pattern;

    private Glob(byte[] pattern) {
        this.pattern = pattern;
    }

    static boolean matches(byte[] pattern, byte[] text) {
        return text.length == 0 ? pattern.length == 0 : new Glob(pattern).matches(text);
    }

    private boolean matches(byte[] text) {
        var at = 0;
        var position = 0;
        // Only the latest star can still take more: what an earlier one would get then, this one gets as well.
        var afterStar = NO_MATCH;
        var starEnd = 0;
        while (position < text.length) {
            if (at < pattern.length && pattern[at] == '*') {
                afterStar = ++at;
                starEnd = position;
                continue;
            }
            var next = at < pattern.length ? pastOne(at, text[position]) : NO_MATCH;
            if (next != NO_MATCH) {
                at = next;
                position++;
            } else if (afterStar != NO_MATCH) {
                at = afterStar;
                position = ++starEnd;
            } else {
                return false;
            }
        }
        while (at < pattern.length && pattern[at] == '*') {
            at++;
        }
        return at == pattern.length;
    }

    /** Where the pattern goes on behind the part that stands for one byte; {@link #NO_MATCH} if not for this one. */
    private int pastOne(int at, byte letter) {
        switch (pattern[at]) {
            case '?':
                return at + 1;
            case '[':
                return pastClass(at + 1, letter);
            case '\\':
                var literal = at + 1 < pattern.length ? at + 1 : at;
                return pattern[literal] == letter ? literal + 1 : NO_MATCH;
            default:
                return pattern[at] == letter ? at + 1 : NO_MATCH;
        }
    }

    private int pastClass(int start, byte letter) {
        var negated = start < pattern.length && pattern[start] == '^';
        var at = negated ? start + 1 : start;
        var found = false;
        while (at < pattern.length && pattern[at] != ']') {
            if (pattern[at] == '\\' && at + 1 < pattern.length) {
                found |= pattern[at + 1] == letter;
                at += 2;
            } else if (at + 2 < pattern.length && pattern[at + 1] == '-') {
                var low = Math.min(pattern[at], pattern[at + 2]);
                var high = Math.max(pattern[at], pattern[at + 2]);
                found |= low <= letter && letter <= high;
                at += 3;
            } else {
                found |= pattern[at] == letter;
                at++;
            }
        }
        return found == negated ? NO_MATCH : Math.min(at + 1, pattern.length);
    }
}
