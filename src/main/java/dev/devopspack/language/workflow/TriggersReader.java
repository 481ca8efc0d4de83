package dev.devopspack.language.workflow;

import dev.devopspack.language.Span;
import dev.devopspack.language.workflow.Events.Event;
import dev.devopspack.language.workflow.WorkflowProblem.Kind;
import dev.devopspack.language.workflow.expression.Scope;
import dev.devopspack.language.workflow.expression.Suggestion;
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
import java.util.TreeSet;

/// Reads what starts a workflow.
final class TriggersReader {

    private static final Scope NO_SCOPE = new Scope(Map.of(), Set.of(), "'on'");

    private final Reading reading;
    private final InputsReader inputs;
    private final List<Trigger> triggers = new ArrayList<>();

    TriggersReader(Reading reading, InputsReader inputs) {
        this.reading = reading;
        this.inputs = inputs;
    }

    List<Trigger> read(YamlNode on) {
        switch (on) {
            case Mapping mapping -> {
                reading.mapping(on, "on");
                mapping.entries().values().forEach(this::configured);
            }
            case Sequence sequence -> {
                if (sequence.items().isEmpty()) {
                    reading.syntax(on.span(), "'on' is empty");
                }
                sequence.items().forEach(item -> named(item));
            }
            case Scalar _ -> named(on);
        }
        return triggers;
    }

    private void named(YamlNode node) {
        reading.plainText(node, "on")
                .ifPresent(name -> {
                    if (Set.of("schedule").contains(name.content())) {
                        reading.problem(
                                Kind.EVENT,
                                name.span(),
                                "the event 'schedule' needs a list of 'cron'");
                    }
                    add(name.content(), name.span(), List.of(), Map.of());
                });
    }

    private Optional<Event> add(
            String name, Span span, List<String> types, Map<String, List<String>> filters) {
        triggers.add(new Trigger(name, span, types, filters));
        Optional<Event> event = Events.named(name);
        if (event.isEmpty()) {
            reading.problem(
                    Kind.EVENT,
                    span,
                    "there is no event '"
                            + Reading.shortened(name)
                            + "'"
                            + Suggestion.of(name, Events.names())
                                    .map(near -> "; did you mean '" + near + "'?")
                                    .orElse(""));
        }
        return event;
    }

    private void configured(Entry entry) {
        String name = entry.key();
        switch (name) {
            case "schedule" -> {
                add(name, entry.node().span(), List.of(), Map.of());
                schedule(entry.value());
            }
            case "workflow_dispatch" -> {
                add(name, entry.node().span(), List.of(), Map.of());
                reading.mappingOrNothing(entry.value(), name).ifPresent(inputs::readDispatch);
            }
            case "workflow_call" -> {
                add(name, entry.node().span(), List.of(), Map.of());
                reading.mappingOrNothing(entry.value(), name).ifPresent(inputs::readCall);
            }
            default -> filtered(entry);
        }
    }

    private void filtered(Entry entry) {
        String name = entry.key();
        Optional<Event> event = Events.named(name);
        Optional<Mapping> mapping =
                event.isPresent()
                        ? reading.mappingOrNothing(entry.value(), name)
                        : Optional.of(entry.value())
                                .filter(Mapping.class::isInstance)
                                .map(Mapping.class::cast);
        List<String> types = new ArrayList<>();
        Map<String, List<String>> filters = new LinkedHashMap<>();
        mapping.ifPresent(found -> {
            for (Entry filter : found.entries().values()) {
                List<Scalar> values = filter(name, filter);
                List<String> texts = values.stream().map(Scalar::content).toList();
                if (filter.key().equals("types")) {
                    types.addAll(texts);
                    event.ifPresent(known -> checkTypes(name, known, values));
                } else {
                    filters.put(filter.key(), texts);
                    event.ifPresent(known -> checkFilter(name, known, filter));
                }
            }
            exclusive(found, name);
        });
        add(name, entry.node().span(), types, filters);
    }

    private List<Scalar> filter(String event, Entry filter) {
        if (!Events.filters().contains(filter.key())) {
            reading.syntax(
                    filter.node().span(),
                    "the event '"
                            + Reading.shortened(event)
                            + "' has no filter '"
                            + Reading.shortened(filter.key())
                            + "'"
                            + Suggestion.mend(filter.key(), new TreeSet<>(Events.filters())));
            return List.of();
        }
        List<Scalar> values = reading.plainTexts(filter.value(), filter.key());
        values.forEach(value -> glob(filter.key(), value));
        return values;
    }

