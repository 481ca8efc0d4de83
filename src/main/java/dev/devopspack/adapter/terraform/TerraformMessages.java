package dev.devopspack.adapter.terraform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.gate.quality.TerraformRun.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Reads what terraform reports: one JSON document of `validate`, JSON lines of `init`, `plan` and
/// `test`.
final class TerraformMessages {
    /// More errors than a person reads at once.
    private static final int MAX_PROBLEMS = 50;

    /// Long enough for terraform's longest explanations.
    private static final int MAX_MESSAGE_CHARS = 800;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String moduleFolder;
    private final Workspace workspace;

    /// @param root the root module's folder in the change set, empty for its top
    TerraformMessages(String root, Workspace workspace) {
        this.moduleFolder = root;
        this.workspace = workspace;
    }

    /// The errors in `validate -json`, or in the JSON lines of other commands; at least one.
    ///
    /// @param otherwise what the program wrote outside of JSON, told if there is no error in it
    List<Problem> problems(String output, String otherwise) {
        List<Problem> problems = new ArrayList<>();
        for (JsonNode diagnostic : diagnostics(output)) {
            if (diagnostic.path("severity").asText().equals("error")
                    && problems.size() < MAX_PROBLEMS) {
                problems.add(problem(diagnostic));
            }
        }
        return problems.isEmpty()
                ? List.of(new Problem("", 0, 0, plain(otherwise.isBlank() ? output : otherwise)))
                : problems;
    }

    private static List<JsonNode> diagnostics(String output) {
        List<JsonNode> found = new ArrayList<>();
        JsonNode whole = tree(output);
        whole.path("diagnostics").forEach(found::add);
        if (found.isEmpty()) {
            output.lines()
                    .map(TerraformMessages::tree)
                    .map(line -> line.path("diagnostic"))
                    .filter(JsonNode::isObject)
                    .forEach(found::add);
        }
        return found;
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.missingNode(); // Terraform mixes plain lines in; they hold no diagnostic.
        }
    }

    private Problem problem(JsonNode diagnostic) {
        JsonNode range = diagnostic.path("range");
        JsonNode start = range.path("start");
        String detail = diagnostic.path("detail").asText();
        String message =
                diagnostic.path("summary").asText() + (detail.isBlank() ? "" : ": " + detail);
        String file = range.path("filename").asText();
        return new Problem(
                file.isEmpty() ? "" : artifactName(file),
                start.path("line").asInt(),
                start.path("column").asInt(),
                plain(message));
    }

    /// Terraform names files relative to the root module; an artifact's name is relative to the
    /// change set.
    String artifactName(String file) {
        List<String> parts = new ArrayList<>();
        for (String part : (moduleFolder + "/" + file).split("/")) {
            if (part.equals("..") && !parts.isEmpty()) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    /// One line without control characters, without our own folder's name, not too long.
    String plain(String text) {
        String line =
                text.replace(workspace.module().toString(), "")
                        .replace(workspace.folder().toString(), "")
                        .codePoints()
                        .map(c -> Character.isISOControl(c) ? ' ' : c)
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining())
                        .strip();
        String single = line.replaceAll(" {2,}", " ");
        return single.length() > MAX_MESSAGE_CHARS
                ? single.substring(0, MAX_MESSAGE_CHARS) + "…"
                : single;
    }
}
