package dev.devopspack.policy.condition;

import dev.cel.common.values.NullValue;
import dev.devopspack.language.CelWords;
import dev.devopspack.policy.condition.TermLexer.Kind;
import dev.devopspack.policy.condition.TermLexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the part of CEL that conditions are written in, in microseconds: no grammar is loaded and
/// no type is checked, which is done once when a rule is written.
///
/// It is total. What it does not read it gives up, so that CEL itself is asked.
public final class TermParser {

    /// The same bound that CEL's own parser is given.
    private static final int MAX_DEPTH = 64;

    private static final Set<String> RELATIONS = Set.of("==", "!=", "<", "<=", ">", ">=", "in");

    private final List<Token> tokens;
    private int at;
    private int depth;

    private TermParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    public static Optional<Term> parse(String text) {
        return TermLexer.tokens(text).flatMap(tokens -> new TermParser(tokens).whole());
    }

    private Optional<Term> whole() {
        try {
            Term term = expression();
            return peek().kind() == Kind.END ? Optional.of(term) : Optional.empty();
        } catch (GivenUp _) {
            return Optional.empty();
        }
    }

    private Term expression() {
        if (++depth > MAX_DEPTH) {
            throw new GivenUp();
        }
        Term condition = either();
        if (!skip("?")) {
            depth--;
            return condition;
        }
        Term then = either();
        expect(":");
        Term otherwise = expression();
        depth--;
        return new Term.Choice(condition, then, otherwise);
    }

    private Term either() {
        Term term = both();
        while (skip("||")) {
            term = Term.either(term, both());
        }
        return term;
    }

    private Term both() {
        Term term = relation();
        while (skip("&&")) {
            term = Term.both(term, relation());
        }
        return term;
    }

    private Term relation() {
        Term term = sum();
        while (RELATIONS.contains(peek().text()) && peek().kind() != Kind.TEXT) {
            String relation = next().text();
            String function = relation.equals("in") ? "@in" : "_" + relation + "_";
            term = new Term.Call(function, false, List.of(term, sum()));
        }
        return term;
    }

    private Term sum() {
        Term term = product();
        while (is("+") || is("-")) {
            term = operation(term, next().text(), product());
        }
        return term;
    }

    private Term product() {
        Term term = unary();
        while (is("*") || is("/") || is("%")) {
            term = operation(term, next().text(), unary());
        }
        return term;
    }

    private static Term operation(Term left, String sign, Term right) {
        return new Term.Call("_" + sign + "_", false, List.of(left, right));
    }

    private Term unary() {
        if (skip("!")) {
            // Two cancel each other out, as they do in CEL's own grammar.
            boolean odd = true;
            while (skip("!")) {
                odd = !odd;
            }
            Term term = member();
            return odd ? new Term.Not(term) : term;
        }
        if (skip("-")) {
            if (peek().kind() == Kind.WHOLE || peek().kind() == Kind.REAL) {
                return selected(number("-" + peek().text(), next().kind()));
            }
            if (is("-")) {
                throw new GivenUp();
            }
            return new Term.Call("-_", false, List.of(member()));
        }
        return member();
    }

    private Term member() {
        return selected(primary());
    }

    private Term selected(Term first) {
        Term term = first;
        while (true) {
            if (skip(".")) {
                String name = name();
                term = skip("(") ? method(term, name) : new Term.Select(term, name);
            } else if (skip("[")) {
                Term index = expression();
                expect("]");
                term = new Term.Call("_[_]", false, List.of(term, index));
            } else {
                return term;
            }
        }
    }

    private Term method(Term target, String name) {
        List<Term> arguments = list(")");
        Optional<Term> macro = macro(target, name, arguments);
        if (macro.isPresent()) {
            return macro.get();
        }
        List<Term> all = new ArrayList<>();
        all.add(target);
        all.addAll(arguments);
        return new Term.Call(name, true, all);
    }

