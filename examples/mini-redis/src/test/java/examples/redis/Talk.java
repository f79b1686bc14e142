package examples.redis;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/** A client of an engine without connections: what it sends is executed at once, and what it hears is text. */
final class Talk {

    /** The database in which the client begins. */
    final Store store;

    final Server server;
    final Session session;
    private final Replies replies = new Replies();
    private final Engine engine;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private Outcome outcome = Outcome.DONE;

    Talk() {
        this(() -> 1_000_000);
    }

    Talk(LongSupplier clock) {
        server = new Server(clock);
        store = server.stores().get(0);
        session = server.open("127.0.0.1:50000", "127.0.0.1:6379");
        engine = new Engine(server, replies);
    }

    /** Sends an inline command and gives the reply, a blank for each end of line. */
    String say(String line) throws RespException {
        return text(send(Text.bytes(line + "\n")));
    }

    /** Says that it speaks RESP3. */
    Talk inResp3() throws RespException {
        say("HELLO 3");
        return this;
    }

    /** What was left to do after the latest command. */
    Outcome outcome() {
        return outcome;
    }

    byte[] send(byte[] requests) throws RespException {
        heard.reset();
        var parser = new RespParser(Limits.DEFAULT, new byte[Limits.DEFAULT.turnBytes()]);
        engine.begin(session, Talk.into(heard));
        for (var source = ByteBuffer.wrap(requests); source.hasRemaining(); parser.rest()) {
            parser.feed(source);
            while (parser.next()) {
                outcome = engine.execute(parser.request());
            }
        }
        replies.flush();
        return heard.toByteArray();
    }

    /** A sink that keeps everything. */
    static Replies.Sink into(ByteArrayOutputStream bytes) {
        return buffer -> {
            var chunk = new byte[buffer.remaining()];
            buffer.get(chunk);
            bytes.writeBytes(chunk);
        };
    }

    static String text(byte[] replies) {
        return Text.of(replies, 0, replies.length).replace("\r\n", " ").stripTrailing();
    }
}
