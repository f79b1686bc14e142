package io.jasyncio.pipe;

import static io.jasyncio.Asyncio.await;

import io.jasyncio.Asyncio;
import io.jasyncio.stream.Streams;
import java.io.IOException;
import java.util.Locale;

/** Programs whose standard input and output are streams; {@link ProcessStreamsTest} starts them in a process of their own. */
final class ProcessStreams {

    private ProcessStreams() {}

    public static void main(String... arguments) throws Exception {
        switch (arguments[0]) {
            case "upper" -> Asyncio.run(ProcessStreams::upper);
            case "first line" -> firstLine();
            case "twice" -> Asyncio.run(ProcessStreams::twice);
            case "large" -> large(Integer.parseInt(arguments[1]));
            case "endless" -> endless();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** A filter, as a shell would use it. */
    private static void upper() throws Exception {
        System.out.print("printed before, ");
        var input = await(Streams.stdin());
        var output = await(Streams.stdout());
        for (var line = await(input.readLineAsync()); line != null; line = await(input.readLineAsync())) {
            output.write(line.toUpperCase(Locale.ROOT) + "\n");
            await(output.drainAsync());
        }
        await(output.closeAsync());
        System.out.println("printed afterwards");
    }

    /** Leaves while there may be more to read. */
    private static void firstLine() throws Exception {
        Asyncio.run(() -> {
            var input = await(Streams.stdin());
            System.out.println("got " + await(input.readLineAsync()));
        });
        for (var thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("jasyncio-pipe")) {
                thread.join();
            }
        }
        System.out.println("nothing is left");
    }

    private static void twice() throws Exception {
        var input = await(Streams.stdin());
        try {
            Streams.stdin();
        } catch (IllegalStateException refused) {
            System.out.println("refused: " + refused.getMessage());
        }
        System.out.println("got " + await(input.readLineAsync()));
    }

    private static void large(int bytes) throws Exception {
        Asyncio.run(() -> {
            var output = await(Streams.stdout());
            output.write(new byte[bytes]);
            await(output.closeAsync());
        });
        Runtime.getRuntime().halt(0);
    }

    private static void endless() throws Exception {
        Asyncio.run(() -> {
            var output = await(Streams.stdout());
            try {
                while (true) {
                    output.write("more\n");
                    await(output.drainAsync());
                }
            } catch (IOException nobodyReads) {
                System.exit(7);
            }
        });
    }
}
