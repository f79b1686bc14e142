package io.jasyncio.transport.contract;

import static io.jasyncio.Asyncio.await;
import static io.jasyncio.Asyncio.toThread;

import io.jasyncio.EventLoop;
import java.util.IdentityHashMap;
import java.util.Map;

/** Blocking streams with a thread behind each. */
class ThreadPipeContractTest implements StreamContract, Fixture {

    private final Map<Recorder, BlockingPipe> pipes = new IdentityHashMap<>();

    @Override
    public Fixture fixture() {
        return this;
    }

    @Override
    public Link connect(Recorder near, Recorder far) throws Exception {
        var loop = EventLoop.current();
        var pipe = new BlockingPipe();
        pipes.put(near, pipe);
        await(loop.connectReadPipe(() -> far, pipe.input()));
        await(loop.connectWritePipe(() -> near, pipe.output()));
        return new Link(near, far);
    }

    @Override
    public boolean endsOneDirection() {
        return true;
    }

    /** What the pipe and the threads at its ends hold, and more. */
    @Override
    public int leastBytesToFill() {
        return 500_000;
    }

    @Override
    public void awaitStuck(Link link) throws Exception {
        await(toThread(() -> pipes.get(link.near()).awaitWriterStuck()));
    }
}
