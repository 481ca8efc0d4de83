package dev.devopspack.language.workflow;

import dev.devopspack.language.workflow.WorkflowProblem.Kind;
import dev.devopspack.language.workflow.expression.Scope;
import dev.devopspack.language.workflow.expression.Type;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlNode.Entry;
import dev.devopspack.language.yaml.YamlNode.Mapping;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import dev.devopspack.language.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Reads one job.
final class JobReader {

    private static final List<String> KEYS =
            List.of(
                    "cancel-timeout-minutes",
                    "concurrency",
                    "container",
                    "continue-on-error",
                    "defaults",
                    "env",
                    "environment",
                    "if",
                    "name",
                    "needs",
                    "outputs",
                    "permissions",
                    "runs-on",
                    "services",
                    "snapshot",
                    "steps",
                    "strategy",
                    "timeout-minutes");
    private static final List<String> CALL_KEYS =
            List.of(
                    "concurrency",
                    "if",
                    "name",
                    "needs",
                    "permissions",
                    "secrets",
                    "strategy",
                    "uses",
                    "with");

    private final Reading reading;
    private final Neighbours neighbours;
    private final SharedKeys shared;
    private final Map<String, Type> finished;
    private final Optional<String> defaultShell;
    private final Entry entry;
    private Contexts contexts;

    /// @param finished what the context `needs` holds of each job, by its id in lower case
    JobReader(
            Reading reading,
            Neighbours neighbours,
            Contexts contexts,
            Map<String, Type> finished,
            Optional<String> defaultShell,
            Entry entry) {
        this.reading = reading;
        this.neighbours = neighbours;
        this.shared = new SharedKeys(reading);
        this.contexts = contexts;
        this.finished = finished;
        this.defaultShell = defaultShell;
        this.entry = entry;
    }

    Optional<Job> read() {
        reading.enterJob(entry.key());
        if (!StepsReader.ID.matcher(entry.key()).matches()) {
            reading.problem(
                    Kind.ID, entry.node().span(), StepsReader.idProblem("job", entry.key()));
        }
        Optional<Job> job =
                reading.mapping(entry.value(), "job '" + Reading.shortened(entry.key()) + "'")
                        .map(this::job);
        reading.enterJob(null);
        return job;
    }

    private Job job(Mapping node) {
        boolean isCall = node.get("uses").isPresent();
        keys(node, isCall);
        List<String> needs = needs(node);
        contexts = contexts.with("needs", needed(needs));
        node.get("if")
                .ifPresent(value -> reading.condition(value, "if", contexts.at(Place.JOB_IF)));
        Optional<YamlNode> matrix = strategy(node);
        Optional<String> name = text(node, "name", Place.JOB_NAME).map(Scalar::content);
        Optional<Permissions> permissions = node.entry("permissions").map(shared::permissions);
        Optional<Concurrency> concurrency =
                node.entry("concurrency")
                        .flatMap(e -> shared.concurrency(e, contexts.at(Place.JOB_CONCURRENCY)));
        List<Scalar> labels = new ArrayList<>();
        Optional<String> group = runsOn(node, labels, matrix);
        Map<String, Scalar> env =
                node.get("env")
                        .map(value -> shared.env(value, contexts.at(Place.JOB_ENV)))
                        .orElse(Map.of());
        ImagesReader images = new ImagesReader(reading, contexts);
        node.entry("container").ifPresent(images::container);
        node.entry("services").ifPresent(images::services);
        limits(node);
        List<String> literal = literal(labels);
        List<Step> steps = isCall ? List.of() : steps(node, literal);
        Optional<String> environment = environment(node);
        Optional<ActionReference> calls = isCall ? call(node) : Optional.empty();
        return new Job(
                entry.key(),
                entry.node().span(),
                name,
                needs,
                node.get("if").flatMap(YamlNode::text),
                labels.stream().map(Scalar::content).toList(),
                group,
                permissions,
                environment,
                concurrency,
                env,
                images.images(),
                calls,
                node.get("secrets").flatMap(YamlNode::text).filter("inherit"::equals).isPresent(),
                matrix,
                steps,
                node);
    }

    private static List<String> literal(List<Scalar> labels) {
        return labels.stream().map(Scalar::content).filter(l -> !Template.isIn(l)).toList();
    }

