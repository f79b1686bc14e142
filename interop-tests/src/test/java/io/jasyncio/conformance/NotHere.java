package io.jasyncio.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a class of twins: a scenario that has no meaning on this face, so that there is no twin of it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(NotHere.Several.class)
public @interface NotHere {

    /** The name of the scenario. */
    String scenario();

    /** Why it has no meaning here. */
    String because();

    /** What the compiler puts around several of them. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface Several {
        NotHere[] value();
    }
}
