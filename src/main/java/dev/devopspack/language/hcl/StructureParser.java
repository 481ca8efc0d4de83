package dev.devopspack.language.hcl;

import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.Hcl.Attribute;
import dev.devopspack.language.hcl.Hcl.Block;
import dev.devopspack.language.hcl.Hcl.Body;
import dev.devopspack.language.hcl.Hcl.Expr;
import dev.devopspack.language.hcl.Hcl.Invalid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Bodies, arguments and blocks. An item that cannot be read is reported and left; reading goes on
/// with the next.
final class StructureParser {

    private static final Set<String> TOP_LEVEL_TYPES =
            Set.of(
                    "resource",
                    "data",
                    "variable",
                    "output",
                    "locals",
                    "module",
                    "provider",
                    "terraform");

    private final Parsing parsing;
    private final TokenCursor cursor;
    private final Tokens tokens;
    private final List<SyntaxProblem> problems = new ArrayList<>();
    private final boolean trustColumns;
    private int blockDepth;
    private boolean blockLeftOpen;

    /// @param trustColumns whether a top-level block in the first column ends blocks before it;
    ///   tried when a block was left open
    StructureParser(Tokens tokens, boolean trustColumns) {
        this.parsing = new Parsing(tokens);
        this.cursor = parsing.cursor();
        this.tokens = tokens;
        this.trustColumns = trustColumns;
    }

    Body file() {
        return body(false);
    }

    List<SyntaxProblem> problems() {
        return problems;
    }

    boolean blockLeftOpen() {
        return blockLeftOpen;
    }

    private Body body(boolean inBlock) {
        int start = cursor.end();
        List<Attribute> attributes = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        Map<String, Span> seen = new HashMap<>();
        while (true) {
            skipNewlines();
            if (cursor.at(TokenKind.END) || (inBlock && endsBlock())) {
                break;
            }
            int item = cursor.index();
            int depth = parsing.depth();
            int outerBlockDepth = blockDepth;
            try {
                item(attributes, blocks, seen);
            } catch (SyntaxProblem problem) {
                parsing.resetDepth(depth);
                blockDepth = outerBlockDepth;
                report(problem);
                recover(item);
            }
        }
        return new Body(attributes, blocks, cursor.spanFrom(start));
    }

    private void skipNewlines() {
        while (cursor.takeIf(TokenKind.NEWLINE)) {
            // Blank lines between items.
        }
    }

    private boolean endsBlock() {
        return cursor.at(TokenKind.CLOSE_BRACE)
                || (trustColumns && column() == 1 && startsTopLevelBlock());
    }

    private int column() {
        return tokens.column(cursor.start());
    }

    private boolean startsTopLevelBlock() {
        int i = cursor.index();
        return tokens.kind(i) == TokenKind.IDENTIFIER
                && TOP_LEVEL_TYPES.contains(tokens.text(i))
                && (tokens.kind(i + 1) == TokenKind.OPEN_QUOTE
                        || tokens.kind(i + 1) == TokenKind.OPEN_BRACE);
    }

    private void item(List<Attribute> attributes, List<Block> blocks, Map<String, Span> seen) {
        if (!cursor.at(TokenKind.IDENTIFIER)) {
            throw noItem();
        }
        int name = cursor.take();
        if (cursor.at(TokenKind.ASSIGN)) {
            Attribute attribute = attribute(name);
            if (seen.putIfAbsent(attribute.name(), attribute.nameSpan()) == null) {
                attributes.add(attribute);
            } else {
                reportTwice(attribute, seen);
            }
            endOfLine(attribute);
        } else {
            blocks.add(block(name));
        }
    }

    private SyntaxProblem noItem() {
        return switch (cursor.kind()) {
            case CLOSE_BRACE -> {
                SyntaxProblem problem =
                        cursor.problem(
                                "this '}' closes nothing", "Remove it, or open the block it ends");
                cursor.take();
                yield problem;
            }
            case OPEN_QUOTE ->
                    cursor.problem(
                            "the name of an argument or block is in quotes",
                            "Write it without quotes");
            default ->
                    cursor.expected(
                            "an argument or a block",
                            "Write name = value, or a block such as name { ... }");
        };
    }

    private void reportTwice(Attribute attribute, Map<String, Span> seen) {
        Span first = seen.getOrDefault(attribute.name(), attribute.nameSpan());
        report(
                new SyntaxProblem(
                        "the argument \""
                                + attribute.name()
                                + "\" was set before, in line "
                                + first.line(),
                        "Keep one of the two",
                        attribute.nameSpan().start(),
                        attribute.nameSpan().end()));
    }

    private Attribute attribute(int name) {
        int start = tokens.start(name);
        Span nameSpan = tokens.span(start, tokens.end(name));
        cursor.take();
        int depth = parsing.depth();
        Expr value;
        try {
            value = parsing.expressions().expression();
        } catch (SyntaxProblem problem) {
            parsing.resetDepth(depth);
            report(problem);
            int valueStart = tokens.end(name);
            recover(name);
            value = new Invalid(tokens.span(valueStart, Math.max(valueStart, cursor.end())));
        }
        return new Attribute(tokens.text(name), value, nameSpan, cursor.spanFrom(start));
    }

    private void endOfLine(Attribute attribute) {
        switch (cursor.kind()) {
            case NEWLINE, END -> {}
            case CLOSE_BRACE -> reportBraceOnLine();
            case COMMA ->
                    throw cursor.problem(
                            "arguments are not separated by commas",
                            "Put each argument on its own line");
            default ->
                    throw cursor.expected(
                            "the end of the line after \"" + attribute.name() + "\"",
                            "Put each argument on its own line");
        }
    }

