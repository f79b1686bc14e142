package examples.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patterns of names. */
class GlobTest {

    private static boolean matches(String pattern, String text) {
        return Glob.matches(Text.bytes(pattern), Text.bytes(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            news        | news                | new newss News
            news.*      | news. news.a news.. | news xnews.a
            *           | a ** .              |
            **a*        | a xa xay            | b
            a*b*c       | abc aXbYc abbcc     | ab acb abcd
            *ab*ab      | abab aabab xababab  | ab aba ababx
            h?llo       | hello h?llo         | hllo heello
            ???         | abc                 | ab abcd
            h[ae]llo    | hello hallo         | hillo h[ae]llo
            h[^e]llo    | hallo h^llo         | hello
            [a-c]       | a b c               | d - A
            [c-a]x      | ax bx               | dx
            [a-]        | a ] _               | - b
            [^a-c0-9]   | d ^                 | b 5
            [\\]]x      | ]x                  | ax
            [a\\-c]     | a - c               | b
            []x         |                     | x ]x
            [abc        | a c                 | [abc d
            a\\*        | a*                  | ab a a\\*
            a\\         | a\\                 | a
            \\[a\\]     | [a]                 | a
            """)
    void patternMatchesTheseAndNotThose(String pattern, String matching, String others) {
        for (var text : words(matching)) {
            assertTrue(matches(pattern, text), pattern + " matches " + text);
        }
        for (var text : words(others)) {
            assertFalse(matches(pattern, text), pattern + " does not match " + text);
        }
    }

    private static String[] words(String text) {
        return text == null ? new String[0] : text.split(" ");
    }

    @Test
    void nothingIsMatchedByNothing() {
        assertTrue(matches("", ""));
        assertFalse(matches("*", ""));
        assertFalse(matches("", "a"));
    }

    @Test
    void bytesAreNotLetters() {
        assertEquals(true, matches("[\u0080-\u00ff]?", "\u00e4\u0000"));
        assertEquals(false, matches("[a-z]", "\u00e4"));
    }

    /** Who tries again for each star has exponentially many ways here. */
    @Test
    void manyStarsTakeNoMoreStepsThanOne() {
        assertFalse(matches("a*".repeat(1000) + "b", "a".repeat(PubSubCommands.LONGEST_NAME)));
        assertFalse(matches("*" + "a".repeat(4000) + "b", "a".repeat(PubSubCommands.LONGEST_NAME)));
    }
}
