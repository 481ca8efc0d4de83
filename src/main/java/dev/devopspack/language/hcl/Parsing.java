package dev.devopspack.language.hcl;

/// What the parsers of one file share: the place they are at and how deep they are.
final class Parsing {

    private final TokenCursor cursor;
    private final ExpressionParser expressions;
    private final TermParser terms;
    private final TemplateParser templates;
    private int depth;
    private int height;

    Parsing(Tokens tokens) {
        cursor = new TokenCursor(tokens);
        expressions = new ExpressionParser(this);
        terms = new TermParser(this);
        templates = new TemplateParser(this);
    }

    TokenCursor cursor() {
        return cursor;
    }

    ExpressionParser expressions() {
        return expressions;
    }

    TermParser terms() {
        return terms;
    }

    TemplateParser templates() {
        return templates;
    }

    int depth() {
        return depth;
    }

    /// Goes back to a depth after an item was given up.
    void resetDepth(int depth) {
        this.depth = depth;
    }

    void enter() {
        if (++depth > Limits.EXPRESSION_DEPTH) {
            throw cursor.problem(
                    "the expression is nested deeper than " + Limits.EXPRESSION_DEPTH + " levels",
                    "Move its inner parts into local values");
        }
    }

    void leave() {
        depth--;
    }

    /// Height of the tree of the expression that was read last.
    int height() {
        return height;
    }

    void height(int height) {
        this.height = height;
    }

    /// Notes that a node was put on top of trees of this height.
    int raise(int below) {
        if (below >= Limits.EXPRESSION_HEIGHT) {
            throw cursor.problem(
                    "the expression has a chain of more than "
                            + Limits.EXPRESSION_HEIGHT
                            + " operations",
                    "Move parts of it into local values");
        }
        height = below + 1;
        return height;
    }

    int expect(TokenKind kind, String mend) {
        if (!cursor.at(kind)) {
            throw cursor.expected(kind.described(), mend);
        }
        return cursor.take();
    }

    String name(String mend) {
        return cursor.text(expect(TokenKind.IDENTIFIER, mend));
    }
}
