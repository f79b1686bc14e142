package examples.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Bytes as text for people, a character for a byte: whatever a client sends can be shown, and sent back as it was. */
public final class Text {

    private Text() {}

    /** A part of an array as text. */
    public static String of(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, ISO_8859_1);
    }

    /** Text as bytes. */
    public static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
