package dev.devopspack.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The attributes of `self` that an expression names: where a finding's line is looked for.
final class MentionedPaths {

    private static final Set<String> METHODS = Set.of("at", "each");
    private static final Set<String> FUNCTIONS = Set.of("statements", "written");

    private MentionedPaths() {}

    static List<String> in(CelAbstractSyntaxTree tree) {
        return CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .map(CelNavigableExpr::expr)
                .flatMap(expr -> path(expr).stream())
                .distinct()
                .toList();
    }

    private static Optional<String> path(CelExpr expr) {
        if (expr.exprKind().getKind() == ExprKind.Kind.SELECT) {
            return isSelf(expr.select().operand())
                    ? Optional.of(expr.select().field())
                    : Optional.empty();
        }
        if (expr.exprKind().getKind() != ExprKind.Kind.CALL) {
            return Optional.empty();
        }
        CelExpr.CelCall call = expr.call();
        if (call.function().equals("_[_]")) {
            return indexed(call.args().getFirst(), call.args().getLast());
        }
        if (METHODS.contains(call.function())
                && call.target().filter(MentionedPaths::isSelf).isPresent()) {
            return text(call.args().getFirst());
        }
        if (FUNCTIONS.contains(call.function()) && isSelf(call.args().getFirst())) {
            return text(call.args().getLast());
        }
        return Optional.empty();
    }

    /// `self.flags['name']` is `flags.name`.
    private static Optional<String> indexed(CelExpr of, CelExpr key) {
        boolean ofAttribute =
                of.exprKind().getKind() == ExprKind.Kind.SELECT && isSelf(of.select().operand());
        return ofAttribute
                ? text(key).map(name -> of.select().field() + "." + name)
                : Optional.empty();
    }

    private static boolean isSelf(CelExpr expr) {
        return expr.exprKind().getKind() == ExprKind.Kind.IDENT
                && expr.ident().name().equals("self");
    }

    private static Optional<String> text(CelExpr expr) {
        boolean isText =
                expr.exprKind().getKind() == ExprKind.Kind.CONSTANT
                        && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE;
        return isText ? Optional.of(expr.constant().stringValue()) : Optional.empty();
    }
}
