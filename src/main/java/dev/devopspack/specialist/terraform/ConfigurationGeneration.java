package dev.devopspack.specialist.terraform;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.specialist.Blueprint;
import dev.devopspack.specialist.BlueprintCatalog;
import dev.devopspack.specialist.BlueprintValues;
import dev.devopspack.specialist.Capability;
import dev.devopspack.specialist.InputReader;
import dev.devopspack.specialist.InputSchema;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.specialist.Pointer;
import dev.devopspack.specialist.Work;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.Nearest;
import dev.devopspack.task.StackName;
import dev.devopspack.task.TaskType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `configuration_generation`: a Terraform module for each resource, from its blueprint.
///
/// One resource stands at the root of the change set, several stand in a folder each, named after
/// them: every folder is a root module with a state of its own, so that a change of one cannot
/// touch another.
final class ConfigurationGeneration implements Capability<GenerationInput> {

    /// What one person can still review in one change set.
    private static final int MAX_RESOURCES = 10;

    private static final String RESOURCES = "/input/resources";

    private final BlueprintCatalog catalog;

    ConfigurationGeneration(BlueprintCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public String name() {
        return "configuration_generation";
    }

    @Override
    public String description() {
        return "Terraform modules with variables, tests and documentation, from reviewed blueprints.";
    }

    @Override
    public Class<GenerationInput> inputType() {
        return GenerationInput.class;
    }

    @Override
    public boolean targetsEnvironment() {
        return true;
    }

    @Override
    public Map<String, Object> inputSchema() {
        Map<String, Object> properties = InputSchema.properties(GenerationInput.class);
        properties.put("provider", withChoices(properties.get("provider"), catalog.providers()));
        properties.put("resources", resourcesSchema());
        return InputSchema.object(properties, List.of("resources"));
    }

    private static Map<String, Object> withChoices(@Nullable Object schema, List<String> choices) {
        Map<String, Object> result = new LinkedHashMap<>();
        if (schema instanceof Map<?, ?> given) {
            given.forEach((name, value) -> result.put(name.toString(), value));
        }
        result.put("enum", choices);
        return result;
    }

    private Map<String, Object> resourcesSchema() {
        List<Map<String, Object>> types =
                catalog.blueprints().stream().map(Blueprint::schema).toList();
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "array");
        schema.put("minItems", 1);
        schema.put("maxItems", MAX_RESOURCES);
        schema.put("items", types.size() == 1 ? types.getFirst() : Map.of("oneOf", types));
        return schema;
    }

    @Override
    public Map<String, Object> example() {
        Blueprint first = catalog.blueprints().getFirst();
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("provider", first.provider());
        example.put("resources", List.of(first.example()));
        example.put("environment", Environment.PRODUCTION.value());
        return example;
    }

    @Override
    public Outcome perform(GenerationInput input, Work work) {
        List<Map<String, Object>> resources = input.resources();
        Optional<Environment> environment = environment(input, work);
        if (resources == null || resources.isEmpty() || environment.isEmpty()) {
            return inputRequired(missing(resources, environment));
        }
        if (resources.size() > MAX_RESOURCES) {
            throw new InvalidInput(
                    RESOURCES,
                    "there are " + resources.size() + " resources",
                    "Ask for at most " + MAX_RESOURCES + " in one task.");
        }
        Optional<String> provider = provider(input);
        List<RootModule> modules = new ArrayList<>();
        List<Outcome.MissingInput> missing = new ArrayList<>();
        for (int i = 0; i < resources.size(); i++) {
            RootModule module =
                    module(provider, resources.get(i), environment.get(), RESOURCES + "/" + i);
            modules.add(module);
            missing.addAll(module.values().missing());
        }
        return missing.isEmpty()
                ? proposal(modules, environment.get(), work)
                : inputRequired(missing);
    }

