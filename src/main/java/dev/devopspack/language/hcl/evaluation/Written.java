package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.hcl.Hcl.Call;
import dev.devopspack.language.hcl.Hcl.Expr;
import dev.devopspack.language.hcl.Hcl.GetAttr;
import dev.devopspack.language.hcl.Hcl.Index;
import dev.devopspack.language.hcl.Hcl.Item;
import dev.devopspack.language.hcl.Hcl.Num;
import dev.devopspack.language.hcl.Hcl.Obj;
import dev.devopspack.language.hcl.Hcl.Template;
import dev.devopspack.language.hcl.Hcl.Tuple;
import dev.devopspack.language.hcl.Hcl.Var;
import dev.devopspack.language.hcl.value.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Names and types as they are written, for the arguments where Terraform reads them that way.
final class Written {

    private Written() {}

    /// `aws.east`, `module.a["k"].aws_x.y`, `list(string)`.
    static String text(Expr expression) {
        return switch (expression) {
            case Var v -> v.name();
            case GetAttr g -> text(g.target()) + "." + g.name();
            case Index i -> text(i.target()) + "[" + key(i.key()) + "]";
            case Template t -> t.literal().orElse("");
            case Num n -> n.value().toPlainString();
            case Call c ->
                    c.name()
                            + "("
                            + String.join(", ", c.arguments().stream().map(Written::text).toList())
                            + ")";
            case Tuple t ->
                    "[" + String.join(", ", t.items().stream().map(Written::text).toList()) + "]";
            case Obj o ->
                    "{ " + String.join(", ", o.items().stream().map(Written::item).toList()) + " }";
            default -> "";
        };
    }

    private static String key(Expr key) {
        return key instanceof Template t ? "\"" + t.literal().orElse("") + "\"" : text(key);
    }

    private static String item(Item item) {
        return item.name().orElse("") + " = " + text(item.value());
    }

    static List<String> texts(Expr expression) {
        return expression instanceof Tuple t
                ? t.items().stream().map(Written::text).toList()
                : List.of(text(expression));
    }

    /// A list for `[a, b]`, an object for `{ a = b }`, else the text.
    static Value value(Expr expression) {
        return switch (expression) {
            case Tuple t -> Value.list(t.items().stream().map(Written::value).toList());
            case Obj o -> {
                Map<String, Value> members = new TreeMap<>();
                o.items().forEach(i -> members.put(i.name().orElse(""), value(i.value())));
                yield Value.object(members);
            }
            default -> Value.of(text(expression));
        };
    }
}
