package io.jasyncio.conformance;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A word of a random program; {@code programs.py} says what words there are.
 *
 * @param index its place in the program
 * @param when {@code +} by a callback, {@code ~} by a timer, empty at once
 * @param number 0 if it has none
 * @param seconds the deadline of a task; 0 if it has none
 */
record RandomWord(int index, String when, char letter, int number, int seconds) {

    private static final Pattern SYNTAX = Pattern.compile("([+~]?)([A-Za-z])(\\d*)@?(\\d*)");

    static RandomWord of(int index, String text) {
        var parts = SYNTAX.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a word of a random program: " + text);
        }
        return new RandomWord(
                index, parts.group(1), parts.group(2).charAt(0), number(parts.group(3)), number(parts.group(4)));
    }

    private static int number(String digits) {
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    boolean startsTask() {
        return Character.isUpperCase(letter);
    }

    boolean isPause() {
        return letter == 'y' || letter == 'w';
    }

    /** How long a pause takes. */
    Duration pause() {
        return Duration.ofSeconds(letter == 'w' ? 1 : 0);
    }

    /** The deadline of a task: no two of a program are the same. */
    Duration deadline(int task) {
        return Duration.ofMillis(seconds * 1_000L + task + 1);
    }

    /** When the timer of a word is due: no two of a program are the same. */
    Duration delay() {
        return Duration.ofNanos(1_500_000_000L + 130_000L * index);
    }
}
