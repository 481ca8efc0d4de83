package dev.devopspack.language.hcl;

import dev.devopspack.language.hcl.HclExpression.Literal;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.ListValue;
import dev.devopspack.language.hcl.value.Value.ObjectValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Prints what we generate, in the layout that `terraform fmt -check` accepts.
public final class HclPrinter {

    /// A list that is longer goes over several lines.
    private static final int LINE = 100;

    /// Names that mean something else as the key of an object.
    private static final Set<String> WORDS = Set.of("for", "true", "false", "null");

    private final StringBuilder text = new StringBuilder();

    private HclPrinter() {}

    /// A file of arguments, blocks and comments.
    public static String file(List<HclElement> elements) {
        HclPrinter printer = new HclPrinter();
        printer.elements(elements);
        return canonical(printer.text.toString());
    }

    /// A file of variable values, in the order given.
    public static String tfvars(Map<String, Value> values) {
        List<HclElement> elements = new ArrayList<>();
        values.forEach(
                (name, value) -> elements.add(new HclElement.Argument(name, new Literal(value))));
        return file(elements);
    }

    private static String canonical(String text) {
        return HclFormat.canonical(text)
                .orElseThrow(
                        () -> new IllegalStateException("printed text cannot be read: " + text));
    }

    private void elements(List<HclElement> elements) {
        for (HclElement element : elements) {
            switch (element) {
                case HclElement.Argument argument -> {
                    text.append(argument.name()).append(" = ");
                    expression(argument.value());
                    text.append('\n');
                }
                case HclElement.Block block -> block(block);
                case HclElement.Comment comment -> comment(comment.text());
                case HclElement.BlankLine _ -> text.append('\n');
            }
        }
    }

    private void block(HclElement.Block block) {
        text.append(block.type());
        for (String label : block.labels()) {
            text.append(' ');
            quoted(label);
        }
        text.append(" {");
        if (!block.body().isEmpty()) {
            text.append('\n');
            elements(block.body());
        }
        text.append("}\n");
    }

    private void comment(String comment) {
        comment.lines()
                .forEach(line -> {
                    text.append('#');
                    if (!line.isBlank()) {
                        text.append(' ').append(StringLiterals.visible(line.stripTrailing()));
                    }
                    text.append('\n');
                });
    }

    private void expression(HclExpression expression) {
        switch (expression) {
            case Literal literal -> value(literal.value());
            case HclExpression.Traversal traversal ->
                    text.append(String.join(".", traversal.names()));
            case HclExpression.Items items -> items(items.items());
            case HclExpression.Members members -> members(members.members());
            case HclExpression.Call call -> {
                text.append(call.function()).append('(');
                for (int i = 0; i < call.arguments().size(); i++) {
                    text.append(i == 0 ? "" : ", ");
                    expression(call.arguments().get(i));
                }
                text.append(')');
            }
        }
    }

    private void value(Value value) {
        switch (value) {
            case Value.Null _ -> text.append("null");
            case Value.Bool b -> text.append(b.value());
            case Value.Num n -> text.append(n.value().toPlainString());
            case Value.Str s -> quoted(s.value());
            case ListValue list ->
                    items(list.items().stream().<HclExpression>map(Literal::new).toList());
            case ObjectValue object -> {
                Map<String, HclExpression> members = new LinkedHashMap<>();
                object.members().forEach((name, member) -> members.put(name, new Literal(member)));
                members(members);
            }
            case Value.Unknown unknown -> throw new IllegalArgumentException(unknown.reason());
        }
    }

    private void quoted(String value) {
        text.append('"').append(StringLiterals.escaped(value)).append('"');
    }

    private void items(List<HclExpression> items) {
        int start = text.length();
        text.append('[');
        for (int i = 0; i < items.size(); i++) {
            text.append(i == 0 ? "" : ", ");
            expression(items.get(i));
        }
        text.append(']');
        boolean fits = text.length() - start <= LINE && text.indexOf("\n", start) < 0;
        if (!fits) {
            text.setLength(start);
            text.append("[\n");
            for (HclExpression item : items) {
                expression(item);
                text.append(",\n");
            }
            text.append(']');
        }
    }

    private void members(Map<String, HclExpression> members) {
        if (members.isEmpty()) {
            text.append("{}");
            return;
        }
        text.append("{\n");
        members.forEach((name, member) -> {
            if (Characters.isName(name) && !WORDS.contains(name)) {
                text.append(name);
            } else {
                quoted(name);
            }
            text.append(" = ");
            expression(member);
            text.append('\n');
        });
        text.append('}');
    }
}
