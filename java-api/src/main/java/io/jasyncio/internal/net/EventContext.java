package io.jasyncio.internal.net;

import io.jasyncio.Context;
import io.jasyncio.Task;
import io.jasyncio.spi.ReadyItem;
import org.jspecify.annotations.Nullable;

/** The context in which the events of a channel are handled: a copy of the one in which the transport was made. Loop only. */
public final class EventContext {

    private @Nullable Context context = Context.capture();

    /** A copy of the current context. */
    public EventContext() {}

    /** The context. */
    public Context context() {
        var known = context;
        if (known == null) {
            known = new Context();
            context = known;
        }
        return known;
    }

    /** An entry of the ready queue, which can be queued again and again. Name and owner are for people. */
    public ReadyItem item(String name, Object owner, Runnable step) {
        return new Item(name, owner, step);
    }

    private final class Item implements ReadyItem {

        private final String name;
        private final Object owner;
        private final Runnable step;

        Item(String name, Object owner, Runnable step) {
            this.name = name;
            this.owner = owner;
            this.step = step;
        }

        @Override
        public void run() {
            step.run();
        }

        @Override
        public @Nullable Task<?> task() {
            return null;
        }

        @Override
        public Context getContext() {
            return context();
        }

        @Override
        public String toString() {
            return "callback " + name + " of " + owner;
        }
    }
}
