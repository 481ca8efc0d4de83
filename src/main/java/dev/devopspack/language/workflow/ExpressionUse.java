package dev.devopspack.language.workflow;

import dev.devopspack.language.Span;
import dev.devopspack.language.workflow.expression.Expression;
import dev.devopspack.language.workflow.expression.Type;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An expression and where it stands.
///
/// @param key the key of the file that holds it, for example `jobs.<job>.steps.run`
/// @param name the name under that key where it has one: an input's, a variable's
/// @param job the id of the job around it
/// @param step the step around it
/// @param span from `${{` to `}}`; of a condition without them the condition
/// @param text the expression's text
/// @param value what holds it
/// @param at where it begins in the content of that value
/// @param tree absent where it is no expression
/// @param type what it gives, as far as the files tell
/// @param whole whether it is all of the value
public record ExpressionUse(
        String key,
        String name,
        @Nullable String job,
        @Nullable Step step,
        Span span,
        String text,
        Scalar value,
        int at,
        Optional<Expression> tree,
        Type type,
        boolean whole) {}
