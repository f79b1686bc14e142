package io.jasyncio.server;

import static io.jasyncio.Asyncio.await;

import io.jasyncio.EventLoop;
import io.jasyncio.LoopOptions;
import io.jasyncio.Runner;
import io.jasyncio.transport.ConnectOptions;
import io.jasyncio.transport.LocalPort;
import io.jasyncio.transport.ServerOptions;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.time.Duration;
import java.util.List;

/** A process on a machine without IPv6, to judge by what its JVM is told: what {@link ListeningTest} runs. */
final class NoIpv6 {

    private NoIpv6() {}

    public static void main(String[] arguments) throws Exception {
        var both = List.of(InetAddress.getByName("::1"), InetAddress.getByName("127.0.0.1"));
        try (var runner = new Runner(LoopOptions.defaults().withResolver(LocalPort.naming(both)))) {
            runner.run(() -> run());
        }
    }

    private static void run() throws Exception {
        var loop = EventLoop.current();
        var echo = new Clients.Echo();
        var server = await(loop.createServer(echo::protocol, LocalPort.NAME, 0));
        System.out.println("listens on " + server.addresses().size());
        for (var options :
                List.of(ConnectOptions.DEFAULT, ConnectOptions.DEFAULT.withHappyEyeballsDelay(Duration.ofDays(1)))) {
            var connecting = loop.createConnection(echo::protocol, LocalPort.NAME, server.port(), options);
            await(connecting).transport().close();
            System.out.println("connects");
        }
        await(server.closeAsync());
        var everywhere = await(loop.createServer(echo::protocol, null, 0));
        System.out.println("listens on all interfaces");
        everywhere.close();
        try {
            await(loop.createServer(
                    echo::protocol, null, 0, ServerOptions.DEFAULT.withFamily(StandardProtocolFamily.INET6)));
        } catch (SocketException missing) {
            System.out.println(missing.getMessage());
        }
    }
}
