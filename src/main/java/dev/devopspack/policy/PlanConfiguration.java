package dev.devopspack.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.devopspack.language.hcl.value.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The `configuration` of a plan: which expressions a resource has and what they refer to, through
/// the variables and outputs of modules. What stands behind a local value a plan does not tell.
final class PlanConfiguration {

    /// Modules in modules in modules; whoever goes round in a circle stops here.
    private static final int MAX_DEPTH = 20;

    private static final int MAX_REFERENCES = 200;

    private final JsonNode root;
    private final Map<String, Map<String, JsonNode>> expressions = new HashMap<>();

    /// What each expression refers to, by its module. Who writes a plan can let a thousand values
    /// have one expression, and outputs refer to outputs so that the ways through them are more
    /// than can be walked: each place is walked once.
    private final Map<String, Map<JsonNode, Set<Reference>>> known = new HashMap<>();

    private final Map<Place, Set<Reference>> places = new HashMap<>();

    /// @param configuration as `terraform show -json` prints it
    PlanConfiguration(JsonNode configuration) {
        this.root = configuration.path("root_module");
    }

    /// @param module address of the instance, such as `module.a["x"].module.b`
    /// @param resource such as `aws_s3_bucket.logs` or `data.aws_ami.this`
    JsonNode expressions(String module, String resource) {
        return expressions
                .computeIfAbsent(module, this::expressions)
                .getOrDefault(resource, MissingNode.getInstance());
    }

    private Map<String, JsonNode> expressions(String module) {
        Map<String, JsonNode> found = new HashMap<>();
        for (JsonNode each : module(module).path("resources")) {
            found.putIfAbsent(each.path("address").asText(), each.path("expressions"));
        }
        return found;
    }

    /// Everything that an expression, or a block of expressions, refers to.
    Set<Reference> references(String module, JsonNode expression) {
        String configured = Relations.withoutKeys(module);
        Map<JsonNode, Set<Reference>> ofModule =
                known.computeIfAbsent(configured, _ -> new IdentityHashMap<>());
        Set<Reference> references = ofModule.get(expression);
        if (references == null) {
            references = new LinkedHashSet<>();
            collect(configured, expression, references, 0);
            ofModule.put(expression, references);
        }
        return references;
    }

    private void collect(String module, JsonNode expression, Set<Reference> into, int depth) {
        if (depth > MAX_DEPTH || into.size() > MAX_REFERENCES) {
            return;
        }
        JsonNode written = expression.path("references");
        if (written.isArray()) {
            written.forEach(each -> {
                if (into.size() <= MAX_REFERENCES) {
                    into.addAll(reference(new Place(module, each.asText()), depth));
                }
            });
        } else {
            expression.forEach(each -> collect(module, each, into, depth + 1));
        }
    }

    /// A name in a module, such as `module.a.o`.
    private record Place(String module, String text) {}

    private Set<Reference> reference(Place place, int depth) {
        Set<Reference> found = places.get(place);
        if (found == null) {
            found = new LinkedHashSet<>();
            // Whoever comes round to it again finds it begun.
            places.put(place, found);
            reference(place.module(), place.text(), found, depth);
        }
        return found;
    }

    private void reference(String module, String text, Set<Reference> into, int depth) {
        List<String> steps = steps(text);
        if (steps.size() < 2) {
            return;
        }
        int length = steps.getFirst().equals("data") ? 3 : 2;
        if (steps.size() < length) {
            return;
        }
        String subject = String.join(".", steps.subList(0, length));
        List<String> path = steps.subList(length, steps.size());
        switch (steps.getFirst()) {
            case "each", "count", "path", "self", "terraform" -> {}
            case "var" -> variable(module, steps.get(1), into, depth);
            case "module" -> {
                if (!path.isEmpty()) {
                    output(module, steps.get(1), path.getFirst(), into, depth);
                }
            }
            default -> into.add(new Reference(module, subject, "", path));
        }
    }

    /// What the caller gives the variable.
    private void variable(String module, String name, Set<Reference> into, int depth) {
        into.add(new Reference(module, "var." + name, "", List.of()));
        int last = module.lastIndexOf("module.");
        if (last >= 0) {
            String outer = last == 0 ? "" : module.substring(0, last - 1);
            String call = module.substring(last + "module.".length());
            JsonNode given = module(outer).path("module_calls").path(call).path("expressions");
            collect(outer, given.path(name), into, depth + 1);
        }
    }

    private void output(String module, String call, String name, Set<Reference> into, int depth) {
        String inner = (module.isEmpty() ? "" : module + ".") + "module." + call;
        collect(
                inner,
                module(inner).path("outputs").path(name).path("expression"),
                into,
                depth + 1);
    }

    private JsonNode module(String address) {
        JsonNode module = root;
        List<String> steps = steps(Relations.withoutKeys(address));
        for (int i = 0; i + 1 < steps.size(); i += 2) {
            module = module.path("module_calls").path(steps.get(i + 1)).path("module");
        }
        return module;
    }

    /// `aws_x.y[0].z` is `aws_x`, `y`, `z`.
    private static List<String> steps(String text) {
        List<String> steps = new ArrayList<>();
        for (String step : Relations.withoutKeys(text).split("\\.", -1)) {
            if (!step.isEmpty()) {
                steps.add(step);
            }
        }
        return steps;
    }
}
