package dev.devopspack.policy.condition;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts the values of parameters into a term: `parameters.days` becomes `90`.
public final class TermParameters {

    private static final Term NAME = new Term.Name("parameters");

    private final Map<String, Object> values;

    private TermParameters(Map<String, Object> values) {
        this.values = values;
    }

    /// A parameter that has no value stays, and what stays cannot be bound to anything.
    public static Term put(Term term, Map<String, Object> values) {
        return new TermParameters(values).put(term);
    }

    /// The name of a parameter that the term asks for and that is not among the names.
    public static Optional<String> missing(Term term, Map<String, ?> names) {
        return switch (term) {
            case Term.Constant _, Term.Name _ -> Optional.empty();
            case Term.Select select ->
                    select.of().equals(NAME)
                            ? Optional.of(select.field()).filter(name -> !names.containsKey(name))
                            : missing(select.of(), names);
            case Term.Call call -> first(call.arguments(), names);
            case Term.Both both -> first(both.terms(), names);
            case Term.Either either -> first(either.terms(), names);
            case Term.Not not -> missing(not.term(), names);
            case Term.Choice choice ->
                    first(List.of(choice.condition(), choice.then(), choice.otherwise()), names);
            case Term.Items items -> first(items.items(), names);
            case Term.Entries entries ->
                    entries.entries().stream()
                            .flatMap(entry ->
                                    first(List.of(entry.key(), entry.value()), names).stream())
                            .findFirst();
            case Term.Each each -> first(List.of(each.range(), each.test(), each.result()), names);
        };
    }

    private static Optional<String> first(List<Term> terms, Map<String, ?> names) {
        return terms.stream().flatMap(term -> missing(term, names).stream()).findFirst();
    }

    private Term put(Term term) {
        return switch (term) {
            case Term.Constant _, Term.Name _ -> term;
            case Term.Select select -> {
                Object value = select.of().equals(NAME) ? values.get(select.field()) : null;
                yield value == null
                        ? new Term.Select(put(select.of()), select.field())
                        : constant(value);
            }
            case Term.Call call ->
                    new Term.Call(call.function(), call.member(), all(call.arguments()));
            case Term.Both both -> new Term.Both(all(both.terms()));
            case Term.Either either -> new Term.Either(all(either.terms()));
            case Term.Not not -> new Term.Not(put(not.term()));
            case Term.Choice choice ->
                    new Term.Choice(
                            put(choice.condition()), put(choice.then()), put(choice.otherwise()));
            case Term.Items items -> new Term.Items(all(items.items()));
            case Term.Entries entries ->
                    new Term.Entries(
                            entries.entries().stream()
                                    .map(entry ->
                                            new Term.Entry(put(entry.key()), put(entry.value())))
                                    .toList());
            case Term.Each each ->
                    new Term.Each(
                            each.macro(),
                            put(each.range()),
                            each.variable(),
                            put(each.test()),
                            put(each.result()));
        };
    }

    private static Term constant(Object value) {
        return value instanceof List<?> list
                ? new Term.Items(
                        list.stream().<Term>map(item -> new Term.Constant((Object) item)).toList())
                : new Term.Constant(value);
    }

    private List<Term> all(List<Term> terms) {
        return terms.stream().map(this::put).toList();
    }
}
