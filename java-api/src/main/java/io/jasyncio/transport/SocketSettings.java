package io.jasyncio.transport;

import java.io.IOException;
import java.net.SocketOption;
import java.nio.channels.NetworkChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Socket options with their values, which were checked by the compiler when they were given. Immutable. */
final class SocketSettings {

    static final SocketSettings NONE = new SocketSettings(Map.of());

    private final Map<SocketOption<?>, Object> values;

    private SocketSettings(Map<SocketOption<?>, Object> values) {
        this.values = values;
    }

    <V> SocketSettings with(SocketOption<V> option, V value) {
        var more = new LinkedHashMap<>(values);
        more.put(Objects.requireNonNull(option, "option"), Objects.requireNonNull(value, "value"));
        return new SocketSettings(more);
    }

    void applyTo(NetworkChannel channel) throws IOException {
        for (var setting : values.entrySet()) {
            apply(channel, setting.getKey(), setting.getValue());
        }
    }

    @SuppressWarnings("unchecked")
    private static <V> void apply(NetworkChannel channel, SocketOption<V> option, Object value) throws IOException {
        if (!channel.supportedOptions().contains(option)) {
            throw new IllegalArgumentException("the socket option " + option.name() + " does not exist for " + channel);
        }
        channel.setOption(option, (V) value);
    }
}
