package examples.redis;

import java.util.List;

/**
 * A client waits for a value.
 *
 * @param keys the lists it may come from
 * @param first from which end of the list
 * @param timeoutMillis how long it waits; 0 for ever
 */
public record BlockingPop(List<Key> keys, boolean first, long timeoutMillis) {}
