package examples.redis;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Commands by chance, many of them wrong, whose replies do not hang on the time of day. */
final class RandomCommands {

    private static final List<String> KEYS = List.of("a", "b", "c", "list", "list2");
    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "-1",
            "2",
            "5",
            "10",
            "-3",
            "007",
            "+1",
            "-0",
            "1.5",
            "x",
            "",
            "9223372036854775807",
            "-9223372036854775808",
            "9223372036854775808",
            "4611686018427387904",
            "99999999999");

    /** No time is so short that it ends within the test. */
    private static final List<String> TIMES = List.of(
            "0", "-1", "100000", "x", "007", "1.5", "99999999999", "9223372036854775807", "-9223372036854775808");

    /** Points in time, one of them long ago. */
    private static final List<String> DATES = List.of("1", "4102444800", "4102444801", "4102444802", "99999999999");

    /** {@code K} stands for a key, {@code V} for a value, {@code N} for a number, {@code T} for a time and {@code A} for a date. */
    private static final List<String> FORMS = List.of(
            "GET K",
            "GET",
            "GET K K",
            "SET K V",
            "SET K V",
            "SET K N",
            "SET K V NX",
            "SET K V XX",
            "SET K V GET",
            "SET K V NX GET",
            "SET K V EX T",
            "SET K V PX T",
            "SET K V EXAT T",
            "SET K V PXAT T",
            "SET K V EXAT A",
            "SET K V KEEPTTL",
            "SET K V EX 1000 XX",
            "SET K V EX",
            "SET K V NX XX",
            "SET K V EX 5 PX 5",
            "SET K V WHAT",
            "SET K",
            "MGET K K K",
            "INCR K",
            "DECR K",
            "INCRBY K N",
            "DECRBY K N",
            "DEL K",
            "DEL K K K",
            "UNLINK K",
            "EXISTS K K",
            "TYPE K",
            "EXPIRE K 1000",
            "EXPIRE K T",
            "EXPIRE K T NX",
            "EXPIRE K T XX",
            "EXPIREAT K A GT",
            "EXPIREAT K A LT",
            "EXPIRE K 1000 NX GT",
            "EXPIRE K 1000 GT LT",
            "EXPIRE K 1000 WHAT",
            "PEXPIRE K T",
            "EXPIREAT K A",
            "PEXPIREAT K T",
            "PERSIST K",
            "LPUSH K V",
            "LPUSH K V V V",
            "RPUSH K V V",
            "LPUSH list V V",
            "RPUSH list2 V",
            "LPUSH K",
            "LPOP K",
            "RPOP K",
            "LPOP K N",
            "RPOP K N",
            "LPOP K 1 2",
            "LLEN K",
            "LRANGE K N N",
            "LRANGE K 0 -1",
            "LRANGE K 0",
            "BLPOP list list2 0.001",
            "BRPOP K 0.001",
            "BLPOP K x",
            "BLPOP K -1",
            "BLPOP K",
            "PING",
            "PING V",
            "PING V V",
            "ECHO V",
            "ECHO",
            "PUBLISH K V",
            "PUBLISH K",
            "PUBSUB NUMPAT",
            "PUBSUB NUMPAT K",
            "PUBSUB NUMSUB K K",
            "PUBSUB CHANNELS K",
            "PUBSUB CHANNELS K K",
            "PUBSUB WHAT",
            "PSUBSCRIBE",
            "CLIENT GETNAME",
            "CLIENT SETNAME K",
            "CLIENT SETNAME V",
            "CLIENT WHAT",
            "CLIENT",
            "CLIENT NO-EVICT ON",
            "CLIENT NO-EVICT WHAT",
            "CONFIG GET save",
            "CONFIG GET appendonly",
            "CONFIG GET what",
            "CONFIG WHAT",
            "CONFIG",
            "COMMAND DOCS what",
            "COMMAND WHAT",
            "SELECT 0",
            "SELECT 1",
            "SELECT 15",
            "SELECT N",
            "SELECT 99",
            "SELECT x",
            "AUTH x",
            "AUTH x y",
            "AUTH default y",
            "AUTH x y z",
            "HELLO 9",
            "HELLO x",
            "HELLO 2 WHAT",
            "HELLO 2 SETNAME",
            "HELLO 2 AUTH x y",
            "NONSENSE",
            "NONSENSE V K N",
            "RESET V",
            "FLUSHALL WHAT",
            "FLUSHDB WHAT");

    /** What leaves little of that. */
    private static final List<String> RARE_FORMS = List.of("FLUSHALL", "FLUSHDB", "FLUSHDB ASYNC", "RESET");

    private final Random random;

    RandomCommands(long seed) {
        random = new Random(seed);
    }

    /** A command as its words. */
    List<String> next() {
        var words = random.nextInt(100) == 0 ? any(RARE_FORMS) : any(FORMS);
        return List.of(words.split(" ")).stream().map(this::word).toList();
    }

    private String word(String word) {
        return switch (word) {
            case "K" -> any(KEYS);
            case "N" -> any(NUMBERS);
            case "T" -> any(TIMES);
            case "A" -> any(DATES);
            case "V" -> value();
            default -> random.nextInt(5) == 0 ? word.toLowerCase(Locale.ROOT) : word;
        };
    }

    private String value() {
        if (random.nextInt(3) == 0) {
            return any(NUMBERS);
        }
        var length = random.nextInt(50) == 0 ? random.nextInt(40_000) : random.nextInt(12);
        var text = new StringBuilder();
        random.ints(length, 0, 256).forEach(letter -> text.append((char) letter));
        return text.toString();
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** A command as bytes. */
    static String encode(List<String> words) {
        return "*" + words.size() + "\r\n" + bulks(words);
    }

    /** Arguments as bytes. */
    static String bulks(List<String> words) {
        return words.stream()
                .map(word -> "$" + word.length() + "\r\n" + word + "\r\n")
                .collect(joining());
    }

    /** How many commands the next pipeline has. */
    int pipeline() {
        return random.nextInt(4) == 0 ? random.nextInt(1, 40) : 1;
    }
}