    private void keys(Mapping node, boolean isCall) {
        if (isCall) {
            reading.keys(node, "a job that calls a workflow", CALL_KEYS);
            return;
        }
        for (String key : List.of("with", "secrets")) {
            node.entry(key)
                    .ifPresent(e ->
                            reading.syntax(
                                    e.node().span(),
                                    "'"
                                            + key
                                            + "' is for a job that calls a workflow with 'uses'"));
        }
        List<String> known = new ArrayList<>(KEYS);
        known.addAll(List.of("with", "secrets"));
        reading.keys(node, "a job", known);
        for (String key : List.of("runs-on", "steps")) {
            if (node.get(key).isEmpty()) {
                reading.syntax(
                        entry.node().span(),
                        "the job '" + Reading.shortened(entry.key()) + "' has no '" + key + "'");
            }
        }
    }

    private Optional<Scalar> text(Mapping node, String key, Place place) {
        return node.get(key).flatMap(value -> reading.text(value, key, contexts.at(place)));
    }

    private List<String> needs(Mapping node) {
        Optional<YamlNode> value = node.get("needs");
        if (value.isEmpty()) {
            return List.of();
        }
        Set<String> needs = new LinkedHashSet<>();
        for (Scalar id : reading.plainTexts(value.get(), "needs")) {
            String lower = lower(id.content());
            if (!finished.containsKey(lower)) {
                reading.problem(
                        Kind.NEEDS,
                        id.span(),
                        "there is no job '" + Reading.shortened(id.content()) + "' to wait for");
            } else if (!needs.add(lower)) {
                reading.problem(
                        Kind.NEEDS, id.span(), "the job '" + id.content() + "' stands twice");
            }
        }
        return List.copyOf(needs);
    }

    private static String lower(String id) {
        return id.toLowerCase(java.util.Locale.ROOT);
    }

    private Type needed(List<String> needs) {
        TreeMap<String, Type> types = new TreeMap<>();
        needs.forEach(id -> types.put(id, finished.getOrDefault(id, Type.ANY)));
        return Type.only(types);
    }

    private Optional<YamlNode> strategy(Mapping node) {
        Optional<YamlNode> strategy = node.get("strategy");
        Scope scope = contexts.at(Place.JOB_STRATEGY);
        if (strategy.isPresent() && Reading.isExpression(strategy.get())) {
            reading.structure((Scalar) strategy.get(), "strategy", scope);
            contexts = contexts.with("matrix", Type.anyOf(Type.ANY));
            return Optional.empty();
        }
        Optional<Mapping> mapping = strategy.flatMap(s -> reading.mapping(s, "strategy"));
        if (mapping.isEmpty()) {
            return Optional.empty();
        }
        reading.keys(mapping.get(), "'strategy'", List.of("matrix", "fail-fast", "max-parallel"));
        mapping.get().get("fail-fast").ifPresent(v -> reading.bool(v, "fail-fast", scope));
        mapping.get().get("max-parallel").ifPresent(v -> reading.number(v, "max-parallel", scope));
        Optional<YamlNode> matrix = mapping.get().get("matrix");
        matrix.ifPresent(found ->
                contexts = contexts.with("matrix", new MatrixReader(reading, scope).read(found)));
        return matrix;
    }

    private Optional<String> runsOn(Mapping node, List<Scalar> labels, Optional<YamlNode> matrix) {
        Optional<YamlNode> value = node.get("runs-on");
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Scope scope = contexts.at(Place.JOB_RUNS_ON);
        Optional<String> group = Optional.empty();
        if (value.get() instanceof Mapping mapping) {
            reading.keys(mapping, "'runs-on'", List.of("group", "labels"));
            group =
                    mapping.get("group")
                            .flatMap(v -> reading.filledText(v, "group", scope))
                            .map(Scalar::content);
            mapping.get("labels").ifPresent(v -> labels.addAll(labels(v, "labels", scope)));
        } else {
            labels.addAll(labels(value.get(), "runs-on", scope));
        }
        Runners.check(reading, labels);
        labelsOfMatrix(labels, matrix);
        return group;
    }

    private List<Scalar> labels(YamlNode node, String key, Scope scope) {
        if (!Reading.isExpression(node)) {
            return reading.texts(node, key, scope);
        }
        Scalar scalar = (Scalar) node;
        Type type = reading.structure(scalar, key, scope);
        if (type == Type.NULL || type == Type.BOOL) {
            reading.problem(
                    Kind.EXPRESSION,
                    node.span(),
                    "'" + key + "' takes labels, and the expression gives " + type.shown());
        }
        return List.of(scalar);
    }

