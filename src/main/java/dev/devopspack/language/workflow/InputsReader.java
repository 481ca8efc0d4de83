package dev.devopspack.language.workflow;

import dev.devopspack.language.workflow.WorkflowProblem.Kind;
import dev.devopspack.language.workflow.expression.Scope;
import dev.devopspack.language.workflow.expression.Suggestion;
import dev.devopspack.language.workflow.expression.Type;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlNode.Entry;
import dev.devopspack.language.yaml.YamlNode.Mapping;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import dev.devopspack.language.yaml.YamlNode.Sequence;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads what a workflow takes when a person or another workflow starts it.
final class InputsReader {

    /// GitHub shows no more in its form.
    private static final int MAX_DISPATCH_INPUTS = 25;

    private static final List<String> DISPATCH_TYPES =
            List.of("boolean", "choice", "environment", "number", "string");
    private static final List<String> CALL_TYPES = List.of("boolean", "number", "string");
    private static final Scope NO_SCOPE =
            new Scope(Map.of(), Set.of(), "a 'workflow_dispatch' input");

    private final Reading reading;
    private final Map<String, Type> inputs = new TreeMap<>();
    private final Map<String, Type> dispatched = new TreeMap<>();
    private @Nullable Set<String> secrets;
    private @Nullable Mapping outputs;

    InputsReader(Reading reading) {
        this.reading = reading;
    }

    /// The context `inputs`.
    Type.ObjectOf inputs() {
        return Type.only(inputs);
    }

    /// `github.event.inputs`, where every value is a string; empty where nobody starts the workflow
    /// by hand.
    Optional<Type.ObjectOf> dispatched() {
        return dispatched.isEmpty() ? Optional.empty() : Optional.of(Type.only(dispatched));
    }

    /// The secrets that a caller gives, where the workflow declares them.
    Optional<Set<String>> secrets() {
        return Optional.ofNullable(secrets);
    }

    void readDispatch(Mapping dispatch) {
        reading.keys(dispatch, "'workflow_dispatch'", List.of("inputs"));
        Optional<YamlNode> node = dispatch.get("inputs");
        Optional<Mapping> mapping = node.flatMap(n -> reading.mappingOrNothing(n, "inputs"));
        if (mapping.isEmpty()) {
            return;
        }
        reading.distinct(mapping.get(), "'inputs'");
        if (mapping.get().entries().size() > MAX_DISPATCH_INPUTS) {
            reading.problem(
                    Kind.EVENT,
                    mapping.get().span(),
                    "'workflow_dispatch' has "
                            + mapping.get().entries().size()
                            + " inputs; GitHub takes at most "
                            + MAX_DISPATCH_INPUTS);
        }
        mapping.get().entries().values().forEach(this::dispatchInput);
    }

    private void dispatchInput(Entry input) {
        dispatched.put(input.key(), Type.TEXT);
        Optional<Mapping> mapping = reading.mappingOrNothing(input.value(), input.key());
        if (mapping.isEmpty()) {
            inputs.put(input.key(), Type.ANY);
            return;
        }
        reading.keys(
                mapping.get(),
                "an input",
                List.of(
                        "description",
                        "required",
                        "default",
                        "type",
                        "options",
                        "deprecationMessage"));
        String type = type(mapping.get(), DISPATCH_TYPES).orElse("");
        mapping.get().get("required").ifPresent(node -> reading.bool(node, "required", NO_SCOPE));
        Set<String> options = options(mapping.get(), input, type);
        mapping.get()
                .get("default")
                .flatMap(node -> reading.text(node, "default", NO_SCOPE))
                .ifPresent(value -> checkDefault(value, type, options, input.key()));
        inputs.put(input.key(), type.isEmpty() ? Type.ANY : typeOf(type));
    }

    private Optional<String> type(Mapping input, List<String> known) {
        Optional<Scalar> type = input.get("type").flatMap(node -> reading.plainText(node, "type"));
        type.filter(text -> !known.contains(text.content()))
                .ifPresent(text ->
                        reading.syntax(
                                text.span(),
                                "an input has no type '"
                                        + Reading.shortened(text.content())
                                        + "'"
                                        + Suggestion.mend(text.content(), known)));
        return type.map(Scalar::content).filter(known::contains);
    }

    private static Type typeOf(String type) {
        return switch (type) {
            case "boolean" -> Type.BOOL;
            case "number" -> Type.NUMBER;
            default -> Type.TEXT;
        };
    }

    private Set<String> options(Mapping input, Entry named, String type) {
        Optional<YamlNode> node = input.get("options");
        Set<String> options = new LinkedHashSet<>();
        if (node.isPresent()) {
            if (node.get() instanceof Sequence sequence && sequence.items().isEmpty()) {
                reading.syntax(node.get().span(), "'options' is empty");
            }
            for (Scalar option :
                    node.get() instanceof Sequence s && s.items().isEmpty()
                            ? List.<Scalar>of()
                            : reading.plainTexts(node.get(), "options")) {
                if (!options.add(option.content())) {
                    reading.problem(
                            Kind.EVENT,
                            option.span(),
                            "the option '"
                                    + Reading.shortened(option.content())
                                    + "' stands twice");
                }
            }
        }
        if (type.equals("choice") && options.isEmpty()) {
            reading.problem(
                    Kind.EVENT,
                    named.node().span(),
                    "the input '" + named.key() + "' is a choice and has no 'options'");
        }
        if (!type.equals("choice") && node.isPresent()) {
            reading.problem(
                    Kind.EVENT,
                    named.node().span(),
                    "the input '"
                            + named.key()
                            + "' has 'options' and is no choice; add 'type: choice'");
        }
        return options;
    }

