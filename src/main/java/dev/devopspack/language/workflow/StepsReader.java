package dev.devopspack.language.workflow;

import com.google.re2j.Pattern;
import dev.devopspack.language.Span;
import dev.devopspack.language.workflow.WorkflowProblem.Kind;
import dev.devopspack.language.workflow.expression.Scope;
import dev.devopspack.language.workflow.expression.Type;
import dev.devopspack.language.yaml.YamlFile.Comment;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlNode.Entry;
import dev.devopspack.language.yaml.YamlNode.Mapping;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import dev.devopspack.language.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Reads the steps of a job or of a composite action, in their order: a step sees the ids of those
/// before it.
final class StepsReader {

    /// Of more steps the ids are not told apart any longer. Real jobs have some dozens.
    private static final int MAX_IDS = 500;

    static final Pattern ID = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    private static final List<String> RUN_KEYS =
            List.of(
                    "background",
                    "continue-on-error",
                    "env",
                    "id",
                    "if",
                    "name",
                    "run",
                    "shell",
                    "timeout-minutes",
                    "working-directory");
    private static final List<String> USES_KEYS =
            List.of(
                    "background",
                    "continue-on-error",
                    "env",
                    "id",
                    "if",
                    "name",
                    "timeout-minutes",
                    "uses",
                    "with");

    /// Keys of steps that steer other steps.
    private static final Set<String> CONTROLS = Set.of("wait", "wait-all", "cancel", "parallel");

    private final Reading reading;
    private final Neighbours neighbours;
    private final SharedKeys shared;
    private final boolean composite;
    private final Optional<String> defaultShell;
    private final List<String> labels;
    private final Set<String> ids = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final TreeMap<String, Type> ran = new TreeMap<>();
    private final List<Step> steps = new ArrayList<>();
    private Contexts contexts;
    private boolean open;

    /// @param labels of the runner, as far as they are known
    /// @param composite whether the steps are an action's
    StepsReader(
            Reading reading,
            Neighbours neighbours,
            Contexts contexts,
            Optional<String> defaultShell,
            List<String> labels,
            boolean composite) {
        this.reading = reading;
        this.neighbours = neighbours;
        this.shared = new SharedKeys(reading);
        this.contexts = contexts;
        this.defaultShell = defaultShell;
        this.labels = labels;
        this.composite = composite;
    }

    List<Step> read(YamlNode node) {
        if (!(node instanceof Sequence sequence)) {
            reading.wrongType(node, "steps", "a list of steps");
            return steps;
        }
        if (sequence.items().isEmpty()) {
            reading.syntax(node.span(), "'steps' is empty");
        }
        sequence.items().forEach(item -> reading.mapping(item, "a step").ifPresent(this::step));
        reading.enterStep(null);
        return steps;
    }

    /// The contexts after all steps: what outputs of a job see.
    Contexts contexts() {
        return contexts;
    }

    private void step(Mapping node) {
        boolean isControl = CONTROLS.stream().anyMatch(key -> node.get(key).isPresent());
        if (isControl) {
            node.get("id").ifPresent(this::id);
            node.get("parallel").ifPresent(this::read);
            return;
        }
        Optional<Entry> run = node.entry("run");
        Optional<Entry> uses = node.entry("uses");
        if (run.isEmpty() && uses.isEmpty()) {
            reading.syntax(node.span(), "the step has neither 'run' nor 'uses'");
        } else if (run.isPresent() && uses.isPresent()) {
            reading.syntax(run.get().node().span(), "the step has both 'run' and 'uses'");
        }
        reading.keys(
                node,
                uses.isPresent() ? "a step with 'uses'" : "a step with 'run'",
                uses.isPresent() && run.isEmpty() ? USES_KEYS : both(run, uses));
        Step step = step(node, run, uses);
        steps.add(step);
        reading.enterStep(step);
        check(step, node);
        remember(step);
    }

