package dev.devopspack.policy.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.values.NullValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Makes a term of what CEL's own parser and type checker read.
public final class CheckedTerms {

    private CheckedTerms() {}

    /// Reads a checked tree.
    ///
    /// @return empty where the expression says something that terms have no word for
    public static Optional<Term> of(CelAbstractSyntaxTree tree) {
        try {
            return Optional.of(term(tree.getExpr()));
        } catch (UnsupportedOperationException _) {
            return Optional.empty();
        }
    }

    private static Term term(CelExpr expr) {
        return switch (expr.exprKind().getKind()) {
            case CONSTANT -> constant(expr.constant());
            case IDENT -> new Term.Name(expr.ident().name());
            case SELECT -> {
                if (expr.select().testOnly()) {
                    throw new UnsupportedOperationException();
                }
                yield new Term.Select(term(expr.select().operand()), expr.select().field());
            }
            case CALL -> call(expr.call());
            case LIST -> {
                if (!expr.list().optionalIndices().isEmpty()) {
                    throw new UnsupportedOperationException();
                }
                yield new Term.Items(terms(expr.list().elements()));
            }
            case MAP -> entries(expr.map());
            case COMPREHENSION -> macro(expr.comprehension());
            case STRUCT, NOT_SET -> throw new UnsupportedOperationException();
        };
    }

    private static Term constant(CelConstant constant) {
        return new Term.Constant(
                switch (constant.getKind()) {
                    case NULL_VALUE -> NullValue.NULL_VALUE;
                    case BOOLEAN_VALUE -> constant.booleanValue();
                    case INT64_VALUE -> constant.int64Value();
                    case DOUBLE_VALUE -> constant.doubleValue();
                    case STRING_VALUE -> constant.stringValue();
                    default -> throw new UnsupportedOperationException();
                });
    }

    private static Term call(CelCall call) {
        List<Term> arguments =
                Stream.concat(call.target().stream(), call.args().stream())
                        .map(CheckedTerms::term)
                        .toList();
        return switch (call.function()) {
            case "_&&_" -> Term.both(arguments.getFirst(), arguments.getLast());
            case "_||_" -> Term.either(arguments.getFirst(), arguments.getLast());
            case "!_" -> new Term.Not(arguments.getFirst());
            case "_?_:_" -> new Term.Choice(arguments.get(0), arguments.get(1), arguments.get(2));
            default -> new Term.Call(call.function(), call.target().isPresent(), arguments);
        };
    }

    private static Term entries(CelExpr.CelMap map) {
        List<Term.Entry> entries = new ArrayList<>();
        for (CelExpr.CelMap.Entry entry : map.entries()) {
            if (entry.optionalEntry()) {
                throw new UnsupportedOperationException();
            }
            entries.add(new Term.Entry(term(entry.key()), term(entry.value())));
        }
        return new Term.Entries(entries);
    }

    private static List<Term> terms(List<CelExpr> exprs) {
        return exprs.stream().map(CheckedTerms::term).toList();
    }

    /// A macro is written out as a loop; its step says which one it was.
    private static Term macro(CelComprehension loop) {
        if (!loop.iterVar2().isEmpty()) {
            throw new UnsupportedOperationException();
        }
        Term range = term(loop.iterRange());
        Term start = term(loop.accuInit());
        Term step = term(loop.loopStep());
        Term sum = new Term.Name(loop.accuVar());
        String variable = loop.iterVar();
        if (start.equals(new Term.Constant(true)) && step instanceof Term.Both both) {
            Term test = rest(both.terms(), sum, true);
            return new Term.Each(Term.Macro.ALL, range, variable, test, test);
        }
        if (start.equals(new Term.Constant(false)) && step instanceof Term.Either either) {
            Term test = rest(either.terms(), sum, false);
            return new Term.Each(Term.Macro.EXISTS, range, variable, test, test);
        }
        if (start.equals(new Term.Constant(0L)) && step instanceof Term.Choice choice) {
            return new Term.Each(
                    Term.Macro.EXISTS_ONE, range, variable, choice.condition(), choice.condition());
        }
        if (start.equals(new Term.Items(List.of()))) {
            return step instanceof Term.Choice choice && choice.otherwise().equals(sum)
                    ? list(range, variable, choice.condition(), choice.then(), sum)
                    : list(range, variable, new Term.Constant(true), step, sum);
        }
        throw new UnsupportedOperationException();
    }

    /// What stands beside the sum in `sum && test`; a test that is a chain itself was joined to it.
    private static Term rest(List<Term> terms, Term sum, boolean both) {
        if (!terms.getFirst().equals(sum)) {
            throw new UnsupportedOperationException();
        }
        List<Term> rest = terms.subList(1, terms.size());
        return rest.size() == 1
                ? rest.getFirst()
                : both ? new Term.Both(rest) : new Term.Either(rest);
    }

    private static Term list(Term range, String variable, Term test, Term step, Term sum) {
        if (step instanceof Term.Call add
                && add.function().equals("_+_")
                && add.arguments().getFirst().equals(sum)
                && add.arguments().getLast() instanceof Term.Items items
                && items.items().size() == 1) {
            return new Term.Each(Term.Macro.LIST, range, variable, test, items.items().getFirst());
        }
        throw new UnsupportedOperationException();
    }
}
