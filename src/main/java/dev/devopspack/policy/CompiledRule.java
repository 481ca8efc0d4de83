package dev.devopspack.policy;

import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelUnknownSet;
import dev.devopspack.policy.RuleLanguage.Program;
import dev.devopspack.policy.subject.Subject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A rule ready to judge subjects. Immutable, so that threads can share it.
final class CompiledRule {

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

    /// @throws dev.devopspack.task.InvalidInput where a condition is wrong, with its place
    static CompiledRule of(Rule rule) {
        RuleLanguage language = RuleLanguage.get();
        return new CompiledRule(
                rule,
                rule.applicability().map(language::compile).orElse(null),
                language.compile(rule.requires()),
                rule.message().parts().stream()
                        .map(part ->
                                switch (part) {
                                    case MessageTemplate.Part.Literal literal ->
                                            (Object) literal.text();
                                    case MessageTemplate.Part.Value value ->
                                            language.compile(value.expression());
                                })
                        .toList());
    }

    Rule rule() {
        return rule;
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
        try {
            Object result = program.program().eval(Map.of("self", subject.self()));
            return switch (result) {
                case Boolean holds -> holds ? new Answer.Holds() : new Answer.Fails();
                case CelUnknownSet unknown -> new Answer.Unknown(Unknowns.why(unknown));
                default -> new Answer.Broken("the condition gave no yes or no");
            };
        } catch (CelEvaluationException e) {
            return unknownNamedBy(program, subject, e);
        }
    }

    /// CEL cannot select from an unknown value or call some functions with one. Where the
    /// expression names an attribute that is not known, that is why it stopped.
    private static Answer unknownNamedBy(
            Program program, Subject subject, CelEvaluationException e) {
        return program.paths().stream()
                .map(path -> Unknowns.in(Paths.first(subject.self(), path)))
                .filter(Objects::nonNull)
                .findFirst()
                .<Answer>map(unknown -> new Answer.Unknown(Unknowns.why(unknown)))
                .orElseGet(() -> new Answer.Broken(Shown.of(String.valueOf(e.getMessage()))));
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
        return paths.stream()
                .flatMap(path -> subject.placeOf(path).stream())
                .findFirst()
                .orElse(subject.place());
    }

    private String message(Subject subject) {
        StringBuilder text = new StringBuilder();
        for (Object part : message) {
            text.append(part instanceof Program program ? value(program, subject) : part);
        }
        return text.toString();
    }

    private static String value(Program program, Subject subject) {
        try {
            Object value = program.program().eval(Map.of("self", subject.self()));
            if (value instanceof CelUnknownSet || Unknowns.in(value) != null) {
                return "(not known)";
            }
            return value == NullValue.NULL_VALUE
                    ? "nothing"
                    : Shown.of(Redactor.redact(String.valueOf(value)).text());
        } catch (CelEvaluationException e) {
            return "(not known)";
        }
    }
}
