package examples.redis;

import java.util.List;
import java.util.Random;

/** Commands about channels by chance. */
final class RandomSubscriptions {

    private static final List<String> PIECES = List.of("a", "b", "c", "-", "^", "]", "\u00e4");
    private static final List<String> PATTERN_PIECES =
            List.of("a", "b", "c", "*", "*", "?", "[", "]", "[^", "[a-c]", "[^b]", "-", "^", "\\", "\\]", "\u00e4");

    /** {@code C} stands for a channel, {@code P} for a pattern. */
    private static final List<String> LISTENING = List.of(
            "SUBSCRIBE C", "SUBSCRIBE C C", "UNSUBSCRIBE C", "PSUBSCRIBE P", "PSUBSCRIBE P P", "PUNSUBSCRIBE P");

    private static final List<String> LEAVING = List.of("UNSUBSCRIBE", "PUNSUBSCRIBE");

    private static final List<String> PUBLISHING = List.of(
            "PUBLISH C hello",
            "PUBLISH C hello",
            "PUBLISH C hello",
            "PUBSUB CHANNELS",
            "PUBSUB CHANNELS P",
            "PUBSUB NUMPAT",
            "PUBSUB NUMSUB C C C");

    private final Random random;

    RandomSubscriptions(long seed) {
        random = new Random(seed);
    }

    /** One of the listener's. */
    List<String> next(boolean mayPublish) {
        if (random.nextInt(20) == 0) {
            return command(LEAVING);
        }
        return mayPublish && random.nextInt(4) == 0 ? nextOfPublisher() : command(LISTENING);
    }

    List<String> nextOfPublisher() {
        return command(PUBLISHING);
    }

    private List<String> command(List<String> forms) {
        return List.of(any(forms).split(" ")).stream().map(this::word).toList();
    }

    private String word(String word) {
        return switch (word) {
            case "C" -> pieces(PIECES, 3);
            case "P" -> pieces(PATTERN_PIECES, 5);
            default -> word;
        };
    }

    /** None of them now and then. */
    private String pieces(List<String> from, int most) {
        var text = new StringBuilder();
        for (var left = random.nextInt(most + 1); left > 0; left--) {
            text.append(any(from));
        }
        return text.toString();
    }

    private String any(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }
}
