package io.jasyncio.model;

import io.jasyncio.Asyncio;
import io.jasyncio.model.QueueModel.Item;
import io.jasyncio.queue.AsyncQueue;
import io.jasyncio.queue.QueueEmptyException;
import io.jasyncio.queue.QueueFullException;
import io.jasyncio.queue.QueueShutDownException;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A queue (S90-S96): nobody waits for what is there, and whoever is told something is told the truth. */
final class QueueWorld extends World {

    private static final String PUT = "put";
    private static final String GET = "get";
    private static final String JOIN = "join";

    private final QueueModel model;
    private final AsyncQueue<Item> queue;

    QueueWorld(Random chance, @Nullable List<String> trace) {
        super(trace);
        model = new QueueModel(this, chance);
        queue = model.newQueue();
    }

    // ---- What actors do --------------------------------------------------------------------------------------------

    @Override
    @Nullable
    Op choose(Actor actor, Random chance) {
        return switch (chance.nextInt(20)) {
            case 0, 1, 2, 3, 4 -> put(actor, chance);
            case 5, 6, 7, 8 -> get(actor, chance);
            case 9 -> iterate(actor, chance);
            case 10 -> putNowait(chance);
            case 11 -> getNowait(actor);
            case 12, 13 -> taskDone(actor);
            case 14 -> join(actor, chance);
            case 15 -> cancelSomebody(actor, chance);
            case 16 -> chance.nextInt(4) == 0 ? shutdown(chance.nextBoolean()) : pause(actor, chance);
            default -> pause(actor, chance);
        };
    }

    private Op put(Actor actor, Random chance) {
        var item = model.newItem(chance);
        var op = op(actor, PUT, () -> queue.putAsync(item))
                .inKotlin(mostly(chance, KotlinTwin.put(queue, item)))
                .within(someTimeout(chance));
        op.orElse(failure -> requireShutDown(op, failure));
        return op.then(done -> {
            served(op);
            model.put(item);
        });
    }

    private Op get(Actor actor, Random chance) {
        var op = op(actor, GET, queue::getAsync)
                .inKotlin(mostly(chance, KotlinTwin.get(queue)))
                .within(someTimeout(chance));
        op.orElse(failure -> requireShutDownAndEmpty(op, failure));
        return op.then(item -> wasGot(op, (Item) item));
    }

    /** One step of an iteration over the queue. */
    private Op iterate(Actor actor, Random chance) {
        var iterator = queue.asyncIterator();
        var op = op(actor, GET, () -> Asyncio.ensureFuture(iterator.hasNextAsync()))
                .inKotlin(mostly(chance, KotlinTwin.hasNext(iterator)))
                .within(someTimeout(chance));
        op.orElse(failure -> {
            iterator.closeAsync();
            require(Op.isEndOfWait(failure), "an iteration failed: " + failure);
            passedOn(op, !model.isEmpty());
        });
        return op.then(found -> {
            if ((boolean) found) {
                wasGot(op, iterator.next());
            } else {
                require(model.isOver(), "an iteration ended");
            }
        });
    }

    private Op join(Actor actor, Random chance) {
        var op = op(actor, JOIN, queue::joinAsync)
                .inKotlin(mostly(chance, KotlinTwin.join(queue)))
                .within(someTimeout(chance));
        op.mark = model.timesAtZero();
        return op.then(done -> require(
                op.waited() ? model.timesAtZero() > op.mark : model.unfinished() == 0,
                "join ended with " + model.unfinished() + " to do"));
    }

    private @Nullable Op putNowait(Random chance) {
        var item = model.newItem(chance);
        try {
            queue.putNowait(item);
        } catch (QueueShutDownException refused) {
            require(model.isShutDown(), "putNowait was refused");
            return null;
        } catch (QueueFullException refused) {
            require(!model.isShutDown() && model.isFull(), "putNowait found no room");
            return null;
        }
        model.put(item);
        othersMayBeOvertaken(PUT);
        return null;
    }

    private @Nullable Op getNowait(Actor actor) {
        Item item;
        try {
            item = queue.getNowait();
        } catch (QueueShutDownException refused) {
            require(model.isOver(), "getNowait was refused");
            return null;
        } catch (QueueEmptyException refused) {
            require(!model.isShutDown() && model.isEmpty(), "getNowait found nothing");
            return null;
        }
        model.taken(item);
        actor.holds++;
        othersMayBeOvertaken(GET);
        return null;
    }

    private @Nullable Op taskDone(Actor actor) {
        if (actor.holds > 0) {
            actor.holds--;
            queue.taskDone();
            model.done();
        } else if (model.unfinished() == 0) {
            try {
                queue.taskDone();
            } catch (IllegalStateException refused) {
                return null;
            }
            throw violation("taskDone was called once too often, and accepted");
        }
        return null;
    }

    private @Nullable Op shutdown(boolean immediate) {
        trace(null, "shutdown" + (immediate ? ", immediate" : ""));
        queue.shutdown(immediate);
        model.shutDown(immediate);
        return null;
    }

    /** What it has not dealt with, it deals with now: the joiners need not wait for ever. */
    @Override
    void leave(Actor actor) {
        for (; actor.holds > 0; actor.holds--) {
            queue.taskDone();
            model.done();
        }
    }

    // ---- Who may go first -------------------------------------------------------------------------------------------

    private void wasGot(Op op, Item item) {
        served(op);
        model.taken(item);
        op.actor().holds++;
    }

    /**
     * First come, first served. But who did not have to wait took what was meant for another, who was woken already, finds
     * nothing, and stands at the end of the line again; or takes what was meant for the next one (S90).
     */
    private void served(Op op) {
        if (op.waited()) {
            requireFirst(op);
        }
        if (!op.waited() || op.mayBeOvertaken) {
            othersMayBeOvertaken(op.name());
        }
    }

    private void othersMayBeOvertaken(String name) {
        pending(name).forEach(op -> op.mayBeOvertaken = true);
    }

    private void requireShutDown(Op put, Throwable failure) {
        if (Op.isEndOfWait(failure)) {
            passedOn(put, !model.isFull());
        } else {
            require(failure instanceof QueueShutDownException && model.isShutDown(), "put failed: " + failure);
        }
    }

    private void requireShutDownAndEmpty(Op get, Throwable failure) {
        if (Op.isEndOfWait(failure)) {
            passedOn(get, !model.isEmpty());
        } else {
            require(failure instanceof QueueShutDownException && model.isOver(), "get failed: " + failure);
        }
    }

    /** Who was woken and will not come wakes the next, though what is there may be meant for somebody else already (S91). */
    private void passedOn(Op op, boolean isThereSomething) {
        if (op.waited() && isThereSomething) {
            othersMayBeOvertaken(op.name());
        }
    }

    // ---- Checks ----------------------------------------------------------------------------------------------------

    @Override
    void check() {
        model.compareWith(queue);
    }

    @Override
    void checkIdle() {
        requireNobodyIsLate("");
        if (!model.isEmpty() || model.isShutDown()) {
            requireNonePending(GET, "there is an item, or there will be none");
        }
        if (!model.isFull() || model.isShutDown()) {
            requireNonePending(PUT, "there is room, or there will be none");
        }
        if (model.unfinished() == 0) {
            requireNonePending(JOIN, "all is done");
        }
    }

    @Override
    void checkEnd() {
        while (!model.isEmpty()) {
            model.taken(queue.getNowait());
        }
        require(queue.isEmpty(), "there is something left");
    }

    @Override
    public String toString() {
        return model.toString();
    }
}
