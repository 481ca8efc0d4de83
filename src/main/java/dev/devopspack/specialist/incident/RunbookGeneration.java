package dev.devopspack.specialist.incident;

import dev.devopspack.specialist.Capability;
import dev.devopspack.specialist.InputSchema;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.specialist.Work;
import dev.devopspack.task.StackName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `runbook_generation`: what to look at, what to do and whom to call in one kind of incident, for
/// the services and the severity at hand.
final class RunbookGeneration implements Capability<RunbookInput> {

    private static final String SERVICES = "/input/services";

    @Override
    public String name() {
        return "runbook_generation";
    }

    @Override
    public String description() {
        return "A runbook for on-call: detection, triage that only looks, mitigation with verify and"
                + " undo, escalation, communication, review.";
    }

    @Override
    public Class<RunbookInput> inputType() {
        return RunbookInput.class;
    }

    /// A runbook is read by people; it acts on no environment.
    @Override
    public boolean targetsEnvironment() {
        return false;
    }

    @Override
    public Map<String, Object> inputSchema() {
        Map<String, Object> properties = InputSchema.properties(RunbookInput.class);
        properties.put("services", servicesSchema());
        properties.put("severity", severitySchema(properties.get("severity")));
        properties.put("dashboards", linksSchema(properties.get("dashboards")));
        properties.put("alerts", linksSchema(properties.get("alerts")));
        return InputSchema.object(properties, List.of("incident_type", "services"));
    }

    private static Map<String, Object> servicesSchema() {
        Map<String, Object> fields = InputSchema.properties(ServiceInput.class);
        fields.put("dashboards", linksSchema(fields.get("dashboards")));
        fields.put("alerts", linksSchema(fields.get("alerts")));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "array");
        schema.put("minItems", 1);
        schema.put("maxItems", SituationReader.MAX_SERVICES);
        schema.put(
                "items",
                Map.of(
                        "anyOf",
                        List.of(
                                Map.of("type", "string"),
                                InputSchema.object(fields, List.of("name")))));
        schema.put(
                "description",
                "The services that fail: each a name, or an object that says where it runs.");
        return schema;
    }

    private static Map<String, Object> severitySchema(@Nullable Object derived) {
        Map<String, Object> schema = copy(derived);
        schema.put(
                "enum",
                Arrays.stream(Severity.values())
                        .flatMap(severity -> severity.names().stream())
                        .toList());
        return schema;
    }

    private static Map<String, Object> linksSchema(@Nullable Object derived) {
        Map<String, Object> schema = copy(derived);
        schema.put("maxItems", SituationReader.MAX_LINKS);
        schema.put(
                "items",
                Map.of(
                        "anyOf",
                        List.of(Map.of("type", "string"), InputSchema.of(LinkInput.class))));
        return schema;
    }

    private static Map<String, Object> copy(@Nullable Object derived) {
        Map<String, Object> schema = new LinkedHashMap<>();
        if (derived instanceof Map<?, ?> given) {
            given.forEach((name, value) -> schema.put(name.toString(), value));
        }
        return schema;
    }

    @Override
    public Map<String, Object> example() {
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("incident_type", IncidentType.DATABASE_CONNECTION_FAILURE.label());
        example.put("services", List.of("api", "worker"));
        example.put("severity", Severity.HIGH.label());
        return example;
    }

    @Override
    public Outcome perform(RunbookInput input, Work work) {
        IncidentType type = input.incidentType();
        List<Object> services = input.services();
        if (type == null || services == null || services.isEmpty()) {
            return inputRequired(type, services);
        }
        Situation situation = SituationReader.read(input, type, services);
        Runbook runbook = Runbook.of(situation);
        return new Outcome.Proposal(
                runbook.files(),
                summary(runbook),
                situation.assumptions(),
                next(situation),
                stack(situation, work),
                List.of(),
                Catalogue.digest(type, situation.severity()));
    }

    private static List<String> summary(Runbook runbook) {
        long looks =
                runbook.blocks().stream()
                        .filter(block -> block.command().effect() == Effect.READ_ONLY)
                        .count();
        return List.of(
                Words.title(runbook.situation())
                        + ", severity "
                        + runbook.situation().severity().code()
                        + " ("
                        + runbook.situation().severity().label()
                        + ")",
                runbook.playbook().branches().size()
                        + " branches, "
                        + runbook.blocks().size()
                        + " commands: "
                        + looks
                        + " only look, "
                        + (runbook.blocks().size() - looks)
                        + " change something and are marked");
    }

    private static List<String> next(Situation situation) {
        return List.of(
                "Begin with README.md; its first steps say what to do in which order.",
                "Set the variables that the pages name under “Set first”.",
                "Keep the files in the repository that on-call reads, for example under runbooks/"
                        + situation.type().label()
                        + ".");
    }

    private static StackName stack(Situation situation, Work work) {
        return work.stack() != null
                ? work.stack()
                : new StackName(
                        "runbooks/"
                                + situation.services().getFirst().name().slug()
                                + "/"
                                + situation.type().label());
    }

    private Outcome inputRequired(@Nullable IncidentType type, @Nullable List<Object> services) {
        List<Outcome.MissingInput> missing = new ArrayList<>();
        Map<String, Object> properties = InputSchema.properties(RunbookInput.class);
        if (type == null) {
            missing.add(
                    new Outcome.MissingInput(
                            "/input/incident_type",
                            "What goes wrong; `general` where no other fits.",
                            copy(properties.get("incident_type")),
                            IncidentType.GENERAL.label()));
        }
        if (services == null || services.isEmpty()) {
            missing.add(
                    new Outcome.MissingInput(
                            SERVICES,
                            "The services that fail: each a name, or an object that says where it runs.",
                            servicesSchema(),
                            List.of("api", "worker")));
        }
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("type", IncidentResponseSpecialist.TASK_TYPE.value());
        task.put("capability", name());
        task.put("input", example());
        return new Outcome.InputRequired(missing, inputSchema(), Map.of("task", task));
    }
}
