package dev.devopspack.language.hcl;

import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.Hcl.ForPart;
import dev.devopspack.language.hcl.Hcl.IfPart;
import dev.devopspack.language.hcl.Hcl.Interpolation;
import dev.devopspack.language.hcl.Hcl.Part;
import dev.devopspack.language.hcl.Hcl.Text;
import java.util.ArrayList;
import java.util.List;

/// Nests the directives of a template.
final class TemplateTree {

    private final List<TemplatePiece> pieces;
    private int at;
    private int level;
    private int depth;

    TemplateTree(List<TemplatePiece> pieces) {
        this.pieces = pieces;
    }

    /// Levels of directives, known after [#build].
    int depth() {
        return depth;
    }

    List<Part> build() {
        List<Part> parts = parts();
        if (at < pieces.size()) {
            TemplatePiece piece = pieces.get(at);
            throw problem(piece, "\"" + word(piece) + "\" has no beginning", "Remove it");
        }
        return parts;
    }

    private List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        Span textSpan = Span.START;
        while (at < pieces.size() && !(pieces.get(at) instanceof TemplatePiece.Mark)) {
            TemplatePiece piece = pieces.get(at++);
            if (piece instanceof TemplatePiece.Literal literal) {
                textSpan = text.isEmpty() ? literal.span() : textSpan.to(literal.span());
                text.append(literal.value());
                continue;
            }
            flush(parts, text, textSpan);
            parts.add(
                    switch (piece) {
                        case TemplatePiece.Interpolation i ->
                                new Interpolation(i.expression(), i.span());
                        case TemplatePiece.If start -> ifPart(start);
                        case TemplatePiece.For start -> forPart(start);
                        case TemplatePiece.Literal _, TemplatePiece.Mark _ ->
                                throw new IllegalStateException("taken above");
                    });
        }
        flush(parts, text, textSpan);
        return parts;
    }

    private static void flush(List<Part> parts, StringBuilder text, Span span) {
        if (!text.isEmpty()) {
            parts.add(new Text(text.toString(), span));
            text.setLength(0);
        }
    }

    private Part ifPart(TemplatePiece.If start) {
        List<Part> yes = nested(start);
        List<Part> no = List.of();
        if (takes("else")) {
            no = nested(start);
        }
        return new IfPart(start.test(), yes, no, end(start, "endif"));
    }

    private Part forPart(TemplatePiece.For start) {
        List<Part> body = nested(start);
        return new ForPart(
                start.keyName(), start.valueName(), start.source(), body, end(start, "endfor"));
    }

    private List<Part> nested(TemplatePiece start) {
        if (++level > Limits.EXPRESSION_DEPTH) {
            throw problem(
                    start,
                    "the template is nested deeper than " + Limits.EXPRESSION_DEPTH + " levels",
                    "Move its inner parts into local values");
        }
        depth = Math.max(depth, level);
        List<Part> parts = parts();
        level--;
        return parts;
    }

    private boolean takes(String word) {
        boolean there =
                at < pieces.size()
                        && pieces.get(at) instanceof TemplatePiece.Mark mark
                        && mark.word().equals(word);
        if (there) {
            at++;
        }
        return there;
    }

    private Span end(TemplatePiece start, String word) {
        if (!takes(word)) {
            throw problem(
                    start,
                    "the directive \"" + word(start) + "\" is not ended",
                    "Write %{ " + word + " } after it");
        }
        return start.span().to(pieces.get(at - 1).span());
    }

    private static String word(TemplatePiece piece) {
        return switch (piece) {
            case TemplatePiece.If _ -> "if";
            case TemplatePiece.For _ -> "for";
            case TemplatePiece.Mark mark -> mark.word();
            case TemplatePiece.Literal _, TemplatePiece.Interpolation _ -> "text";
        };
    }

    private static SyntaxProblem problem(TemplatePiece piece, String message, String mend) {
        return new SyntaxProblem(message, mend, piece.span().start(), piece.span().end());
    }
}
