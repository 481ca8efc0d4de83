package dev.devopspack.policy;

import dev.devopspack.policy.condition.Term;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The attributes of `self` that an expression names: where a finding's line is looked for.
final class MentionedPaths {

    private static final Set<String> METHODS = Set.of("at", "each");
    private static final Set<String> FUNCTIONS = Set.of("statements", "written");

    private final Set<String> found = new LinkedHashSet<>();

    private MentionedPaths() {}

    /// In the order in which they are written.
    static List<String> in(Term term) {
        MentionedPaths paths = new MentionedPaths();
        paths.collect(term);
        return List.copyOf(paths.found);
    }

    private void collect(Term term) {
        switch (term) {
            case Term.Constant _, Term.Name _ -> {}
            case Term.Select select -> {
                if (isSelf(select.of())) {
                    found.add(select.field());
                }
                collect(select.of());
            }
            case Term.Call call -> {
                path(call).ifPresent(found::add);
                call.arguments().forEach(this::collect);
            }
            case Term.Both both -> both.terms().forEach(this::collect);
            case Term.Either either -> either.terms().forEach(this::collect);
            case Term.Not not -> collect(not.term());
            case Term.Choice choice -> {
                collect(choice.condition());
                collect(choice.then());
                collect(choice.otherwise());
            }
            case Term.Items items -> items.items().forEach(this::collect);
            case Term.Entries entries ->
                    entries.entries()
                            .forEach(entry -> {
                                collect(entry.key());
                                collect(entry.value());
                            });
            case Term.Each each -> {
                collect(each.range());
                collect(each.test());
                collect(each.result());
            }
        }
    }

    private static Optional<String> path(Term.Call call) {
        List<Term> arguments = call.arguments();
        if (call.function().equals("_[_]")) {
            return indexed(arguments.getFirst(), arguments.getLast());
        }
        boolean ofSelf =
                (call.member() ? METHODS : FUNCTIONS).contains(call.function())
                        && isSelf(arguments.getFirst());
        return ofSelf ? text(arguments.getLast()) : Optional.empty();
    }

    /// `self.flags['name']` is `flags.name`.
    private static Optional<String> indexed(Term of, Term key) {
        return of instanceof Term.Select select && isSelf(select.of())
                ? text(key).map(name -> select.field() + "." + name)
                : Optional.empty();
    }

    private static boolean isSelf(Term term) {
        return term instanceof Term.Name name && name.name().equals("self");
    }

    private static Optional<String> text(Term term) {
        return term instanceof Term.Constant constant && constant.value() instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }
}
