package dev.devopspack.language.hcl;

/// How much of a file is read. The largest real files seen are about a tenth of each.
final class Limits {

    /// Characters of one file: real modules stay below 1 MB; a token costs memory many times its
    /// text.
    static final int FILE_CHARS = 4 * 1024 * 1024;

    /// Tokens of one file: bounds the memory of the syntax tree to some hundred megabytes.
    static final int TOKENS = 1_000_000;

    /// Brackets, templates, conditions and unary signs inside each other: each costs stack.
    static final int EXPRESSION_DEPTH = 150;

    /// Height of an expression's tree, which also counts `a + b + c` and `a.b.c`: whoever walks the
    /// tree recurses this deep.
    static final int EXPRESSION_HEIGHT = 500;

    /// Blocks inside each other: the deepest schema of a known provider has about ten levels.
    static final int BLOCK_DEPTH = 60;

    /// Diagnostics of one file: after so many the rest is noise.
    static final int DIAGNOSTICS = 100;

    private Limits() {}
}
