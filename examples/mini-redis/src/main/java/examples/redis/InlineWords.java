package examples.redis;

/**
 * Splits a line that a person typed into words: {@code SET name "two words"}. In double quotes {@code \n \r \t \b \a},
 * {@code \x41} and a backslash before anything else mean what they mean in C; in single quotes only {@code \'} does.
 */
final class InlineWords {

    private final byte[] line;
    private final int end;
    private int position;

    /** The words without their quotes, one after the other; never longer than the line. */
    private final byte[] words;

    private int length;

    private InlineWords(byte[] line, int from, int to) {
        this.line = line;
        this.position = from;
        this.end = to;
        this.words = new byte[to - from];
    }

    /** Adds the words of a line to a request. */
    static void split(byte[] line, int from, int to, Request request) throws RespException {
        var words = new InlineWords(line, from, to);
        while (words.skipBlanks()) {
            var start = words.length;
            words.word();
            request.add(start, words.length - start);
        }
        request.complete(words.words, 0);
    }

    private boolean skipBlanks() {
        while (position < end && isBlank(line[position])) {
            position++;
        }
        return position < end;
    }

    private static boolean isBlank(byte character) {
        return character == ' ' || character >= '\t' && character <= '\r' || character == 0;
    }

    private void word() throws RespException {
        while (position < end && !isBlank(line[position])) {
            var character = line[position++];
            if (character == '"' || character == '\'') {
                quoted(character);
                return;
            }
            words[length++] = character;
        }
    }

    /** Reads up to the closing quote, after which the word must end. */
    private void quoted(byte quote) throws RespException {
        while (position < end) {
            var character = line[position++];
            if (character == quote) {
                if (position < end && !isBlank(line[position])) {
                    break;
                }
                return;
            }
            words[length++] = character == '\\' && position < end ? escaped(quote) : character;
        }
        throw new RespException("unbalanced quotes in request");
    }

    private byte escaped(byte quote) {
        var character = line[position];
        if (quote == '\'') {
            if (character != '\'') {
                return '\\';
            }
            position++;
            return character;
        }
        position++;
        if (character == 'x' && position + 1 < end) {
            var high = Character.digit(line[position], 16);
            var low = Character.digit(line[position + 1], 16);
            if (high >= 0 && low >= 0) {
                position += 2;
                return (byte) (high << 4 | low);
            }
        }
        return switch (character) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'a' -> 7;
            default -> character;
        };
    }
}
