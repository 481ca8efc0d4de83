package dev.devopspack.gate.quality;

import dev.devopspack.language.hcl.Hcl.Binary;
import dev.devopspack.language.hcl.Hcl.Block;
import dev.devopspack.language.hcl.Hcl.Body;
import dev.devopspack.language.hcl.Hcl.Bool;
import dev.devopspack.language.hcl.Hcl.Call;
import dev.devopspack.language.hcl.Hcl.Conditional;
import dev.devopspack.language.hcl.Hcl.Expr;
import dev.devopspack.language.hcl.Hcl.For;
import dev.devopspack.language.hcl.Hcl.ForPart;
import dev.devopspack.language.hcl.Hcl.GetAttr;
import dev.devopspack.language.hcl.Hcl.IfPart;
import dev.devopspack.language.hcl.Hcl.Index;
import dev.devopspack.language.hcl.Hcl.Interpolation;
import dev.devopspack.language.hcl.Hcl.Invalid;
import dev.devopspack.language.hcl.Hcl.Item;
import dev.devopspack.language.hcl.Hcl.Null;
import dev.devopspack.language.hcl.Hcl.Num;
import dev.devopspack.language.hcl.Hcl.Obj;
import dev.devopspack.language.hcl.Hcl.Paren;
import dev.devopspack.language.hcl.Hcl.Part;
import dev.devopspack.language.hcl.Hcl.Splat;
import dev.devopspack.language.hcl.Hcl.SplatItem;
import dev.devopspack.language.hcl.Hcl.Template;
import dev.devopspack.language.hcl.Hcl.Text;
import dev.devopspack.language.hcl.Hcl.Tuple;
import dev.devopspack.language.hcl.Hcl.Unary;
import dev.devopspack.language.hcl.Hcl.Var;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds every function call below a body or an expression.
///
/// It knows where the name `path` does not mean Terraform's `path`: inside a `for` expression or a
/// `dynamic` block that gives that name to something of its own.
final class Calls {
    private static final String PATH = "path";

    /// A call.
    ///
    /// @param pathShadowed true if `path.module` there can be anything
    record Found(Call call, boolean pathShadowed) {}

    private final List<Found> found = new ArrayList<>();

    private Calls() {}

    static List<Found> in(Body body) {
        Calls calls = new Calls();
        calls.body(body, false);
        return calls.found;
    }

    static List<Found> in(Expr expression) {
        Calls calls = new Calls();
        calls.expression(expression, false);
        return calls.found;
    }

    private void body(Body body, boolean shadowed) {
        body.attributes().forEach(attribute -> expression(attribute.value(), shadowed));
        body.blocks().forEach(block -> body(block.body(), shadowed || namesPath(block)));
    }

    private static boolean namesPath(Block block) {
        return block.type().equals("dynamic")
                && (block.labels().contains(PATH)
                        || block.body().attributes().stream()
                                .anyMatch(attribute ->
                                        attribute.name().equals("iterator")
                                                && !(attribute.value() instanceof Var v
                                                        && !v.name().equals(PATH))));
    }

    private void expression(@Nullable Expr expression, boolean shadowed) {
        switch (expression) {
            case null -> {}
            case Num _, Bool _, Null _, Var _, SplatItem _, Invalid _ -> {}
            case Template template -> parts(template.parts(), shadowed);
            case Tuple tuple -> tuple.items().forEach(item -> expression(item, shadowed));
            case Obj object -> object.items().forEach(item -> item(item, shadowed));
            case GetAttr attribute -> expression(attribute.target(), shadowed);
            case Index index -> {
                expression(index.target(), shadowed);
                expression(index.key(), shadowed);
            }
            case Splat splat -> {
                expression(splat.target(), shadowed);
                expression(splat.rest(), shadowed);
            }
            case Call call -> {
                found.add(new Found(call, shadowed));
                call.arguments().forEach(argument -> expression(argument, shadowed));
            }
            case Conditional conditional -> {
                expression(conditional.test(), shadowed);
                expression(conditional.yes(), shadowed);
                expression(conditional.no(), shadowed);
            }
            case Binary binary -> {
                expression(binary.left(), shadowed);
                expression(binary.right(), shadowed);
            }
            case Unary unary -> expression(unary.operand(), shadowed);
            case Paren paren -> expression(paren.inner(), shadowed);
            case For loop -> {
                boolean inside =
                        shadowed || PATH.equals(loop.keyName()) || PATH.equals(loop.valueName());
                expression(loop.source(), shadowed);
                expression(loop.key(), inside);
                expression(loop.value(), inside);
                expression(loop.filter(), inside);
            }
        }
    }

    private void item(Item item, boolean shadowed) {
        expression(item.key(), shadowed);
        expression(item.value(), shadowed);
    }

    private void parts(List<Part> parts, boolean shadowed) {
        for (Part part : parts) {
            switch (part) {
                case Text _ -> {}
                case Interpolation interpolation ->
                        expression(interpolation.expression(), shadowed);
                case IfPart condition -> {
                    expression(condition.test(), shadowed);
                    parts(condition.yes(), shadowed);
                    parts(condition.no(), shadowed);
                }
                case ForPart loop -> {
                    expression(loop.source(), shadowed);
                    parts(
                            loop.body(),
                            shadowed
                                    || PATH.equals(loop.keyName())
                                    || PATH.equals(loop.valueName()));
                }
            }
        }
    }
}
