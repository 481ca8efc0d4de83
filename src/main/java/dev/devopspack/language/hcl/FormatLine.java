package dev.devopspack.language.hcl;

import java.util.ArrayList;
import java.util.List;

/// A line of tokens in the three cells that are aligned: what leads, `= value`, and a comment.
record FormatLine(List<FormatToken> lead, List<FormatToken> assign, List<FormatToken> comment) {

    static List<FormatLine> of(List<FormatToken> tokens) {
        List<FormatLine> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).endsLine()) {
                lines.add(cells(tokens.subList(start, i + 1)));
                start = i + 1;
            }
        }
        lines.add(cells(tokens.subList(start, tokens.size())));
        return lines;
    }

    private static FormatLine cells(List<FormatToken> tokens) {
        int end = tokens.size();
        if (end > 1 && tokens.getLast().kind() == TokenKind.COMMENT) {
            end--;
        }
        int assign = assignment(tokens.subList(0, end));
        return new FormatLine(
                tokens.subList(0, assign),
                tokens.subList(assign, end),
                tokens.subList(end, tokens.size()));
    }

    /// Where `= value` starts, if the value ends on this line.
    private static int assignment(List<FormatToken> tokens) {
        for (int i = 1; i < tokens.size(); i++) {
            if (tokens.get(i).kind() == TokenKind.ASSIGN) {
                int open = brackets(tokens.subList(i, tokens.size()));
                return open == 0 ? i : tokens.size();
            }
        }
        return tokens.size();
    }

    static int brackets(List<FormatToken> tokens) {
        return tokens.stream().mapToInt(FormatToken::bracketChange).sum();
    }

    static int columns(List<FormatToken> tokens) {
        return tokens.stream().mapToInt(FormatToken::columns).sum();
    }
}
