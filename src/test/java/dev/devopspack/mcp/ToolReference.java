package dev.devopspack.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// `docs/tools.md`, written from what a running server lists.
final class ToolReference {

    private static final String HEAD =
            """
            # Tools, prompts and resources

            What an assistant finds at `/mcp` (Streamable HTTP, a bearer token). This page is written from what a
            running server lists, by a test: `./mvnw test -Dgolden=update` rewrites it. What goes into an agent's
            `input` stands on the page [Agents](agents.md); a wrong input is answered with its schema and an example.

            No tool decides an approval, under any token: a person does, on the page.
            """;

    private ToolReference() {}

    /// @param tools what `tools/list` answered, and so on
    static String of(JsonNode tools, JsonNode prompts, JsonNode resources, JsonNode templates) {
        StringBuilder page = new StringBuilder(HEAD);
        page.append("\n## Tools\n");
        tools.path("tools").forEach(tool -> tool(page, tool));
        page.append("\n## Prompts\n");
        prompts.path("prompts").forEach(prompt -> prompt(page, prompt));
        page.append("\n## Resources\n\n| address | what it is |\n|---|---|\n");
        resources.path("resources").forEach(each -> resource(page, each, "uri"));
        templates.path("resourceTemplates").forEach(each -> resource(page, each, "uriTemplate"));
        return page.toString();
    }

    private static void resource(StringBuilder page, JsonNode resource, String address) {
        page.append("| `")
                .append(resource.path(address).asText())
                .append("` | ")
                .append(cell(resource.path("description").asText()))
                .append(" |\n");
    }

    private static void tool(StringBuilder page, JsonNode tool) {
        page.append("\n### ").append(tool.path("name").asText()).append("\n\n");
        page.append(tool.path("description").asText()).append("\n\n");
        page.append(promises(tool.path("annotations"))).append("\n");
        JsonNode input = tool.path("inputSchema");
        List<String> required = texts(input.path("required"));
        if (!input.path("properties").isEmpty()) {
            page.append("\n| argument | type | required | what it is |\n|---|---|---|---|\n");
            input.path("properties")
                    .fields()
                    .forEachRemaining(field ->
                            argument(
                                    page,
                                    field.getKey(),
                                    field.getValue(),
                                    required.contains(field.getKey())));
        }
        String answers = String.join("`, `", names(tool.at("/outputSchema/properties")));
        if (!answers.isEmpty()) {
            page.append("\nAnswers with `").append(answers).append("`.\n");
        }
    }

    private static void argument(
            StringBuilder page, String name, JsonNode schema, boolean required) {
        page.append("| `")
                .append(name)
                .append("` | ")
                .append(schema.path("type").asText("one of"))
                .append(" | ")
                .append(required ? "yes" : "no")
                .append(" | ")
                .append(cell(described(schema)))
                .append(" |\n");
    }

    private static String described(JsonNode schema) {
        String text = schema.path("description").asText();
        if (schema.has("enum")) {
            String choice = "`" + String.join("`, `", texts(schema.path("enum"))) + "`";
            return text.isEmpty() ? choice : text + ": " + choice;
        }
        JsonNode items = schema.path("items");
        if (items.has("properties")) {
            String each = "each `{" + String.join(", ", names(items.path("properties"))) + "}`";
            return text.isEmpty() ? each : text + "; " + each;
        }
        return text;
    }

    private static String promises(JsonNode annotations) {
        return List.of(
                        annotations.path("readOnlyHint").asBoolean() ? "Reads only." : "Stores.",
                        annotations.path("idempotentHint").asBoolean()
                                ? "Asking again with the same changes nothing more."
                                : "Asking again makes another one.",
                        annotations.path("destructiveHint").asBoolean()
                                ? "May destroy."
                                : "Destroys nothing.")
                .stream()
                .collect(Collectors.joining(" "));
    }

    private static void prompt(StringBuilder page, JsonNode prompt) {
        page.append("\n### ").append(prompt.path("name").asText()).append("\n\n");
        page.append(prompt.path("description").asText()).append("\n");
        if (!prompt.path("arguments").isEmpty()) {
            page.append("\n| argument | required | what it is |\n|---|---|---|\n");
            prompt.path("arguments")
                    .forEach(argument ->
                            page.append("| `")
                                    .append(argument.path("name").asText())
                                    .append("` | ")
                                    .append(argument.path("required").asBoolean() ? "yes" : "no")
                                    .append(" | ")
                                    .append(cell(argument.path("description").asText()))
                                    .append(" |\n"));
        }
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace('\n', ' ');
    }
}
