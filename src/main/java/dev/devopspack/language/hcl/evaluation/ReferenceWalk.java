package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.hcl.Hcl.Attribute;
import dev.devopspack.language.hcl.Hcl.Binary;
import dev.devopspack.language.hcl.Hcl.Block;
import dev.devopspack.language.hcl.Hcl.Body;
import dev.devopspack.language.hcl.Hcl.Call;
import dev.devopspack.language.hcl.Hcl.Conditional;
import dev.devopspack.language.hcl.Hcl.Expr;
import dev.devopspack.language.hcl.Hcl.For;
import dev.devopspack.language.hcl.Hcl.ForPart;
import dev.devopspack.language.hcl.Hcl.GetAttr;
import dev.devopspack.language.hcl.Hcl.IfPart;
import dev.devopspack.language.hcl.Hcl.Index;
import dev.devopspack.language.hcl.Hcl.Interpolation;
import dev.devopspack.language.hcl.Hcl.Item;
import dev.devopspack.language.hcl.Hcl.Obj;
import dev.devopspack.language.hcl.Hcl.Paren;
import dev.devopspack.language.hcl.Hcl.Part;
import dev.devopspack.language.hcl.Hcl.Splat;
import dev.devopspack.language.hcl.Hcl.Template;
import dev.devopspack.language.hcl.Hcl.Text;
import dev.devopspack.language.hcl.Hcl.Tuple;
import dev.devopspack.language.hcl.Hcl.Unary;
import dev.devopspack.language.hcl.Hcl.Var;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Visits every traversal in a body that starts at a name of the module, and leaves out the names
/// that loops and `dynamic` blocks put in front.
final class ReferenceWalk {

    /// Told of each traversal.
    @FunctionalInterface
    interface Visitor {
        /// @param root first name
        /// @param names attribute names that follow it directly
        /// @param expression as much of the traversal as these names cover
        void visit(String root, List<String> names, Expr expression);
    }

    private final Visitor visitor;

    ReferenceWalk(Visitor visitor) {
        this.visitor = visitor;
    }

    /// @param leftOut names of arguments that name things in their own way
    void body(Body body, Set<String> leftOut, Set<String> hidden) {
        for (Attribute attribute : body.attributes()) {
            if (!leftOut.contains(attribute.name())) {
                expression(attribute.value(), hidden);
            }
        }
        for (Block block : body.blocks()) {
            boolean dynamic = block.type().equals("dynamic") && block.labels().size() == 1;
            if (dynamic) {
                dynamic(block, leftOut, hidden);
            } else {
                body(block.body(), leftOut, hidden);
            }
        }
    }

    private void dynamic(Block block, Set<String> leftOut, Set<String> hidden) {
        String iterator =
                block.body()
                        .attribute("iterator")
                        .map(a -> Written.text(a.value()))
                        .orElse(block.labels().getFirst());
        Set<String> inner = plus(hidden, iterator, null);
        for (Attribute attribute : block.body().attributes()) {
            switch (attribute.name()) {
                case "for_each" -> expression(attribute.value(), hidden);
                case "iterator" -> {}
                default -> expression(attribute.value(), inner);
            }
        }
        block.body().blocks().forEach(content -> body(content.body(), leftOut, inner));
    }

    void expression(Expr expression, Set<String> hidden) {
        switch (expression) {
            case Var _, GetAttr _, Index _, Splat _ -> traversal(expression, hidden);
            case Template t -> parts(t.parts(), hidden);
            case Tuple t -> t.items().forEach(item -> expression(item, hidden));
            case Obj o -> o.items().forEach(item -> item(item, hidden));
            case Call c -> c.arguments().forEach(argument -> expression(argument, hidden));
            case Conditional c -> {
                expression(c.test(), hidden);
                expression(c.yes(), hidden);
                expression(c.no(), hidden);
            }
            case Binary b -> {
                expression(b.left(), hidden);
                expression(b.right(), hidden);
            }
            case Unary u -> expression(u.operand(), hidden);
            case Paren p -> expression(p.inner(), hidden);
            case For f -> loop(f, hidden);
            default -> {
                // Literals refer to nothing.
            }
        }
    }

    private void item(Item item, Set<String> hidden) {
        if (!(item.key() instanceof Var)) {
            expression(item.key(), hidden);
        }
        expression(item.value(), hidden);
    }

    private void loop(For loop, Set<String> hidden) {
        expression(loop.source(), hidden);
        Set<String> inner = plus(hidden, loop.valueName(), loop.keyName());
        expression(loop.value(), inner);
        if (loop.key() != null) {
            expression(loop.key(), inner);
        }
        if (loop.filter() != null) {
            expression(loop.filter(), inner);
        }
    }

    private void parts(List<Part> parts, Set<String> hidden) {
        for (Part part : parts) {
            switch (part) {
                case Interpolation i -> expression(i.expression(), hidden);
                case IfPart i -> {
                    expression(i.test(), hidden);
                    parts(i.yes(), hidden);
                    parts(i.no(), hidden);
                }
                case ForPart f -> {
                    expression(f.source(), hidden);
                    parts(f.body(), plus(hidden, f.valueName(), f.keyName()));
                }
                case Text _ -> {}
            }
        }
    }

    private static Set<String> plus(Set<String> hidden, String name, @Nullable String other) {
        Set<String> more = new HashSet<>(hidden);
        more.add(name);
        if (other != null) {
            more.add(other);
        }
        return more;
    }

    private void traversal(Expr expression, Set<String> hidden) {
        List<Expr> steps = new ArrayList<>();
        Expr root = expression;
        while (true) {
            Expr target;
            switch (root) {
                case GetAttr g -> target = g.target();
                case Index i -> {
                    expression(i.key(), hidden);
                    target = i.target();
                }
                case Splat s -> {
                    expression(s.rest(), hidden);
                    target = s.target();
                }
                default -> target = null;
            }
            if (target == null) {
                break;
            }
            steps.add(root);
            root = target;
        }
        if (root instanceof Var(String name, _)) {
            if (!hidden.contains(name)) {
                visit(name, root, steps.reversed());
            }
        } else {
            expression(root, hidden);
        }
    }

    private void visit(String name, Expr root, List<Expr> steps) {
        List<String> names = new ArrayList<>();
        Expr covered = root;
        for (Expr step : steps) {
            if (!(step instanceof GetAttr attribute)) {
                break;
            }
            names.add(attribute.name());
            covered = step;
        }
        visitor.visit(name, names, covered);
    }
}
