package examples.redis;

import java.util.Arrays;

/**
 * Bytes that can be looked up in a map. One kind is made of bytes of its own and stays as it is. The other is a probe that
 * {@link #at} lays over a part of somebody else's bytes: to look something up copies nothing.
 *
 * <p>Keys have an order. So a map whose keys were chosen to have the same hash, to make it slow, still finds them in
 * logarithmic time.
 */
public final class Key implements Comparable<Key> {

    private byte[] bytes = new byte[0];
    private int from;
    private int length;
    private int hash;

    /** A probe over nothing. */
    public Key() {}

    /** A key of these bytes, which must not change any more. */
    public Key(byte[] bytes) {
        at(bytes, 0, bytes.length);
    }

    /** Lays this probe over a part of an array. It must not be in a map. */
    public Key at(byte[] array, int offset, int count) {
        bytes = array;
        from = offset;
        length = count;
        var result = 1;
        for (var i = offset; i < offset + count; i++) {
            result = 31 * result + array[i];
        }
        hash = result;
        return this;
    }

    /** A key with a copy of the bytes, which can stay in a map. */
    public Key copy() {
        var copy = new Key();
        copy.bytes = bytes();
        copy.length = length;
        copy.hash = hash;
        return copy;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key
                && hash == key.hash
                && Arrays.equals(bytes, from, from + length, key.bytes, key.from, key.from + key.length);
    }

    @Override
    public int compareTo(Key other) {
        return Arrays.compare(bytes, from, from + length, other.bytes, other.from, other.from + other.length);
    }

    @Override
    public String toString() {
        return Text.of(bytes, from, length);
    }
}
