package io.jasyncio.transport.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.BeforeAll;

/** TCP over IPv6. */
class Tcp6ContractTest implements HalfCloseContract {

    @BeforeAll
    static void thereMustBeIpv6() {
        assumeTrue(canListen(), "there is no IPv6 here");
    }

    private static boolean canListen() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return socket.isBound();
        } catch (IOException none) {
            return false;
        }
    }

    @Override
    public Fixture fixture() {
        return (near, far) -> TcpContractTest.connect(near, far, "::1");
    }
}
