package dev.devopspack.task;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Describes one field of a capability's input record; schemas, examples and documentation are made
/// from it.
///
/// A field whose type is `@Nullable` may be left out; all others are required.
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Field {

    /// One sentence: what it is, with its unit and range.
    String value();

    /// An example in JSON, for instance `"production"` or `3`; empty where the type's own fields
    /// say it.
    String example() default "";

    /// What a text must look like; empty where any text will do.
    String pattern() default "";

    long min() default Long.MIN_VALUE;

    long max() default Long.MAX_VALUE;

    /// The texts that are accepted; empty where they are not listed.
    String[] oneOf() default {};
}
