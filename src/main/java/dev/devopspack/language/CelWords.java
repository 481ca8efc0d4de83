package dev.devopspack.language;

import java.util.Set;

/// Words of CEL that are no names in it.
///
/// @see <a href="https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax">Syntax of
///   CEL</a>
public final class CelWords {

    /// Words that mean something.
    public static final Set<String> MEANING = Set.of("true", "false", "null", "in");

    /// Words that are kept for later.
    public static final Set<String> KEPT =
            Set.of(
                    "as",
                    "break",
                    "const",
                    "continue",
                    "else",
                    "for",
                    "function",
                    "if",
                    "import",
                    "let",
                    "loop",
                    "namespace",
                    "package",
                    "return",
                    "var",
                    "void",
                    "while");

    private CelWords() {}
}
