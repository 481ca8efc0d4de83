package dev.devopspack.language.hcl;

import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.Hcl.Expr;
import org.jspecify.annotations.Nullable;

/// A template before its directives are nested.
sealed interface TemplatePiece {

    Span span();

    record Literal(String value, Span span) implements TemplatePiece {}

    record Interpolation(Expr expression, Span span) implements TemplatePiece {}

    record If(Expr test, Span span) implements TemplatePiece {}

    record For(@Nullable String keyName, String valueName, Expr source, Span span)
            implements TemplatePiece {}

    /// `else`, `endif` or `endfor`.
    record Mark(String word, Span span) implements TemplatePiece {}
}
