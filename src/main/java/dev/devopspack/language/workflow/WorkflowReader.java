package dev.devopspack.language.workflow;

import dev.devopspack.language.Span;
import dev.devopspack.language.workflow.expression.Type;
import dev.devopspack.language.yaml.YamlFile;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlNode.Entry;
import dev.devopspack.language.yaml.YamlNode.Mapping;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Reads a workflow.
final class WorkflowReader {

    private static final List<String> KEYS =
            List.of(
                    "concurrency",
                    "defaults",
                    "env",
                    "jobs",
                    "name",
                    "on",
                    "permissions",
                    "run-name");

    private final Reading reading;
    private final Neighbours neighbours;
    private final SharedKeys shared;
    private final InputsReader inputs;

    private WorkflowReader(YamlFile file, Neighbours neighbours) {
        this.reading = new Reading(file);
        this.neighbours = neighbours;
        this.shared = new SharedKeys(reading);
        this.inputs = new InputsReader(reading);
    }

    static Workflow read(YamlFile file, Mapping root, Neighbours neighbours) {
        return new WorkflowReader(file, neighbours).workflow(root);
    }

    private Workflow workflow(Mapping root) {
        reading.keys(root, "a workflow", KEYS);
        Optional<Entry> on = root.entry("on");
        List<Trigger> triggers = on.map(e -> triggers(e.value())).orElse(List.of());
        if (on.isEmpty()) {
            reading.syntax(Span.START, "the workflow has no 'on'");
        }
        Contexts contexts = contexts(triggers);
        Optional<String> name =
                root.get("name")
                        .flatMap(node -> reading.text(node, "name", contexts.at(Place.NOWHERE)))
                        .flatMap(Scalar::text);
        root.get("run-name")
                .ifPresent(node -> reading.text(node, "run-name", contexts.at(Place.RUN_NAME)));
        Optional<Permissions> permissions = root.entry("permissions").map(shared::permissions);
        Optional<Concurrency> concurrency =
                root.entry("concurrency")
                        .flatMap(e -> shared.concurrency(e, contexts.at(Place.CONCURRENCY)));
        Map<String, Scalar> env =
                root.get("env")
                        .map(node -> shared.env(node, contexts.at(Place.ENV)))
                        .orElse(Map.of());
        Optional<String> shell =
                root.entry("defaults").flatMap(e -> shared.defaults(e, contexts.at(Place.NOWHERE)));
        List<Job> jobs = jobs(root, contexts, shell);
        return new Workflow(
                reading.file(),
                root.entries().values().stream()
                        .findFirst()
                        .map(entry -> entry.node().span())
                        .orElse(root.span()),
                name,
                on.map(entry -> entry.node().span()).orElse(Span.START),
                triggers,
                permissions,
                concurrency,
                env,
                jobs,
                reading.expressions(),
                reading.problems());
    }

    private List<Trigger> triggers(YamlNode on) {
        return new TriggersReader(reading, inputs).read(on);
    }

    private Contexts contexts(List<Trigger> triggers) {
        Type event =
                inputs.dispatched()
                        .<Type>map(given -> new Type.ObjectOf(Map.of("inputs", given), Type.ANY))
                        .orElse(Type.anyOf(Type.ANY));
        boolean onlyCalled = triggers.stream().allMatch(t -> t.event().equals("workflow_call"));
        Type secrets =
                inputs.secrets()
                        .filter(names -> onlyCalled && !names.isEmpty())
                        .<Type>map(WorkflowReader::declaredSecrets)
                        .orElse(ContextTypes.SECRETS);
        return Contexts.of(event, inputs.inputs(), secrets);
    }

    private static Type declaredSecrets(Set<String> names) {
        TreeMap<String, Type> secrets = new TreeMap<>();
        names.forEach(name -> secrets.put(name, Type.TEXT));
        List.of("github_token", "actions_step_debug", "actions_runner_debug")
                .forEach(name -> secrets.put(name, Type.TEXT));
        return Type.only(secrets);
    }

    private List<Job> jobs(Mapping root, Contexts contexts, Optional<String> shell) {
        Optional<Entry> entry = root.entry("jobs");
        if (entry.isEmpty()) {
            reading.syntax(root.span(), "the workflow has no 'jobs'");
            return List.of();
        }
        Optional<Mapping> mapping = reading.mapping(entry.get().value(), "jobs");
        if (mapping.isEmpty()) {
            return List.of();
        }
        reading.distinct(mapping.get(), "'jobs'");
        Map<String, Type> finished = new TreeMap<>();
        for (Entry job : mapping.get().entries().values()) {
            finished.put(
                    job.key().toLowerCase(Locale.ROOT), ContextTypes.finishedJob(outputs(job)));
        }
        List<Job> jobs = new ArrayList<>();
        for (Entry job : mapping.get().entries().values()) {
            new JobReader(reading, neighbours, contexts, finished, shell, job)
                    .read()
                    .ifPresent(jobs::add);
        }
        NeedsCycles.check(reading, jobs);
        inputs.checkOutputs(contexts.with("jobs", Type.only(finished)).at(Place.CALL_OUTPUT));
        return jobs;
    }

    /// What a job gives those that wait for it.
    private Type outputs(Entry job) {
        Optional<String> uses = job.value().get("uses").flatMap(YamlNode::text);
        if (uses.isPresent()) {
            return neighbours
                    .workflow(uses.get())
                    .<Type>map(called -> Type.only(called.outputs()))
                    .orElse(Type.anyOf(Type.TEXT));
        }
        TreeMap<String, Type> outputs = new TreeMap<>();
        boolean open = false;
        Optional<YamlNode> declared = job.value().get("outputs");
        if (declared.isPresent()) {
            open = Reading.isExpression(declared.get());
            for (String name : declared.get().entries().keySet()) {
                open |= Template.isIn(name);
                outputs.put(name, Type.TEXT);
            }
        }
        return open ? Type.anyOf(Type.TEXT) : Type.only(outputs);
    }
}
