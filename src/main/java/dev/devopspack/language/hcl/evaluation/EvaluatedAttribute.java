package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.Hcl.Expr;
import dev.devopspack.language.hcl.value.Reference;
import dev.devopspack.language.hcl.value.Value;
import java.util.Set;

/// An argument with its value.
///
/// @param expression what was written
/// @param references everything the value was computed from: also through locals, variables and
///   module outputs, and also where the value is known
public record EvaluatedAttribute(
        String name,
        Value value,
        Expr expression,
        Set<Reference> references,
        Span nameSpan,
        Span span) {}
