package io.jasyncio.spi;

import io.jasyncio.Context;
import io.jasyncio.Task;
import org.jspecify.annotations.Nullable;

/** An entry of the ready queue that knows on whose behalf it runs. */
public interface ReadyItem extends Runnable {

    /** The task that this is a step of; null for a plain callback (S11). */
    @Nullable
    Task<?> task();

    /** The context that it runs in. */
    Context getContext();
}
