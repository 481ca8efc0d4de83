package dev.devopspack.language.workflow;

import com.google.re2j.Pattern;
import dev.devopspack.language.workflow.Neighbours.Declared;
import dev.devopspack.language.workflow.Neighbours.Interface;
import dev.devopspack.language.workflow.WorkflowProblem.Kind;
import dev.devopspack.language.workflow.expression.Scope;
import dev.devopspack.language.workflow.expression.Suggestion;
import dev.devopspack.language.workflow.expression.Type;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlNode.Entry;
import dev.devopspack.language.yaml.YamlNode.Mapping;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import java.util.Map;
import java.util.Optional;

/// Checks the call of a reusable workflow, against what it declares where it is among the files.
final class CallChecker {

    private static final Pattern REMOTE =
            Pattern.compile("[A-Za-z0-9][\\w.-]*/[\\w.-]+/[^@\\s]+@\\S+");
    private static final Pattern LOCAL = Pattern.compile("[.$]/[^@\\s]+");

    private final Reading reading;
    private final Neighbours neighbours;
    private final Contexts contexts;

    CallChecker(Reading reading, Neighbours neighbours, Contexts contexts) {
        this.reading = reading;
        this.neighbours = neighbours;
        this.contexts = contexts;
    }

    void check(ActionReference called, Mapping job) {
        boolean isWellFormed =
                LOCAL.matcher(called.text()).matches() || REMOTE.matcher(called.text()).matches();
        if (!isWellFormed) {
            reading.problem(
                    Kind.CALL,
                    called.span(),
                    "'"
                            + Reading.shortened(called.text())
                            + "' names no workflow; write"
                            + " 'owner/repository/path/to/workflow.yml@ref' or './path/to/workflow.yml'");
        }
        boolean isLocal =
                called.kind() == ActionReference.Kind.LOCAL
                        || called.kind() == ActionReference.Kind.SELF;
        Optional<Interface> declared =
                isLocal ? neighbours.workflow(called.text()) : Optional.empty();
        with(job, declared);
        secrets(job, declared);
        declared.ifPresent(found -> missing(called, job, found));
    }

    private void with(Mapping job, Optional<Interface> declared) {
        Scope scope = contexts.at(Place.JOB_WITH);
        Optional<YamlNode> node = job.get("with");
        if (node.isEmpty() || !(node.get() instanceof Mapping)) {
            node.filter(Scalar.class::isInstance)
                    .ifPresent(value -> reading.wrongType(value, "with", "a mapping"));
            return;
        }
        for (Entry input : node.get().entries().values()) {
            Optional<Scalar> value = reading.text(input.value(), "with", input.key(), scope);
            if (declared.isPresent()) {
                Declared known = declared.get().inputs().get(input.key());
                if (known == null) {
                    unknown("input", input, declared.get().inputs());
                } else {
                    value.ifPresent(given -> type(given, known.type(), input.key()));
                }
            }
        }
    }

    private void unknown(String what, Entry given, Map<String, Declared> declared) {
        reading.problem(
                Kind.CALL,
                given.node().span(),
                "the workflow has no "
                        + what
                        + " '"
                        + Reading.shortened(given.key())
                        + "'"
                        + Suggestion.mend(given.key(), declared.keySet()));
    }

    private void type(Scalar given, Type wanted, String input) {
        if (wanted == Type.ANY || wanted == Type.TEXT || Template.isIn(given.content())) {
            return;
        }
        boolean fits =
                wanted == Type.BOOL
                        ? given.value() instanceof Boolean
                        : given.value() instanceof Number;
        if (!fits) {
            reading.problem(
                    Kind.CALL,
                    given.span(),
                    "the input '"
                            + input
                            + "' is "
                            + wanted.shown()
                            + ", not "
                            + Reading.shown(given));
        }
    }

    private void secrets(Mapping job, Optional<Interface> declared) {
        Optional<YamlNode> node = job.get("secrets");
        if (node.isEmpty()) {
            return;
        }
        if (node.get() instanceof Scalar scalar) {
            if (!scalar.content().equals("inherit")) {
                reading.wrongType(scalar, "secrets", "'inherit' or a mapping");
            }
            return;
        }
        Scope scope = contexts.at(Place.JOB_SECRETS);
        for (Entry secret : node.get().entries().values()) {
            reading.text(secret.value(), "secrets", secret.key(), scope);
            Optional<Map<String, Declared>> known = declared.flatMap(Interface::secrets);
            if (known.isPresent() && !known.get().containsKey(secret.key())) {
                unknown("secret", secret, known.get());
            }
        }
    }

    private void missing(ActionReference called, Mapping job, Interface declared) {
        declared.inputs()
                .forEach((name, input) -> {
                    if (input.required() && !has(job.get("with"), name)) {
                        reading.problem(
                                Kind.CALL,
                                called.span(),
                                "the workflow needs the input '" + name + "'");
                    }
                });
        boolean inherits = job.get("secrets").filter(Scalar.class::isInstance).isPresent();
        declared.secrets()
                .orElse(Map.of())
                .forEach((name, secret) -> {
                    if (secret.required() && !inherits && !has(job.get("secrets"), name)) {
                        reading.problem(
                                Kind.CALL,
                                called.span(),
                                "the workflow needs the secret '" + name + "'");
                    }
                });
    }

    private static boolean has(Optional<YamlNode> node, String name) {
        return node.isPresent()
                && node.get().entries().keySet().stream().anyMatch(name::equalsIgnoreCase);
    }
}