    private static Optional<Term> macro(Term range, String name, List<Term> arguments) {
        if (arguments.size() < 2 || !(arguments.getFirst() instanceof Term.Name variable)) {
            return Optional.empty();
        }
        Term test = arguments.get(1);
        if (arguments.size() == 3) {
            return name.equals("map")
                    ? Optional.of(
                            new Term.Each(
                                    Term.Macro.LIST,
                                    range,
                                    variable.name(),
                                    test,
                                    arguments.get(2)))
                    : Optional.empty();
        }
        if (arguments.size() != 2) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                switch (name) {
                    case "all" -> each(Term.Macro.ALL, range, variable, test, test);
                    case "exists" -> each(Term.Macro.EXISTS, range, variable, test, test);
                    case "exists_one", "existsOne" ->
                            each(Term.Macro.EXISTS_ONE, range, variable, test, test);
                    case "filter" -> each(Term.Macro.LIST, range, variable, test, variable);
                    case "map" ->
                            each(Term.Macro.LIST, range, variable, new Term.Constant(true), test);
                    default -> null;
                });
    }

    private static Term each(
            Term.Macro macro, Term range, Term.Name variable, Term test, Term result) {
        return new Term.Each(macro, range, variable.name(), test, result);
    }

    private Term primary() {
        Token token = next();
        return switch (token.kind()) {
            case TEXT -> new Term.Constant(token.text());
            case WHOLE, REAL -> number(token.text(), token.kind());
            case NAME -> named(token.text());
            case SIGN -> grouped(token.text());
            case END -> throw new GivenUp();
        };
    }

    private Term named(String name) {
        if (CelWords.KEPT.contains(name) || name.equals("in")) {
            throw new GivenUp();
        }
        return switch (name) {
            case "true" -> new Term.Constant(true);
            case "false" -> new Term.Constant(false);
            case "null" -> new Term.Constant(NullValue.NULL_VALUE);
            default -> skip("(") ? new Term.Call(name, false, list(")")) : new Term.Name(name);
        };
    }

    private Term grouped(String sign) {
        switch (sign) {
            case "(" -> {
                Term term = expression();
                expect(")");
                return term;
            }
            case "[" -> {
                return new Term.Items(list("]"));
            }
            case "{" -> {
                return entries();
            }
            default -> throw new GivenUp();
        }
    }

    private Term entries() {
        List<Term.Entry> entries = new ArrayList<>();
        while (!skip("}")) {
            Term key = expression();
            expect(":");
            entries.add(new Term.Entry(key, expression()));
            if (!skip(",")) {
                expect("}");
                break;
            }
        }
        return new Term.Entries(entries);
    }

    private List<Term> list(String end) {
        List<Term> items = new ArrayList<>();
        while (!skip(end)) {
            items.add(expression());
            if (!skip(",")) {
                expect(end);
                break;
            }
        }
        return items;
    }

    private static Term number(String digits, Kind kind) {
        try {
            return kind == Kind.WHOLE
                    ? new Term.Constant(Long.valueOf(digits))
                    : new Term.Constant(Double.valueOf(digits));
        } catch (NumberFormatException _) {
            throw new GivenUp();
        }
    }

    private String name() {
        Token token = next();
        // What may not name a variable may name an attribute: `self.namespace`.
        if (token.kind() != Kind.NAME || CelWords.MEANING.contains(token.text())) {
            throw new GivenUp();
        }
        return token.text();
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token next() {
        Token token = tokens.get(at);
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    private boolean is(String sign) {
        return peek().kind() == Kind.SIGN && peek().text().equals(sign);
    }

    private boolean skip(String sign) {
        if (!is(sign)) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(String sign) {
        if (!skip(sign)) {
            throw new GivenUp();
        }
    }

    /// Leaves the parser from any depth; never leaves this class.
    private static final class GivenUp extends RuntimeException {
        private static final long serialVersionUID = 1;

        GivenUp() {
            super(null, null, false, false);
        }
    }
}
