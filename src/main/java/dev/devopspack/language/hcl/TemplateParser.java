package dev.devopspack.language.hcl;

import dev.devopspack.language.hcl.Hcl.Expr;
import dev.devopspack.language.hcl.Hcl.Part;
import dev.devopspack.language.hcl.Hcl.Template;
import java.util.ArrayList;
import java.util.List;

/// Quoted strings, heredocs and the directives inside them.
///
/// A template is first read as a flat list of pieces, because the trim marks and the indentation of
/// `<<-` work on neighbours in the text whatever directive they belong to; [TemplateTree] then
/// nests them.
final class TemplateParser {

    private final Parsing parsing;

    TemplateParser(Parsing parsing) {
        this.parsing = parsing;
    }

    Template quoted() {
        return template(TokenKind.CLOSE_QUOTE, false, false);
    }

    Template heredoc() {
        TokenCursor cursor = parsing.cursor();
        boolean indented = cursor.text(cursor.index()).startsWith("<<-");
        return template(TokenKind.CLOSE_HEREDOC, true, indented);
    }

    /// A whole text that is a template.
    Template whole() {
        return templateBody(0, TokenKind.END, false, false);
    }

    private Template template(TokenKind close, boolean heredoc, boolean indented) {
        TokenCursor cursor = parsing.cursor();
        int start = cursor.start();
        cursor.take();
        return templateBody(start, close, heredoc, indented);
    }

    private Template templateBody(int start, TokenKind close, boolean heredoc, boolean indented) {
        TokenCursor cursor = parsing.cursor();
        parsing.enter();
        boolean outer = cursor.countNewlines(false);
        List<TemplatePiece> pieces = pieces(close);
        int height = parsing.height();
        if (!cursor.at(close)) {
            throw cursor.expected(close.described(), "End the string");
        }
        cursor.take();
        cursor.countNewlines(outer);
        parsing.leave();
        if (indented) {
            TemplateIndentation.remove(pieces);
        }
        TemplateTree tree = new TemplateTree(pieces);
        List<Part> parts = tree.build();
        parsing.raise(height + tree.depth());
        return new Template(parts, heredoc, cursor.spanFrom(start));
    }

    private List<TemplatePiece> pieces(TokenKind close) {
        TokenCursor cursor = parsing.cursor();
        List<TemplatePiece> pieces = new ArrayList<>();
        int height = 0;
        boolean trimNext = false;
        while (!cursor.at(close) && !cursor.at(TokenKind.END)) {
            boolean trim = trimNext;
            trimNext = false;
            switch (cursor.kind()) {
                case QUOTED_LITERAL, STRING_LITERAL -> pieces.add(literal(trim));
                case TEMPLATE_INTERPOLATION, TEMPLATE_CONTROL -> {
                    parsing.height(0);
                    trimNext = sequence(pieces);
                    height = Math.max(height, parsing.height());
                }
                default -> throw cursor.expected("text", "End the string");
            }
        }
        parsing.height(height);
        return pieces;
    }

    private TemplatePiece literal(boolean trim) {
        TokenCursor cursor = parsing.cursor();
        boolean escapes = cursor.at(TokenKind.QUOTED_LITERAL);
        int token = cursor.take();
        int start = cursor.tokens().start(token);
        String value = StringLiterals.unescaped(cursor.text(token), escapes, start);
        return new TemplatePiece.Literal(
                trim ? value.stripLeading() : value, cursor.spanFrom(start));
    }

    /// Reads `${ }` or `%{ }` and answers whether it ends with the trim mark.
    private boolean sequence(List<TemplatePiece> pieces) {
        TokenCursor cursor = parsing.cursor();
        boolean control = cursor.at(TokenKind.TEMPLATE_CONTROL);
        int token = cursor.take();
        int start = cursor.tokens().start(token);
        if (cursor.text(token).endsWith("~")
                && !pieces.isEmpty()
                && pieces.getLast() instanceof TemplatePiece.Literal before) {
            pieces.set(
                    pieces.size() - 1,
                    new TemplatePiece.Literal(before.value().stripTrailing(), before.span()));
        }
        if (control) {
            directive(pieces, start);
        } else {
            Expr expression = parsing.expressions().expression();
            pieces.add(new TemplatePiece.Interpolation(expression, cursor.spanFrom(start)));
        }
        int close = parsing.expect(TokenKind.TEMPLATE_END, "Close the sequence with '}'");
        return cursor.text(close).startsWith("~");
    }

    private void directive(List<TemplatePiece> pieces, int start) {
        TokenCursor cursor = parsing.cursor();
        String mend = "Use if, else, endif, for or endfor; a literal %{ is written as %%{";
        if (!cursor.at(TokenKind.IDENTIFIER)) {
            throw cursor.expected("a directive", mend);
        }
        String word = cursor.text(cursor.index());
        switch (word) {
            case "if" -> {
                cursor.take();
                Expr test = parsing.expressions().expression();
                pieces.add(new TemplatePiece.If(test, cursor.spanFrom(start)));
            }
            case "for" -> {
                cursor.take();
                TermParser.ForHeader header = parsing.terms().forHeader();
                pieces.add(
                        new TemplatePiece.For(
                                header.keyName(),
                                header.valueName(),
                                header.source(),
                                cursor.spanFrom(start)));
            }
            case "else", "endif", "endfor" -> {
                cursor.take();
                pieces.add(new TemplatePiece.Mark(word, cursor.spanFrom(start)));
            }
            default -> throw cursor.problem("\"" + word + "\" is not a template directive", mend);
        }
    }
}
