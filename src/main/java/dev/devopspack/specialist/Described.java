package dev.devopspack.specialist;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Says of a field of an input record what it means; becomes part of the JSON schema.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Described {

    /// What to give, in one line.
    String value();

    /// A value that would be accepted, where one line of text can show it.
    String example() default "";
}
