package dev.devopspack.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.evaluation.EvaluatedBody;
import dev.devopspack.language.hcl.evaluation.EvaluatedModule;
import dev.devopspack.language.hcl.evaluation.EvaluatedResource;
import dev.devopspack.language.schema.BlockSchema;
import dev.devopspack.language.schema.SchemaPack;
import dev.devopspack.language.schema.SchemaPacks;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What `terraform show -json` says of a plan, as an evaluated module: the same rules judge it.
///
/// Values are those after the change; what is known only after an apply is unknown where the
/// configuration sets it, and not written where it does not. What an attribute refers to is read
/// off the plan's configuration.
final class PlanModule {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String ADDRESS = "\"address\":";

    private final String file;
    private final Map<String, Integer> places;
    private final LineIndex lines;
    private final PlanConfiguration configuration;
    private final Map<String, EvaluatedResource> resources = new LinkedHashMap<>();

    private PlanModule(String file, String text, JsonNode plan) {
        this.file = file;
        this.places = places(text);
        this.lines = new LineIndex(text);
        this.configuration = new PlanConfiguration(plan.path("configuration"));
    }

    /// Whether a JSON text is one of a plan.
    static boolean isPlan(String text) {
        return text.contains("\"planned_values\"")
                && text.contains("\"resource_changes\"")
                && text.contains("\"format_version\"");
    }

    /// @return empty where it is none after all
    static Optional<EvaluatedModule> read(String file, String text) {
        JsonNode plan;
        try {
            plan = JSON.readTree(text);
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
        if (!plan.path("resource_changes").isArray() || !plan.path("planned_values").isObject()) {
            return Optional.empty();
        }
        PlanModule module = new PlanModule(file, text, plan);
        module.read(plan);
        return Optional.of(module.module());
    }

    private void read(JsonNode plan) {
        for (JsonNode resource : plan.path("resource_changes")) {
            JsonNode change = resource.path("change");
            if (change.path("after").isObject()) {
                add(resource, change.path("after"), change.path("after_unknown"));
            }
        }
        state(plan.at("/prior_state/values/root_module"), "");
    }

    /// Data sources that were read while the plan was made.
    private void state(JsonNode module, String address) {
        for (JsonNode resource : module.path("resources")) {
            if (resource.path("mode").asText().equals("data")) {
                add(resource, resource.path("values"), JSON.missingNode());
            }
        }
        for (JsonNode child : module.path("child_modules")) {
            state(child, child.path("address").asText(address));
        }
    }

    private void add(JsonNode resource, JsonNode after, JsonNode unknown) {
        String address = resource.path("address").asText();
        if (address.isEmpty()) {
            return;
        }
        String type = resource.path("type").asText();
        String name = resource.path("name").asText();
        boolean data = resource.path("mode").asText().equals("data");
        String key = key(resource.path("index"));
        String subject = (data ? "data." : "") + type + "." + name;
        String module =
                address.length() > subject.length() + key.length()
                        ? address.substring(
                                0, address.length() - subject.length() - key.length() - 1)
                        : "";
        Span place = place(address);
        EvaluatedBody body =
                new PlanBody(configuration, module, place)
                        .of(
                                after,
                                unknown,
                                configuration.expressions(module, subject),
                                schema(type, data));
        resources.putIfAbsent(
                address,
                new EvaluatedResource(
                        address,
                        module,
                        data ? EvaluatedResource.Mode.DATA : EvaluatedResource.Mode.MANAGED,
                        type,
                        name,
                        key,
                        true,
                        file,
                        place,
                        place,
                        new EvaluatedResource.Meta(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of()),
                        body));
    }

    private static String key(JsonNode index) {
        return index.isNumber()
                ? "[" + index.asText() + "]"
                : index.isTextual() ? "[" + index + "]" : "";
    }

    private static @Nullable BlockSchema schema(String type, boolean data) {
        Optional<SchemaPack> pack = SchemaPacks.forType(type);
        return pack.flatMap(known -> data ? known.dataSource(type) : known.resource(type))
                .orElse(null);
    }

    /// Where the plan speaks of the resource; the beginning where it spells the address otherwise.
    private Span place(String address) {
        Integer found = places.get(JSON.getNodeFactory().textNode(address).toString());
        if (found == null) {
            return Span.START;
        }
        int line = lines.line(found);
        int column = lines.column(found);
        return new Span(found, found, line, column, line, column);
    }

    /// Where each address, quoted as it is written, first stands among the changes.
    private static Map<String, Integer> places(String text) {
        Map<String, Integer> places = new HashMap<>();
        int at = text.indexOf(ADDRESS, Math.max(0, text.indexOf("\"resource_changes\"")));
        while (at >= 0) {
            int start = at + ADDRESS.length();
            start += text.startsWith(" ", start) ? 1 : 0;
            int end = text.startsWith("\"", start) ? closing(text, start + 1) : start;
            places.putIfAbsent(text.substring(start, end), at);
            at = text.indexOf(ADDRESS, end);
        }
        return places;
    }

    /// After the quote that ends the text.
    private static int closing(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(text.length(), at + 1);
    }

    private EvaluatedModule module() {
        return new EvaluatedModule(
                "",
                "",
                List.copyOf(resources.values()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
