package dev.devopspack.policy;

import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.Hcl;
import dev.devopspack.language.hcl.ParsedFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Literals under names that mean secrets in HCL: arguments, object keys, defaults of variables.
final class HclSecrets {

    /// The parser bounds depth far below what would overflow here; this only says so.
    private static final int MAX_DEPTH = 300;

    private final List<Secret> found = new ArrayList<>();

    private final String source;

    private HclSecrets(String source) {
        this.source = source;
    }

    static List<Secret> in(ParsedFile file, String text) {
        HclSecrets secrets = new HclSecrets(text);
        secrets.body(file.body(), "", 0);
        return secrets.found;
    }

    private void body(Hcl.Body body, String variable, int depth) {
        if (depth > MAX_DEPTH) {
            return;
        }
        for (Hcl.Attribute attribute : body.attributes()) {
            boolean isDefault = !variable.isEmpty() && attribute.name().equals("default");
            value(isDefault ? variable : attribute.name(), attribute.value(), depth);
        }
        for (Hcl.Block block : body.blocks()) {
            boolean isVariable =
                    depth == 0 && block.type().equals("variable") && !block.labels().isEmpty();
            pair(block.body());
            body(block.body(), isVariable ? block.labels().getFirst() : "", depth + 1);
        }
    }

    private void value(String name, Hcl.Expr value, int depth) {
        if (depth > MAX_DEPTH) {
            return;
        }
        switch (value) {
            case Hcl.Template template -> {
                template.literal().ifPresent(text -> literal(name, text, template.span()));
                inside(template.span());
            }
            case Hcl.Obj object -> {
                pair(object);
                object.items()
                        .forEach(item -> value(item.name().orElse(""), item.value(), depth + 1));
            }
            case Hcl.Tuple tuple -> tuple.items().forEach(item -> value(name, item, depth + 1));
            case Hcl.Paren paren -> value(name, paren.inner(), depth + 1);
            case Hcl.Call call ->
                    call.arguments()
                            .forEach(argument ->
                                    value(
                                            isTransparent(call.name()) ? name : "",
                                            argument,
                                            depth + 1));
            case Hcl.Conditional conditional -> {
                value(name, conditional.yes(), depth + 1);
                value(name, conditional.no(), depth + 1);
            }
            default -> {}
        }
    }

    /// Functions whose result is their argument in another form.
    private static boolean isTransparent(String function) {
        return switch (function) {
            case "base64encode",
                    "sensitive",
                    "nonsensitive",
                    "tostring",
                    "trimspace",
                    "coalesce",
                    "try",
                    "jsonencode",
                    "yamlencode",
                    "merge",
                    "tomap" ->
                    true;
            default -> false;
        };
    }

    /// Scripts, JSON and connection strings in a text.
    private void inside(Span span) {
        String text = source.substring(span.start(), span.end());
        if (text.contains("\n") || text.indexOf('=') >= 0 || text.indexOf(':') >= 0) {
            for (Secret each : AssignedSecrets.in(text)) {
                int line = span.line() + each.line() - 1;
                int column = each.line() == 1 ? span.column() + each.column() - 1 : each.column();
                found.add(
                        new Secret(
                                each.kind(),
                                each.title(),
                                each.name(),
                                span.start() + each.start(),
                                span.start() + each.end(),
                                line,
                                column,
                                ""));
            }
        }
    }

    /// `name = "DB_PASSWORD"` with its `value` beside it.
    private void pair(Hcl.Obj object) {
        String name = "";
        Hcl.Expr value = null;
        for (Hcl.Item item : object.items()) {
            String key = item.name().orElse("");
            if (key.equals("name") || key.equals("key")) {
                name = text(item.value());
            } else if (key.equals("value")) {
                value = item.value();
            }
        }
        pair(name, value);
    }

    private void pair(Hcl.Body body) {
        String name = "";
        Hcl.Expr value = null;
        for (Hcl.Attribute attribute : body.attributes()) {
            if (attribute.name().equals("name") || attribute.name().equals("key")) {
                name = text(attribute.value());
            } else if (attribute.name().equals("value")) {
                value = attribute.value();
            }
        }
        pair(name, value);
    }

    private void pair(String name, Hcl.@Nullable Expr value) {
        if (value instanceof Hcl.Template template && !name.isEmpty()) {
            template.literal().ifPresent(text -> literal(name, text, template.span()));
        }
    }

    private static String text(Hcl.Expr value) {
        return value instanceof Hcl.Template template ? template.literal().orElse("") : "";
    }

    private void literal(String name, String text, Span span) {
        if (SecretValues.isSecret(SecretNames.of(name), text)) {
            found.add(
                    new Secret(
                            SecretDetector.kindOf(text),
                            SecretDetector.titleOf(name),
                            name,
                            span.start(),
                            span.end(),
                            span.line(),
                            span.column(),
                            ""));
        }
    }
}
