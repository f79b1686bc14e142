package examples.redis;

/** The values of a list, in a ring: both ends are near, and so is the middle. */
final class ListValue {

    private byte[][] ring = new byte[4][];
    private int first;
    private int size;

    int size() {
        return size;
    }

    byte[] get(int index) {
        return ring[slot(index)];
    }

    private int slot(int index) {
        return first + index & ring.length - 1; // the length is a power of two
    }

    void addFirst(byte[] value) {
        grow();
        first = slot(-1);
        ring[first] = value;
        size++;
    }

    void addLast(byte[] value) {
        grow();
        ring[slot(size)] = value;
        size++;
    }

    byte[] removeFirst() {
        var value = ring[first];
        ring[first] = null;
        first = slot(1);
        size--;
        shrink();
        return value;
    }

    byte[] removeLast() {
        size--;
        var last = slot(size);
        var value = ring[last];
        ring[last] = null;
        shrink();
        return value;
    }

    private void grow() {
        if (size == ring.length) {
            resize(2 * size);
        }
    }

    private void shrink() {
        // At a quarter and not at half: two calls at the border must not copy the ring each time.
        if (ring.length > 16 && size < ring.length / 4) {
            resize(ring.length / 2);
        }
    }

    private void resize(int length) {
        var values = new byte[length][];
        for (var i = 0; i < size; i++) {
            values[i] = get(i);
        }
        ring = values;
        first = 0;
    }
}