    private void glob(String filter, Scalar pattern) {
        Optional<String> problem =
                switch (filter) {
                    case "branches", "branches-ignore", "tags", "tags-ignore" ->
                            GlobPattern.refProblem(pattern.content());
                    case "paths", "paths-ignore" -> GlobPattern.pathProblem(pattern.content());
                    default -> Optional.empty();
                };
        problem.ifPresent(text ->
                reading.problem(
                        Kind.GLOB,
                        pattern.span(),
                        "'" + Reading.shortened(pattern.content()) + "' matches nothing: " + text));
    }

    private void checkTypes(String name, Event event, List<Scalar> values) {
        if (name.equals("repository_dispatch")) {
            return;
        }
        for (Scalar value : values) {
            if (!event.types().contains(value.content())) {
                reading.problem(
                        Kind.EVENT,
                        value.span(),
                        event.types().isEmpty()
                                ? "the event '" + name + "' has no activity types"
                                : "the event '"
                                        + name
                                        + "' has no activity type '"
                                        + Reading.shortened(value.content())
                                        + "'"
                                        + Suggestion.mend(value.content(), event.types()));
            }
        }
    }

    private void checkFilter(String name, Event event, Entry filter) {
        if (Events.filters().contains(filter.key()) && !event.filters().contains(filter.key())) {
            reading.problem(
                    Kind.EVENT,
                    filter.node().span(),
                    "the event '"
                            + name
                            + "' is not narrowed by '"
                            + filter.key()
                            + "'"
                            + (event.filters().isEmpty()
                                    ? ""
                                    : "; it is by "
                                            + String.join(", ", new TreeSet<>(event.filters()))));
        }
        if (name.equals("workflow_run")
                && filter.value().items().isEmpty()
                && Reading.isNull(filter.value())) {
            reading.problem(Kind.EVENT, filter.node().span(), "'" + filter.key() + "' is empty");
        }
    }

    private void exclusive(Mapping filters, String event) {
        for (String name : List.of("branches", "tags", "paths")) {
            Optional<Entry> ignore = filters.entry(name + "-ignore");
            if (filters.entry(name).isPresent() && ignore.isPresent()) {
                reading.problem(
                        Kind.EVENT,
                        ignore.get().node().span(),
                        "the event '"
                                + event
                                + "' has both '"
                                + name
                                + "' and '"
                                + name
                                + "-ignore'; write what is left out under '"
                                + name
                                + "' with '!' before it");
            }
        }
        if (event.equals("workflow_run") && filters.entry("workflows").isEmpty()) {
            reading.problem(
                    Kind.EVENT,
                    filters.span(),
                    "the event 'workflow_run' names no workflow; add 'workflows'");
        }
    }

    private void schedule(YamlNode node) {
        if (!(node instanceof Sequence sequence)) {
            reading.wrongType(node, "schedule", "a list of 'cron'");
            return;
        }
        if (sequence.items().isEmpty()) {
            reading.syntax(node.span(), "'schedule' is empty; add a 'cron'");
        }
        for (YamlNode item : sequence.items()) {
            reading.mapping(item, "schedule").ifPresent(this::scheduled);
        }
    }

    private void scheduled(Mapping item) {
        reading.keys(item, "a schedule", List.of("cron", "timezone"));
        Optional<YamlNode> cron = item.get("cron");
        if (cron.isEmpty()) {
            reading.syntax(item.span(), "a schedule has no 'cron'");
        }
        cron.flatMap(node -> reading.plainText(node, "cron"))
                .ifPresent(text ->
                        Cron.problem(text.content())
                                .ifPresent(problem ->
                                        reading.problem(Kind.EVENT, text.span(), problem)));
        item.get("timezone")
                .flatMap(node -> reading.text(node, "timezone", NO_SCOPE))
                .filter(zone -> !TimeZones.isKnown(zone.content()))
                .ifPresent(zone ->
                        reading.problem(
                                Kind.EVENT,
                                zone.span(),
                                "there is no time zone '"
                                        + Reading.shortened(zone.content())
                                        + "'; write one such as Europe/Berlin"));
    }
}
