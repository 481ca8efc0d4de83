package dev.devopspack.specialist.cicd.workflow;

import dev.devopspack.change.Hidden;
import dev.devopspack.language.yaml.printer.YamlValue;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What an input of an action, a variable or an output holds.
public sealed interface Value {

    /// How an expression begins.
    String OPEN = "${{";

    YamlValue written();

    /// A text that GitHub takes as it is: it cannot begin an expression.
    record Plain(String text) implements Value {
        public Plain {
            Checks.noExpression(text);
        }

        @Override
        public YamlValue written() {
            return text.contains("\n") ? new YamlValue.Block(text) : new YamlValue.Text(text);
        }
    }

    record Flag(boolean value) implements Value {
        @Override
        public YamlValue written() {
            return new YamlValue.Bool(value);
        }
    }

    record Whole(int value) implements Value {
        @Override
        public YamlValue written() {
            return new YamlValue.Whole(value);
        }
    }

    /// An expression that this program wrote, without its braces. Nothing that a caller typed
    /// stands in one but names of a type that holds letters, digits, `-` and `_` alone.
    record Expression(String text) implements Value {
        public Expression {
            if (text.isBlank()
                    || text.contains(OPEN)
                    || text.contains("}}")
                    || Hidden.firstIn(text) >= 0) {
                throw new IllegalArgumentException("this is no single expression");
            }
        }

        @Override
        public YamlValue written() {
            return new YamlValue.Text(inBraces());
        }

        String inBraces() {
            return OPEN + " " + text + " }}";
        }
    }

    /// Texts and expressions one after another, for example a name, `@` and a digest.
    record Joined(List<Value> parts) implements Value {
        public Joined {
            parts = List.copyOf(parts);
        }

        @Override
        public YamlValue written() {
            String text = parts.stream().map(Joined::part).collect(Collectors.joining());
            return text.contains("\n") ? new YamlValue.Block(text) : new YamlValue.Text(text);
        }

        private static String part(Value part) {
            return switch (part) {
                case Plain plain -> plain.text();
                case Expression expression -> expression.inBraces();
                case Flag _, Whole _, Joined _ ->
                        throw new IllegalArgumentException("texts and expressions are joined");
            };
        }
    }

    static Value text(String text) {
        return new Plain(text);
    }

    static Value expression(String text) {
        return new Expression(text);
    }

    static Joined joined(Value... parts) {
        return new Joined(
                Stream.of(parts)
                        .flatMap(part ->
                                part instanceof Joined inner
                                        ? inner.parts().stream()
                                        : Stream.of(part))
                        .toList());
    }

    /// A variable of the repository or the environment.
    static Value variable(String name) {
        return new Expression("vars." + Checks.constant(name));
    }

    static Value secret(String name) {
        return new Expression("secrets." + Checks.constant(name));
    }

    static Value output(JobId job, String output) {
        return new Expression("needs." + job + ".outputs." + Checks.identifier(output));
    }

    static Value stepOutput(String step, String output) {
        return new Expression(
                "steps." + Checks.identifier(step) + ".outputs." + Checks.identifier(output));
    }
}