    private static Optional<Environment> environment(GenerationInput input, Work work) {
        if (input.environment() == null) {
            return Optional.ofNullable(work.environment());
        }
        Environment said;
        try {
            said = new Environment(input.environment());
        } catch (InvalidInput e) {
            throw e.within("/input/");
        }
        if (work.environment() != null && !work.environment().equals(said)) {
            throw new InvalidInput(
                    "/input/environment",
                    "the input says '" + said + "' and the task '" + work.environment() + "'",
                    "Name one environment.");
        }
        return Optional.of(said);
    }

    private Optional<String> provider(GenerationInput input) {
        String provider = input.provider();
        if (provider == null || catalog.providers().contains(provider)) {
            return Optional.ofNullable(provider);
        }
        List<String> near = Nearest.to(provider, catalog.providers(), 1);
        throw new InvalidInput(
                "/input/provider",
                "the provider '" + Pointer.shown(provider) + "' is not offered",
                (near.isEmpty() ? "" : "Did you mean '" + near.getFirst() + "'? ")
                        + "Offered: "
                        + String.join(", ", catalog.providers())
                        + ". For another, submit files of your own as a change set.");
    }

    private RootModule module(
            Optional<String> provider,
            Map<String, Object> resource,
            Environment environment,
            String pointer) {
        if (!(resource.get("type") instanceof String type)) {
            throw resource.containsKey("type")
                    ? InputReader.wrongType("a text", resource.get("type"), pointer + "/type")
                    : new InvalidInput(
                            pointer + "/type",
                            "the resource has no type",
                            "Offered: " + String.join(", ", catalog.types()) + ".");
        }
        Blueprint blueprint = catalog.find(provider, type, pointer + "/type");
        Map<String, Object> inputs = new LinkedHashMap<>(resource);
        inputs.remove("type");
        return new RootModule(
                blueprint, BlueprintValues.resolve(blueprint, inputs, environment, pointer));
    }

    private Outcome proposal(List<RootModule> modules, Environment environment, Work work) {
        boolean several = modules.size() > 1;
        List<Artifact> files = new ArrayList<>();
        List<String> summary = new ArrayList<>();
        List<String> claims = new ArrayList<>();
        List<String> next = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < modules.size(); i++) {
            RootModule module = modules.get(i);
            if (names.contains(module.name())) {
                throw new InvalidInput(
                        RESOURCES + "/" + i + "/name",
                        "two resources are named '" + module.name() + "'",
                        "Give each a name of its own.");
            }
            names.add(module.name());
            files.addAll(module.files(several ? module.name() + "/" : "", environment));
            summary.add(module.summary());
            claims.addAll(module.claims());
            next.addAll(module.nextSteps(several ? module.name() : "", environment));
        }
        StackName stack =
                work.stack() != null
                        ? work.stack()
                        : new StackName(names.getFirst() + "/" + environment);
        return new Outcome.Proposal(
                new Artifacts(files),
                summary,
                claims,
                next,
                stack,
                List.of(environment),
                catalog.digest());
    }

    private List<Outcome.MissingInput> missing(
            @Nullable List<Map<String, Object>> resources, Optional<Environment> environment) {
        List<Outcome.MissingInput> missing = new ArrayList<>();
        if (resources == null || resources.isEmpty()) {
            missing.add(
                    new Outcome.MissingInput(
                            RESOURCES,
                            "What to make. Offered: " + String.join(", ", catalog.types()) + ".",
                            resourcesSchema(),
                            List.of(catalog.blueprints().getFirst().example())));
        }
        if (environment.isEmpty()) {
            Map<String, Object> schema = new LinkedHashMap<>();
            schema.put("type", "string");
            missing.add(
                    new Outcome.MissingInput(
                            "/input/environment",
                            "Environment that it is for; it decides who has to approve.",
                            schema,
                            Environment.PRODUCTION.value()));
        }
        return missing;
    }

    private Outcome inputRequired(List<Outcome.MissingInput> missing) {
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("type", TaskType.TERRAFORM.value());
        task.put("input", example());
        return new Outcome.InputRequired(missing, inputSchema(), Map.of("task", task));
    }
}
