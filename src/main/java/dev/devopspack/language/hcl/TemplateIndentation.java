package dev.devopspack.language.hcl;

import java.util.List;

/// Takes away the indentation that all lines of a `<<-` heredoc share.
final class TemplateIndentation {

    private TemplateIndentation() {}

    static void remove(List<TemplatePiece> pieces) {
        int shared = shared(pieces);
        boolean lineStarts = true;
        for (int i = 0; i < pieces.size(); i++) {
            if (pieces.get(i) instanceof TemplatePiece.Literal literal) {
                if (lineStarts) {
                    int cut = Math.min(shared, indentation(literal.value()));
                    String rest =
                            isBlankLine(literal.value())
                                    ? literal.value()
                                    : literal.value().substring(cut);
                    pieces.set(i, new TemplatePiece.Literal(rest, literal.span()));
                }
                lineStarts = literal.value().endsWith("\n");
            } else {
                lineStarts = false;
            }
        }
    }

    private static int shared(List<TemplatePiece> pieces) {
        int shared = Integer.MAX_VALUE;
        boolean lineStarts = true;
        for (TemplatePiece piece : pieces) {
            if (piece instanceof TemplatePiece.Literal literal) {
                if (lineStarts && !isBlankLine(literal.value())) {
                    shared = Math.min(shared, indentation(literal.value()));
                }
                lineStarts = literal.value().endsWith("\n");
            } else {
                shared = lineStarts ? 0 : shared;
                lineStarts = false;
            }
        }
        return shared;
    }

    private static boolean isBlankLine(String value) {
        return value.endsWith("\n") && value.isBlank();
    }

    private static int indentation(String value) {
        int spaces = 0;
        while (spaces < value.length() && Character.isWhitespace(value.charAt(spaces))) {
            spaces++;
        }
        return spaces;
    }
}