    private static List<String> both(Optional<Entry> run, Optional<Entry> uses) {
        if (run.isPresent() && uses.isPresent()) {
            List<String> keys = new ArrayList<>(RUN_KEYS);
            keys.addAll(USES_KEYS);
            return keys;
        }
        return RUN_KEYS;
    }

    /// The step as it is written; what is in it is checked afterwards.
    private Step step(Mapping node, Optional<Entry> run, Optional<Entry> uses) {
        return new Step(
                steps.size(),
                text(node, "id"),
                text(node, "name"),
                text(node, "if"),
                uses.flatMap(entry -> entry.value().text().map(text -> reference(entry, text))),
                run.flatMap(entry -> scalar(entry.value())),
                text(node, "shell").or(() -> defaultShell),
                scalars(node.get("with")),
                scalars(node.get("env")),
                node);
    }

    private ActionReference reference(Entry entry, String text) {
        return reference(reading, entry, text);
    }

    static ActionReference reference(Reading reading, Entry entry, String text) {
        Span span = entry.value().span();
        Optional<String> comment =
                reading.file()
                        .commentOn(span.line())
                        .map(Comment::text)
                        .map(written -> written.substring(1).strip());
        return ActionReference.of(text, comment, span);
    }

    private static Optional<String> text(Mapping node, String key) {
        return node.get(key).flatMap(YamlNode::text);
    }

    private static Optional<Scalar> scalar(YamlNode node) {
        return node instanceof Scalar scalar && !scalar.isNull()
                ? Optional.of(scalar)
                : Optional.empty();
    }

    private static Map<String, Scalar> scalars(Optional<YamlNode> node) {
        Map<String, Scalar> scalars = new LinkedHashMap<>();
        node.ifPresent(found ->
                found.entries()
                        .values()
                        .forEach(entry ->
                                scalar(entry.value())
                                        .ifPresent(value -> scalars.put(entry.key(), value))));
        return scalars;
    }

    private void check(Step step, Mapping node) {
        Scope scope = contexts.at(composite ? Place.ACTION_STEP : Place.STEP);
        node.get("id").ifPresent(this::id);
        node.get("name").ifPresent(value -> reading.text(value, "name", scope));
        node.get("if")
                .ifPresent(value ->
                        reading.condition(
                                value,
                                "if",
                                contexts.at(composite ? Place.ACTION_STEP_IF : Place.STEP_IF)));
        node.get("env").ifPresent(value -> shared.env(value, scope));
        node.get("run")
                .flatMap(value -> reading.filledText(value, "run", scope))
                .ifPresent(script -> DeprecatedCommands.check(reading, script));
        node.get("shell")
                .flatMap(value -> reading.filledText(value, "shell", scope))
                .ifPresent(shell -> Shells.check(reading, shell, labels));
        if (composite && node.get("run").isPresent() && node.get("shell").isEmpty()) {
            reading.syntax(node.span(), "a step of an action with 'run' has no 'shell'");
        }
        node.get("working-directory")
                .ifPresent(value -> reading.filledText(value, "working-directory", scope));
        node.get("continue-on-error")
                .ifPresent(value -> reading.bool(value, "continue-on-error", scope));
        node.get("timeout-minutes")
                .ifPresent(value -> reading.number(value, "timeout-minutes", scope));
        node.get("uses").ifPresent(value -> reading.plainText(value, "uses"));
        node.get("with").ifPresent(value -> with(value, scope));
        step.uses().ifPresent(uses -> uses(uses, step, node));
    }

    private void with(YamlNode node, Scope scope) {
        if (Reading.isExpression(node)) {
            reading.structure((Scalar) node, "with", scope);
            return;
        }
        reading.mapping(node, "with")
                .ifPresent(mapping ->
                        mapping.entries()
                                .values()
                                .forEach(input ->
                                        reading.text(input.value(), "with", input.key(), scope)));
    }

