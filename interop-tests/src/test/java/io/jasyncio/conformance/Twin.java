package io.jasyncio.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method that must print what CPython printed for a scenario.
 *
 * <p>Which signature it has depends on the {@link Face} of its class; {@code plain} twins are {@code void m(Trace)} on each.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Twin {

    /** The name of the scenario in the module of the group. */
    String value();

    /** Whether it is called outside of any loop, as its scenario is. */
    boolean plain() default false;

    /** If this differs from CPython on purpose: why. */
    String because() default "";

    /** The lines to print in that case. */
    String[] trace() default {};
}