    private void checkDefault(Scalar value, String type, Set<String> options, String input) {
        boolean fits =
                switch (type) {
                    case "boolean" ->
                            value.content().equals("true") || value.content().equals("false");
                    case "number" -> isNumber(value.content());
                    case "choice" -> options.isEmpty() || options.contains(value.content());
                    default -> true;
                };
        if (!fits) {
            reading.problem(
                    Kind.EVENT,
                    value.span(),
                    "the default '"
                            + Reading.shortened(value.content())
                            + "' of the input '"
                            + input
                            + "' is "
                            + (type.equals("choice") ? "none of its options" : "no " + type));
        }
    }

    private static boolean isNumber(String text) {
        try {
            Double.parseDouble(text);
            return text.length() < 64;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    void readCall(Mapping call) {
        reading.keys(call, "'workflow_call'", List.of("inputs", "secrets", "outputs"));
        call.get("inputs")
                .flatMap(node -> reading.mappingOrNothing(node, "inputs"))
                .ifPresent(mapping -> {
                    reading.distinct(mapping, "'inputs'");
                    mapping.entries().values().forEach(this::callInput);
                });
        call.get("secrets")
                .flatMap(node -> reading.mappingOrNothing(node, "secrets"))
                .ifPresent(mapping -> {
                    Set<String> names = new LinkedHashSet<>();
                    for (Entry secret : mapping.entries().values()) {
                        names.add(secret.key());
                        reading.mappingOrNothing(secret.value(), secret.key())
                                .ifPresent(declared -> {
                                    reading.keys(
                                            declared,
                                            "a secret",
                                            List.of("description", "required"));
                                    declared.get("required")
                                            .ifPresent(node ->
                                                    reading.bool(node, "required", NO_SCOPE));
                                });
                    }
                    secrets = names;
                });
        call.get("outputs")
                .flatMap(node -> reading.mappingOrNothing(node, "outputs"))
                .ifPresent(mapping -> {
                    outputs = mapping;
                    for (Entry output : mapping.entries().values()) {
                        if (output.value().get("value").isEmpty()) {
                            reading.syntax(
                                    output.node().span(),
                                    "the output '" + output.key() + "' has no 'value'");
                        }
                    }
                });
    }

    private void callInput(Entry input) {
        if (!(input.value() instanceof Mapping mapping)) {
            reading.syntax(input.node().span(), "the input '" + input.key() + "' has no 'type'");
            inputs.put(input.key(), Type.ANY);
            return;
        }
        reading.keys(
                mapping,
                "an input",
                List.of("description", "required", "default", "type", "deprecationMessage"));
        if (mapping.get("type").isEmpty()) {
            reading.syntax(input.node().span(), "the input '" + input.key() + "' has no 'type'");
        }
        String type = type(mapping, CALL_TYPES).orElse("");
        mapping.get("required").ifPresent(node -> reading.bool(node, "required", NO_SCOPE));
        mapping.get("default").ifPresent(node -> callDefault(node, type, input.key()));
        boolean isRequired =
                mapping.get("required").flatMap(YamlNode::text).filter("true"::equals).isPresent();
        if (isRequired && mapping.get("default").isPresent()) {
            reading.problem(
                    Kind.EVENT,
                    input.node().span(),
                    "the input '"
                            + input.key()
                            + "' is required, so that its default is never used");
        }
        // A default sees the inputs before it, so this one comes after it is read.
        inputs.put(input.key(), type.isEmpty() ? Type.ANY : typeOf(type));
    }

    private void callDefault(YamlNode node, String type, String input) {
        Map<String, Type> known = new LinkedHashMap<>();
        known.put("github", ContextTypes.github(Type.ANY));
        known.put("vars", ContextTypes.VARS);
        known.put("inputs", inputs());
        Scope scope = new Scope(known, Set.of(), Place.CALL_INPUT_DEFAULT.key());
        if (!Reading.isExpression(node)) {
            reading.text(node, "default", scope)
                    .ifPresent(value -> checkDefault(value, type, Set.of(), input));
            return;
        }
        Type given = reading.template((Scalar) node, "default", "", scope, true);
        boolean fits =
                given == Type.ANY
                        || type.isEmpty()
                        || type.equals("string")
                        || given == typeOf(type);
        if (!fits) {
            reading.problem(
                    Kind.EXPRESSION,
                    node.span(),
                    "the input '"
                            + input
                            + "' is a "
                            + type
                            + ", and its default is "
                            + given.shown());
        }
    }

    /// Checks the outputs for callers by what the jobs give.
    void checkOutputs(Scope scope) {
        if (outputs == null) {
            return;
        }
        for (Entry output : outputs.entries().values()) {
            if (output.value() instanceof Mapping mapping) {
                reading.keys(mapping, "an output", List.of("description", "value"));
                mapping.get("value").ifPresent(value -> reading.text(value, "value", scope));
            }
        }
    }
}
