package dev.devopspack.policy;

import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelUnknownSet;
import dev.devopspack.policy.RuleLanguage.Program;
import dev.devopspack.policy.condition.Problem;
import dev.devopspack.policy.subject.Subject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A rule ready to judge subjects. Immutable, so that threads can share it.
final class CompiledRule {

    private static final Answer HOLDS = new Answer.Holds();
    private static final Answer FAILS = new Answer.Fails();

    private final Rule rule;
    private final @Nullable Program applies;
    private final Program requires;
    private final List<Object> message;
    private final List<String> paths;

    private CompiledRule(
            Rule rule, @Nullable Program applies, Program requires, List<Object> message) {
        this.rule = rule;
        this.applies = applies;
        this.requires = requires;
        this.message = message;
        this.paths =
                Stream.concat(
                                requires.paths().stream(),
                                applies == null ? Stream.of() : applies.paths().stream())
                        .distinct()
                        .toList();
    }

    /// A rule that ships: a test has checked its conditions.
    static CompiledRule shipped(Rule rule, Map<String, Object> values) {
        return of(rule, expression -> RuleLanguage.program(expression, values));
    }

    /// A rule that somebody wrote.
    ///
    /// @throws dev.devopspack.task.InvalidInput where a condition is wrong, with its place
    static CompiledRule checked(Rule rule, Map<String, Object> values) {
        return of(rule, expression -> CheckedLanguage.get().program(expression, values));
    }

    private static CompiledRule of(Rule rule, Function<Rule.Expression, Program> language) {
        return new CompiledRule(
                rule,
                rule.applicability().map(language).orElse(null),
                language.apply(rule.requires()),
                rule.message().parts().stream()
                        .map(part ->
                                switch (part) {
                                    case MessageTemplate.Part.Literal literal ->
                                            (Object) literal.text();
                                    case MessageTemplate.Part.Value value ->
                                            language.apply(value.expression());
                                })
                        .toList());
    }

    /// @return null where the rule does not apply to the subject
    @Nullable Answer judge(Subject subject) {
        if (applies != null) {
            Answer applicable = evaluate(applies, subject);
            if (applicable instanceof Answer.Fails) {
                return null;
            }
            if (!(applicable instanceof Answer.Holds)) {
                return applicable;
            }
        }
        return evaluate(requires, subject);
    }

    private static Answer evaluate(Program program, Subject subject) {
        Object result = program.value().apply(subject.self());
        return switch (result) {
            case Boolean holds -> holds ? HOLDS : FAILS;
            case CelUnknownSet unknown -> new Answer.Unknown(Unknowns.why(unknown));
            case Problem problem -> unknownNamedBy(program, subject, problem);
            default -> new Answer.Broken("the condition gave no yes or no");
        };
    }

    /// A function cannot do some things with the unknown. Where the expression names an attribute
    /// that is not known, that is why it stopped.
    private static Answer unknownNamedBy(Program program, Subject subject, Problem problem) {
        return program.paths().stream()
                .map(path -> Unknowns.in(Paths.first(subject.self(), path)))
                .filter(Objects::nonNull)
                .findFirst()
                .<Answer>map(unknown -> new Answer.Unknown(Unknowns.why(unknown)))
                .orElseGet(() -> new Answer.Broken(Shown.of(problem.message())));
    }

    Finding finding(Subject subject) {
        return finding(subject, message(subject));
    }

    /// What cannot be known, in the shape of a finding.
    Finding unknown(Subject subject, String why) {
        return finding(subject, "the files do not tell: " + why);
    }

    private Finding finding(Subject subject, String message) {
        Subject.Place place = place(subject);
        return new Finding(
                rule.id(),
                rule.title(),
                rule.severity(),
                place.file(),
                place.line(),
                place.column(),
                subject.address().isEmpty() ? null : Shown.of(subject.address()),
                message,
                rule.mend(),
                rule.source());
    }

    /// The first attribute that the condition names and the file has; else the subject's head.
    private Subject.Place place(Subject subject) {
        for (String path : paths) {
            Optional<Subject.Place> place = subject.placeOf(path);
            if (place.isPresent()) {
                return place.get();
            }
        }
        return subject.place();
    }

    private String message(Subject subject) {
        StringBuilder text = new StringBuilder();
        for (Object part : message) {
            text.append(part instanceof Program program ? value(program, subject) : part);
        }
        return text.toString();
    }

    private static String value(Program program, Subject subject) {
        Object value = program.value().apply(subject.self());
        if (value instanceof Problem || Unknowns.in(value) != null) {
            return "(not known)";
        }
        return value == NullValue.NULL_VALUE
                ? "nothing"
                : Shown.of(Redactor.redact(String.valueOf(value)).text());
    }
}
