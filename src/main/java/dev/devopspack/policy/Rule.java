package dev.devopspack.policy;

import dev.devopspack.change.Digest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One check: what it judges, what must hold, and how to mend what does not.
///
/// @param id for example `DP-AWS-EKS-001`; never used again for another meaning
/// @param title the state that the rule wants
/// @param why what happens to somebody who leaves it as it is
/// @param subjects the kinds of things it judges, for example `terraform/aws_eks_cluster`
/// @param applies a CEL condition that says whether it applies to a subject, where it does not to
///   all
/// @param requires the CEL condition that must hold
/// @param message what a finding says, with `{expression}` where a value belongs
/// @param mend the next thing to type
/// @param source where to read more
/// @param controls ids per framework, for example `nist-800-53` to `AC-3`
/// @param aliases ids of other tools' checks for the same, per tool
/// @param parameters what of it somebody may set, by name
/// @param fix its mechanical mend, where it has one
/// @param file the file it was read from
/// @param digest of that file's bytes
public record Rule(
        String id,
        String title,
        String why,
        Severity severity,
        List<String> subjects,
        @Nullable Expression applies,
        Expression requires,
        MessageTemplate message,
        String mend,
        @Nullable String source,
        Map<String, List<String>> controls,
        Map<String, List<String>> aliases,
        List<Example> examples,
        Map<String, RuleParameter> parameters,
        @Nullable Fix fix,
        String file,
        Digest digest) {

    public Rule {
        subjects = List.copyOf(subjects);
        controls = Collections.unmodifiableMap(new LinkedHashMap<>(controls));
        aliases = Collections.unmodifiableMap(new LinkedHashMap<>(aliases));
        examples = List.copyOf(examples);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /// A CEL expression with the place it stands at, so that its mistakes can be shown there.
    ///
    /// @param line of the expression's first character, from 1
    public record Expression(String text, String file, int line, int column) {}

    /// A file for which the rule is known to hold or not to hold: the rule's own test.
    ///
    /// @param line of the rule's file at which its text begins, from 1
    /// @param findings the lines and messages that are expected; empty for one that passes
    /// @param values what it sets of the rule's parameters
    public record Example(
            int line,
            boolean passes,
            String file,
            String text,
            List<String> findings,
            Map<String, Object> values) {
        public Example {
            findings = List.copyOf(findings);
            values = Map.copyOf(values);
        }

        /// Of no rule's file, with the parameters as they are without a word.
        Example(boolean passes, String file, String text, List<String> findings) {
            this(1, passes, file, text, findings, Map.of());
        }
    }

    public Optional<Expression> applicability() {
        return Optional.ofNullable(applies);
    }

    public Optional<Fix> mechanicalMend() {
        return Optional.ofNullable(fix);
    }

    /// Whether `name` is this rule's id or the id of another tool's check for the same.
    public boolean answersTo(String name) {
        return id.equalsIgnoreCase(name)
                || aliases.values().stream()
                        .anyMatch(ids -> ids.stream().anyMatch(name::equalsIgnoreCase));
    }
}
