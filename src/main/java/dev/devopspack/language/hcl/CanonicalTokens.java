package dev.devopspack.language.hcl;

import dev.devopspack.language.hcl.Hcl.Attribute;
import dev.devopspack.language.hcl.Hcl.Block;
import dev.devopspack.language.hcl.Hcl.Body;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The tokens of a file with the rewrites that `terraform fmt` does beside the layout: labels in
/// quotes, `"${x}"` as `x`, and the old ways to write a variable's type.
final class CanonicalTokens {

    /// Tokens that stand instead of those from one index up to another.
    private record Rewrite(int end, List<FormatToken> tokens) {}

    private final ParsedFile file;
    private final Tokens tokens;
    private final Map<Integer, Integer> indexByStart = new HashMap<>();
    private final Map<Integer, Rewrite> rewrites = new HashMap<>();

    private CanonicalTokens(ParsedFile file) {
        this.file = file;
        this.tokens = Lexer.read(file.text()).tokens();
        for (int i = 0; i < tokens.size(); i++) {
            indexByStart.putIfAbsent(tokens.start(i), i);
        }
    }

    static List<FormatToken> of(ParsedFile file) {
        CanonicalTokens canonical = new CanonicalTokens(file);
        canonical.body(file.body(), List.of());
        return canonical.all();
    }

    private List<FormatToken> all() {
        List<FormatToken> all = new ArrayList<>();
        int i = 0;
        while (tokens.kind(i) != TokenKind.END) {
            Rewrite rewrite = rewrites.get(i);
            if (rewrite != null) {
                all.addAll(rewrite.tokens);
                i = rewrite.end;
            } else {
                i = copy(i, all);
            }
        }
        return all;
    }

    /// Copies a token; a comment takes the newline that ends it.
    private int copy(int i, List<FormatToken> to) {
        String text = tokens.text(i);
        boolean lineComment = tokens.kind(i) == TokenKind.COMMENT && !text.startsWith("/*");
        if (lineComment && tokens.kind(i + 1) == TokenKind.NEWLINE) {
            to.add(new FormatToken(TokenKind.COMMENT, text + tokens.text(i + 1)));
            return i + 2;
        }
        to.add(new FormatToken(tokens.kind(i), text));
        return i + 1;
    }

    private void body(Body body, List<String> blocks) {
        for (Attribute attribute : body.attributes()) {
            attribute(attribute, blocks);
        }
        for (Block block : body.blocks()) {
            labels(block);
            List<String> inner = new ArrayList<>(blocks);
            inner.add(block.type());
            body(block.body(), inner);
        }
    }

    private void attribute(Attribute attribute, List<String> blocks) {
        int start = index(attribute.value().span().start());
        int end = endIndex(attribute.value().span().end());
        boolean type = blocks.equals(List.of("variable")) && attribute.name().equals("type");
        List<FormatToken> replaced = type ? typeTokens(start, end) : unwrapped(start, end);
        if (!replaced.isEmpty()) {
            rewrites.put(start, new Rewrite(end, replaced));
        }
    }

    private int index(int offset) {
        Integer index = indexByStart.get(offset);
        if (index == null) {
            throw new IllegalStateException("no token at " + offset + " of " + file.name());
        }
        return index;
    }

    /// Index after the token that ends at an offset.
    private int endIndex(int offset) {
        int low = 0;
        int high = tokens.size() - 1;
        while (low < high) {
            int middle = (low + high) / 2;
            if (tokens.start(middle) < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void labels(Block block) {
        int start = index(block.header().start());
        int end = endIndex(block.header().end());
        List<FormatToken> header = new ArrayList<>();
        header.add(new FormatToken(TokenKind.IDENTIFIER, block.type()));
        for (String label : block.labels()) {
            header.add(new FormatToken(TokenKind.OPEN_QUOTE, "\""));
            if (!label.isEmpty()) {
                header.add(
                        new FormatToken(TokenKind.QUOTED_LITERAL, StringLiterals.escaped(label)));
            }
            header.add(new FormatToken(TokenKind.CLOSE_QUOTE, "\""));
        }
        rewrites.put(start, new Rewrite(end, header));
    }

    private List<FormatToken> typeTokens(int start, int end) {
        if (end - start == 1 && tokens.kind(start) == TokenKind.IDENTIFIER) {
            return switch (tokens.text(start)) {
                case "list", "map", "set" -> collection(tokens.text(start), "any");
                default -> List.of();
            };
        }
        boolean quoted =
                end - start == 3
                        && tokens.kind(start) == TokenKind.OPEN_QUOTE
                        && tokens.kind(start + 1) == TokenKind.QUOTED_LITERAL;
        if (!quoted) {
            return List.of();
        }
        return switch (tokens.text(start + 1)) {
            case "string" -> List.of(new FormatToken(TokenKind.IDENTIFIER, "string"));
            case "list" -> collection("list", "string");
            case "map" -> collection("map", "string");
            default -> List.of();
        };
    }

    private static List<FormatToken> collection(String name, String item) {
        return List.of(
                new FormatToken(TokenKind.IDENTIFIER, name),
                new FormatToken(TokenKind.OPEN_PAREN, "("),
                new FormatToken(TokenKind.IDENTIFIER, item),
                new FormatToken(TokenKind.CLOSE_PAREN, ")"));
    }

    /// What is inside `"${ }"`, if that is all there is; else nothing.
    private List<FormatToken> unwrapped(int start, int end) {
        boolean sequence =
                end - start >= 5
                        && tokens.kind(start) == TokenKind.OPEN_QUOTE
                        && tokens.kind(start + 1) == TokenKind.TEMPLATE_INTERPOLATION
                        && tokens.kind(end - 2) == TokenKind.TEMPLATE_END
                        && tokens.kind(end - 1) == TokenKind.CLOSE_QUOTE;
        if (!sequence || !isSingle(start + 2, end - 2)) {
            return List.of();
        }
        List<FormatToken> inside = new ArrayList<>();
        for (int i = start + 2; i < end - 2; ) {
            i = copy(i, inside);
        }
        while (!inside.isEmpty() && inside.getFirst().kind() == TokenKind.NEWLINE) {
            inside.removeFirst();
        }
        while (!inside.isEmpty() && inside.getLast().kind() == TokenKind.NEWLINE) {
            inside.removeLast();
        }
        return inParentheses(inside);
    }

    private boolean isSingle(int start, int end) {
        int quotes = 0;
        for (int i = start; i < end; i++) {
            switch (tokens.kind(i)) {
                case OPEN_QUOTE -> quotes++;
                case CLOSE_QUOTE -> quotes--;
                case TEMPLATE_INTERPOLATION, TEMPLATE_END, QUOTED_LITERAL -> {
                    if (quotes <= 0) {
                        return false;
                    }
                }
                default -> {}
            }
        }
        return true;
    }

    /// An expression on several lines needs them once the quotes are gone.
    private static List<FormatToken> inParentheses(List<FormatToken> inside) {
        boolean lines = inside.stream().anyMatch(t -> t.kind() == TokenKind.NEWLINE);
        boolean there =
                !inside.isEmpty()
                        && inside.getFirst().kind() == TokenKind.OPEN_PAREN
                        && inside.getLast().kind() == TokenKind.CLOSE_PAREN;
        if (!lines || there) {
            return inside;
        }
        List<FormatToken> wrapped = new ArrayList<>();
        wrapped.add(new FormatToken(TokenKind.OPEN_PAREN, "("));
        wrapped.addAll(inside);
        wrapped.add(new FormatToken(TokenKind.CLOSE_PAREN, ")"));
        return wrapped;
    }
}