    /// `runs-on: ${{ matrix.os }}` takes its labels from there.
    private void labelsOfMatrix(List<Scalar> labels, Optional<YamlNode> matrix) {
        if (labels.size() != 1 || matrix.isEmpty()) {
            return;
        }
        String text = labels.getFirst().content().replaceAll("[ \\t]", "");
        if (!text.startsWith("${{matrix.") || !text.endsWith("}}")) {
            return;
        }
        String row = text.substring("${{matrix.".length(), text.length() - 2);
        matrix.get().get(row).ifPresent(values -> checkLabels(values.items()));
        for (YamlNode item : matrix.get().get("include").map(YamlNode::items).orElse(List.of())) {
            item.get(row).ifPresent(value -> checkLabels(List.of(value)));
        }
    }

    private void checkLabels(List<YamlNode> values) {
        for (YamlNode value : values) {
            if (value instanceof Scalar label && !label.isNull()) {
                Runners.checkKnown(reading, label);
            }
        }
    }

    private void limits(Mapping node) {
        Scope timeout = contexts.at(Place.JOB_TIMEOUT);
        for (String key : List.of("timeout-minutes", "cancel-timeout-minutes")) {
            node.get(key).ifPresent(value -> reading.number(value, key, timeout));
        }
        node.get("continue-on-error")
                .ifPresent(value ->
                        reading.bool(
                                value,
                                "continue-on-error",
                                contexts.at(Place.JOB_CONTINUE_ON_ERROR)));
        node.get("snapshot")
                .filter(value -> value instanceof Scalar)
                .ifPresent(value ->
                        reading.filledText(value, "snapshot", contexts.at(Place.JOB_SNAPSHOT)));
    }

    private List<Step> steps(Mapping node, List<String> labels) {
        Optional<String> shell =
                node.entry("defaults")
                        .flatMap(e -> shared.defaults(e, contexts.at(Place.JOB_DEFAULTS_RUN)))
                        .or(() -> defaultShell);
        if (node.get("steps").isEmpty()) {
            return List.of();
        }
        StepsReader reader = new StepsReader(reading, neighbours, contexts, shell, labels, false);
        List<Step> steps = reader.read(node.get("steps").get());
        contexts = reader.contexts();
        node.get("outputs").ifPresent(this::outputs);
        return steps;
    }

    private void outputs(YamlNode node) {
        Scope scope = contexts.at(Place.JOB_OUTPUTS);
        reading.mapping(node, "outputs")
                .ifPresent(outputs -> {
                    reading.distinct(outputs, "'outputs'");
                    outputs.entries()
                            .values()
                            .forEach(output ->
                                    reading.text(output.value(), "outputs", output.key(), scope));
                });
    }

    private Optional<String> environment(Mapping node) {
        Optional<Entry> environment = node.entry("environment");
        if (environment.isEmpty()) {
            return Optional.empty();
        }
        Scope scope = contexts.at(Place.JOB_ENVIRONMENT);
        if (!(environment.get().value() instanceof Mapping mapping)) {
            return reading.text(environment.get().value(), "environment", scope)
                    .map(Scalar::content);
        }
        reading.keys(mapping, "'environment'", List.of("name", "url", "deployment"));
        if (mapping.get("name").isEmpty()) {
            reading.syntax(environment.get().node().span(), "'environment' has no 'name'");
        }
        mapping.get("url")
                .ifPresent(v -> reading.text(v, "url", contexts.at(Place.JOB_ENVIRONMENT_URL)));
        mapping.get("deployment").ifPresent(v -> reading.bool(v, "deployment", scope));
        return mapping.get("name")
                .flatMap(v -> reading.filledText(v, "name", scope))
                .map(Scalar::content);
    }

    private Optional<ActionReference> call(Mapping node) {
        Entry uses = node.entry("uses").orElseThrow();
        Optional<ActionReference> reference =
                reading.plainText(uses.value(), "uses")
                        .map(text -> StepsReader.reference(reading, uses, text.content()));
        reference.ifPresent(
                called -> new CallChecker(reading, neighbours, contexts).check(called, node));
        if (node.get("with").filter(Sequence.class::isInstance).isPresent()) {
            reading.wrongType(node.get("with").orElseThrow(), "with", "a mapping");
        }
        return reference;
    }
}