    private void uses(ActionReference uses, Step step, Mapping node) {
        boolean isTemplate = Template.isIn(uses.text());
        boolean lacksTag =
                uses.kind() == ActionReference.Kind.IMAGE
                        && (uses.name().isBlank()
                                || uses.ref().filter(String::isBlank).isPresent());
        boolean lacksRef =
                (uses.kind() == ActionReference.Kind.REPOSITORY && uses.ref().isEmpty())
                        || uses.kind() == ActionReference.Kind.UNREADABLE;
        if (isTemplate) {
            reading.syntax(uses.span(), "'uses' takes no expression");
        } else if (lacksTag) {
            reading.problem(
                    Kind.ACTION,
                    uses.span(),
                    "'" + Reading.shortened(uses.text()) + "' names no image or an empty tag");
        } else if (lacksRef) {
            reading.problem(
                    Kind.ACTION,
                    uses.span(),
                    "'"
                            + Reading.shortened(uses.text())
                            + "' names no action; write 'owner/repository@ref', './path' or"
                            + " 'docker://image'");
        }
        boolean isLocal =
                uses.kind() == ActionReference.Kind.LOCAL
                        || uses.kind() == ActionReference.Kind.SELF;
        boolean opaqueInputs = node.get("with").filter(Reading::isExpression).isPresent();
        Optional<Map<String, Neighbours.Declared>> inputs =
                isLocal
                        ? neighbours.action(uses.text()).map(Neighbours.Interface::inputs)
                        : Optional.empty();
        if (inputs.isPresent() && !opaqueInputs) {
            localInputs(uses, inputs.get(), step);
        }
        if (!isLocal) {
            ActionCatalog.check(reading, uses, step, opaqueInputs);
        }
    }

    private void localInputs(
            ActionReference uses, Map<String, Neighbours.Declared> inputs, Step step) {
        step.with()
                .forEach((name, value) -> {
                    if (!inputs.containsKey(name)) {
                        ActionCatalog.unknownInput(reading, uses, name, step, inputs.keySet());
                    }
                });
        inputs.forEach((name, declared) -> {
            if (declared.required()
                    && step.with().keySet().stream().noneMatch(name::equalsIgnoreCase)) {
                ActionCatalog.missingInput(reading, uses, name);
            }
        });
    }

    private void id(YamlNode node) {
        Optional<Scalar> id = reading.plainText(node, "id");
        if (id.isEmpty() || Template.isIn(id.get().content())) {
            return;
        }
        String name = id.get().content();
        if (!ID.matcher(name).matches()) {
            reading.problem(Kind.ID, node.span(), idProblem("step", name));
        } else if (!ids.add(name)) {
            reading.problem(
                    Kind.ID, node.span(), "two steps of the job have the id '" + name + "'");
        }
    }

    static String idProblem(String what, String id) {
        return "'"
                + Reading.shortened(id)
                + "' is no id of a "
                + what
                + "; it begins with a letter or '_' and has letters, digits, '-' and '_'";
    }

    private void remember(Step step) {
        if (step.id().isEmpty()) {
            return;
        }
        String id = step.id().get();
        open |= Template.isIn(id) || ran.size() >= MAX_IDS;
        if (ran.size() < MAX_IDS) {
            ran.put(id.toLowerCase(java.util.Locale.ROOT), ContextTypes.step(outputs(step)));
            contexts = contexts.with("steps", new Type.ObjectOf(ran, open ? Type.ANY : null));
        }
    }

    private Type outputs(Step step) {
        if (step.uses().isEmpty()) {
            return Type.anyOf(Type.TEXT);
        }
        ActionReference uses = step.uses().get();
        return switch (uses.kind()) {
            case LOCAL, SELF ->
                    neighbours
                            .action(uses.text())
                            .<Type>map(found -> Type.only(found.outputs()))
                            .orElse(Type.anyOf(Type.TEXT));
            case REPOSITORY ->
                    ActionCatalog.outputs(uses)
                            .<Type>map(names -> ContextTypes.texts(names.toArray(String[]::new)))
                            .orElse(Type.anyOf(Type.TEXT));
            case IMAGE, UNREADABLE -> Type.anyOf(Type.TEXT);
        };
    }
}