    private Block block(int type) {
        int start = tokens.start(type);
        List<String> labels = labels(tokens.text(type));
        Span header = cursor.spanFrom(start);
        cursor.take();
        if (++blockDepth > Limits.BLOCK_DEPTH) {
            throw cursor.problem(
                    "blocks are nested deeper than " + Limits.BLOCK_DEPTH + " levels",
                    "Move the inner blocks out");
        }
        boolean oneLine = !cursor.at(TokenKind.NEWLINE) && !cursor.at(TokenKind.CLOSE_BRACE);
        Body body = oneLine && !cursor.at(TokenKind.END) ? oneLineBody() : body(true);
        blockDepth--;
        if (!cursor.takeIf(TokenKind.CLOSE_BRACE)) {
            blockLeftOpen = true;
            report(
                    new SyntaxProblem(
                            "the block \"" + tokens.text(type) + "\" is not closed",
                            "Write '}' where it ends",
                            header.start(),
                            header.end()));
        } else if (cursor.at(TokenKind.CLOSE_BRACE)) {
            reportBraceOnLine();
        } else if (!cursor.at(TokenKind.NEWLINE) && !cursor.at(TokenKind.END)) {
            throw cursor.expected(
                    "the end of the line after the block", "Put what follows '}' on its own line");
        }
        return new Block(tokens.text(type), labels, body, header, cursor.spanFrom(start));
    }

    private void reportBraceOnLine() {
        report(
                cursor.problem(
                        "'}' stands on the line of what it follows",
                        "Put '}' on a line of its own"));
    }

    private List<String> labels(String type) {
        List<String> labels = new ArrayList<>();
        while (true) {
            switch (cursor.kind()) {
                case IDENTIFIER -> labels.add(cursor.text(cursor.take()));
                case OPEN_QUOTE -> labels.add(quotedLabel());
                case OPEN_BRACE -> {
                    return labels;
                }
                default ->
                        throw cursor.expected(
                                labels.isEmpty() ? "'=', '{' or a label" : "'{' or a label",
                                "Write "
                                        + type
                                        + " = value for an argument, or "
                                        + type
                                        + " { ... } for a block");
            }
        }
    }

    private String quotedLabel() {
        int start = cursor.start();
        return parsing.templates()
                .quoted()
                .literal()
                .orElseThrow(() ->
                        new SyntaxProblem(
                                "a block label cannot contain a template",
                                "Write the label out",
                                start,
                                cursor.end()));
    }

    /// `type { name = value }`: one argument, closed on the same line.
    private Body oneLineBody() {
        int start = cursor.start();
        if (!cursor.at(TokenKind.IDENTIFIER)) {
            throw noItem();
        }
        int name = cursor.take();
        if (!cursor.at(TokenKind.ASSIGN)) {
            throw cursor.expected("'='", "Put the block's content on lines of its own");
        }
        Attribute attribute = attribute(name);
        if (!cursor.at(TokenKind.CLOSE_BRACE)) {
            throw cursor.expected(
                    "'}' after the only argument of a one-line block",
                    "Put the block's content on lines of its own");
        }
        return new Body(List.of(attribute), List.of(), cursor.spanFrom(start));
    }

    private void report(SyntaxProblem problem) {
        problems.add(problem);
        if (problems.size() >= Limits.DIAGNOSTICS) {
            cursor.moveTo(tokens.size() - 1);
        }
    }

    /// Skips what belongs to an item that cannot be read: to the end of its line outside of
    /// brackets, or to a line that looks like the next item although a bracket was left open.
    private void recover(int item) {
        cursor.countNewlines(true);
        int reached = cursor.index();
        int column = tokens.column(tokens.start(item));
        int open = 0;
        int i = item;
        for (; tokens.kind(i) != TokenKind.END; i++) {
            TokenKind kind = tokens.kind(i);
            if (i >= reached) {
                boolean outside = open == 0;
                if (outside && (kind == TokenKind.NEWLINE || kind == TokenKind.CLOSE_BRACE)) {
                    break;
                }
                if (kind == TokenKind.NEWLINE && looksLikeItem(i + 1, column)) {
                    break;
                }
            }
            open = Math.max(0, open + change(kind));
        }
        cursor.moveTo(i);
    }

    private static int change(TokenKind kind) {
        return switch (kind) {
            case OPEN_BRACE,
                    OPEN_BRACKET,
                    OPEN_PAREN,
                    OPEN_QUOTE,
                    OPEN_HEREDOC,
                    TEMPLATE_INTERPOLATION,
                    TEMPLATE_CONTROL ->
                    1;
            case CLOSE_BRACE,
                    CLOSE_BRACKET,
                    CLOSE_PAREN,
                    CLOSE_QUOTE,
                    CLOSE_HEREDOC,
                    TEMPLATE_END ->
                    -1;
            default -> 0;
        };
    }

    private boolean looksLikeItem(int index, int column) {
        if (tokens.column(tokens.start(index)) > column) {
            return false;
        }
        if (tokens.kind(index) == TokenKind.CLOSE_BRACE) {
            return tokens.column(tokens.start(index)) < column;
        }
        if (tokens.kind(index) != TokenKind.IDENTIFIER) {
            return false;
        }
        return switch (tokens.kind(index + 1)) {
            case ASSIGN, OPEN_BRACE, OPEN_QUOTE -> true;
            default -> false;
        };
    }
}
