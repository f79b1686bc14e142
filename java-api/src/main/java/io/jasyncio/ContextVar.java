package io.jasyncio;

import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A variable whose value belongs to the running task, as a {@code ThreadLocal}'s belongs to the thread (Python's
 * {@code contextvars.ContextVar}, S126). What a task sets is seen by the tasks it creates afterwards and by nobody else.
 *
 * <pre>{@code
 * static final ContextVar<String> REQUEST = new ContextVar<>("request");
 * }</pre>
 *
 * <p>Thread rule: any thread; each sees the value of its own context.
 *
 * @param <T> the type of the value
 */
public final class ContextVar<T> {

    private final String name;
    private final @Nullable T defaultValue;

    /** Creates a variable without a default: {@link #get()} fails until it is set. */
    public ContextVar(String name) {
        this(name, null);
    }

    /** Creates a variable that has a value where nobody set one. */
    public ContextVar(String name, @Nullable T defaultValue) {
        this.name = Objects.requireNonNull(name, "name");
        this.defaultValue = defaultValue;
    }

    /**
     * The value in the current context.
     *
     * @throws NoSuchElementException if it was never set here and has no default
     */
    public T get() {
        var value = getOrNull();
        if (value == null) {
            throw new NoSuchElementException("context variable '" + name + "' is not set here and has no default");
        }
        return value;
    }

    /** The value in the current context, or the default, or null. */
    @SuppressWarnings("unchecked")
    public @Nullable T getOrNull() {
        var value = Context.current().get(this);
        return value == null ? defaultValue : (T) value;
    }

    /**
     * Sets the value in the current context.
     *
     * @return what {@link #reset} needs to bring the former value back
     */
    public Token<T> set(T value) {
        var context = Context.current();
        var token = new Token<>(this, context, context.get(this));
        context.put(this, Objects.requireNonNull(value, "value"));
        return token;
    }

    /**
     * Brings back the value from before the {@link #set} that returned this token.
     *
     * @throws IllegalArgumentException if the token is of another variable or another context, or was used before
     */
    public void reset(Token<T> token) {
        if (token.variable != this) {
            throw new IllegalArgumentException(
                    "the token belongs to '" + token.variable.name + "', not to '" + name + "'");
        }
        var context = Context.current();
        if (token.context != context) {
            throw new IllegalArgumentException("the token of '" + name + "' was made in another context");
        }
        if (token.used) {
            throw new IllegalArgumentException("the token of '" + name + "' was used before");
        }
        token.used = true;
        context.put(this, token.former);
    }

    /** The name, for people. */
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return "ContextVar[" + name + "]";
    }

    /**
     * Remembers the value from before a {@link ContextVar#set}.
     *
     * @param <T> the type of the value
     */
    public static final class Token<T> {
        private final ContextVar<T> variable;
        private final Context context;
        private final @Nullable Object former;
        private boolean used;

        private Token(ContextVar<T> variable, Context context, @Nullable Object former) {
            this.variable = variable;
            this.context = context;
            this.former = former;
        }
    }
}
