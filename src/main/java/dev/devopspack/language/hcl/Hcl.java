package dev.devopspack.language.hcl;

import dev.devopspack.language.Span;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The syntax tree of HCL. Every node knows where it stands in its file.
public final class Hcl {

    private Hcl() {}

    /// Arguments and blocks, each in the order of the file.
    public record Body(List<Attribute> attributes, List<Block> blocks, Span span) {
        public Body {
            attributes = List.copyOf(attributes);
            blocks = List.copyOf(blocks);
        }

        public Optional<Attribute> attribute(String name) {
            return attributes.stream().filter(a -> a.name().equals(name)).findFirst();
        }

        public List<Block> blocks(String type) {
            return blocks.stream().filter(b -> b.type().equals(type)).toList();
        }
    }

    /// `name = value`.
    ///
    /// @param nameSpan where the name stands
    public record Attribute(String name, Expr value, Span nameSpan, Span span) {}

    /// `type "label" "label" { ... }`.
    ///
    /// @param header from the type to the last label
    public record Block(String type, List<String> labels, Body body, Span header, Span span) {
        public Block {
            labels = List.copyOf(labels);
        }
    }

    /// Anything that has a value.
    public sealed interface Expr {
        Span span();
    }

    public record Num(BigDecimal value, Span span) implements Expr {}

    public record Bool(boolean value, Span span) implements Expr {}

    public record Null(Span span) implements Expr {}

    /// A quoted string or a heredoc; without interpolation it has at most one [Text].
    public record Template(List<Part> parts, boolean heredoc, Span span) implements Expr {
        public Template {
            parts = List.copyOf(parts);
        }

        /// The text, if nothing in it needs to be evaluated.
        public Optional<String> literal() {
            if (parts.isEmpty()) {
                return Optional.of("");
            }
            StringBuilder text = new StringBuilder();
            for (Part part : parts) {
                if (!(part instanceof Text t)) {
                    return Optional.empty();
                }
                text.append(t.value());
            }
            return Optional.of(text.toString());
        }
    }

    public record Tuple(List<Expr> items, Span span) implements Expr {
        public Tuple {
            items = List.copyOf(items);
        }
    }

    /// `{ key = value }`. A bare name as key stands for itself: see [Item#name].
    public record Obj(List<Item> items, Span span) implements Expr {
        public Obj {
            items = List.copyOf(items);
        }
    }

    public record Item(Expr key, Expr value, Span span) {

        /// The key, if it can be read off: a bare name, a literal string or number.
        public Optional<String> name() {
            return switch (key) {
                case Var v -> Optional.of(v.name());
                case Template t -> t.literal();
                case Num n -> Optional.of(n.value().toPlainString());
                case Bool b -> Optional.of(Boolean.toString(b.value()));
                case Null _ -> Optional.of("null");
                default -> Optional.empty();
            };
        }
    }

    public record Var(String name, Span span) implements Expr {}

    public record GetAttr(Expr target, String name, Span span) implements Expr {}

    public record Index(Expr target, Expr key, Span span) implements Expr {}

    /// `target.*.rest` or, when full, `target[*].rest`; `rest` is built over a [SplatItem].
    public record Splat(Expr target, Expr rest, boolean full, Span span) implements Expr {}

    /// The element a splat is at.
    public record SplatItem(Span span) implements Expr {}

    /// @param expandLast whether the last argument is followed by `...`
    public record Call(String name, List<Expr> arguments, boolean expandLast, Span span)
            implements Expr {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    public record Conditional(Expr test, Expr yes, Expr no, Span span) implements Expr {}

    public record Binary(BinaryOperator operator, Expr left, Expr right, Span span)
            implements Expr {}

    public record Unary(UnaryOperator operator, Expr operand, Span span) implements Expr {}

    public record Paren(Expr inner, Span span) implements Expr {}

    /// `[for k, v in source : value if filter]`, or with a key `{for ... : key => value}`.
    ///
    /// @param key absent for a tuple
    /// @param grouped whether the value is followed by `...`
    public record For(
            @Nullable String keyName,
            String valueName,
            Expr source,
            @Nullable Expr key,
            Expr value,
            @Nullable Expr filter,
            boolean grouped,
            Span span)
            implements Expr {}

    /// What stands where an expression could not be read; the diagnostics say why.
    public record Invalid(Span span) implements Expr {}

    /// A piece of a template.
    public sealed interface Part {
        Span span();
    }

    /// @param value the text that is meant: escapes resolved, indentation of `<<-` removed
    public record Text(String value, Span span) implements Part {}

    /// `${ expression }`.
    public record Interpolation(Expr expression, Span span) implements Part {}

    /// `%{ if test }yes%{ else }no%{ endif }`.
    public record IfPart(Expr test, List<Part> yes, List<Part> no, Span span) implements Part {
        public IfPart {
            yes = List.copyOf(yes);
            no = List.copyOf(no);
        }
    }

    /// `%{ for k, v in source }body%{ endfor }`.
    public record ForPart(
            @Nullable String keyName, String valueName, Expr source, List<Part> body, Span span)
            implements Part {
        public ForPart {
            body = List.copyOf(body);
        }
    }

    /// Operators between two operands; a higher precedence binds tighter.
    public enum BinaryOperator {
        OR("||", 1),
        AND("&&", 2),
        EQUAL("==", 3),
        NOT_EQUAL("!=", 3),
        LESS("<", 4),
        LESS_OR_EQUAL("<=", 4),
        GREATER(">", 4),
        GREATER_OR_EQUAL(">=", 4),
        ADD("+", 5),
        SUBTRACT("-", 5),
        MULTIPLY("*", 6),
        DIVIDE("/", 6),
        MODULO("%", 6);

        private final String sign;
        private final int precedence;

        BinaryOperator(String sign, int precedence) {
            this.sign = sign;
            this.precedence = precedence;
        }

        public String sign() {
            return sign;
        }

        int precedence() {
            return precedence;
        }
    }

    public enum UnaryOperator {
        NEGATE("-"),
        NOT("!");

        private final String sign;

        UnaryOperator(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }
    }
}
