package io.jasyncio.transport.contract;

import static io.jasyncio.Asyncio.await;

import io.jasyncio.EventLoop;
import java.nio.channels.Pipe;

/** Pipes of the system. They go in one direction, which ends with them. */
class PipeContractTest implements StreamContract {

    @Override
    public Fixture fixture() {
        return new Fixture() {
            @Override
            public Link connect(Recorder near, Recorder far) throws Exception {
                var loop = EventLoop.current();
                var pipe = Pipe.open();
                await(loop.connectReadPipe(() -> far, pipe.source()));
                await(loop.connectWritePipe(() -> near, pipe.sink()));
                return new Link(near, far);
            }
        };
    }
}
