package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.Span;
import java.util.List;

/// A nested block; a `dynamic` block stands here once for each of its elements.
///
/// @param certain false for the one block that stands for a `dynamic` block whose elements are not
///   known: there may be none, or many
/// @param header from the type to the last label
public record EvaluatedBlock(
        String type,
        List<String> labels,
        EvaluatedBody body,
        boolean certain,
        Span header,
        Span span) {}
