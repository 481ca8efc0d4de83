package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// What stands in a manifest may be anything. A rule that ends in an error on it stops the whole
/// scan, so somebody could write one malformed field to keep everybody else from being judged.
class MalformedManifestsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// Of a rule: the first ones show what it reads.
    private static final int EXAMPLES = 2;

    /// Each part meets two of these, in turn: an odd number, so that in time each place meets all.
    private static final List<String> WRONG =
            List.of(
                    "[null, 7, \"text\", [1], {\"a\": null}]",
                    "null",
                    "{\"a\": [{\"b\": 7}], \"name\": [1], \"key\": {}}",
                    "\"text\"",
                    "[7]",
                    "7",
                    "{\"name\": \"text\"}",
                    "true",
                    "[]",
                    "{}",
                    "-1.5");

    /// Files of one scan: a scan costs more than a small file.
    private static final int AT_ONCE = 20;

    private int turn;

    @Test
    void noValueInTheWrongPlaceEndsARule() {
        int count = 0;
        Map<String, String> errors = new TreeMap<>();
        for (Rule rule : RuleCatalog.builtIn().rules()) {
            if (rule.subjects().stream().noneMatch(kind -> kind.startsWith("kubernetes/"))) {
                continue;
            }
            Scan scan = new Scan(RuleCatalog.of(rule));
            List<Rule.Example> manifests =
                    rule.examples().stream()
                            .filter(example -> !example.file().endsWith(".tf"))
                            .limit(EXAMPLES)
                            .toList();
            for (Rule.Example example : manifests) {
                List<String> mutants = mutants(example.text());
                count += mutants.size();
                for (int from = 0; from < mutants.size(); from += AT_ONCE) {
                    int to = Math.min(from + AT_ONCE, mutants.size());
                    scan.of(files(mutants.subList(from, to)))
                            .errors()
                            .forEach(error -> errors.putIfAbsent(rule.id(), error.text()));
                }
            }
        }

        assertEquals(Map.of(), errors);
        assertTrue(count > 10_000, "only " + count + " mutants");
    }

    private static Artifacts files(List<String> texts) {
        List<Artifact> files = new ArrayList<>();
        for (String text : texts) {
            files.add(Artifact.of("mutant-" + files.size() + ".yaml", text));
        }
        return new Artifacts(files);
    }

    private List<String> mutants(String text) {
        List<JsonNode> documents = new ArrayList<>();
        new Yaml(new SafeConstructor(new LoaderOptions()))
                .loadAll(text)
                .forEach(document -> documents.add(JSON.valueToTree(document)));
        List<String> mutants = new ArrayList<>();
        for (JsonNode document : documents) {
            mutate(document, () -> mutants.add(text(documents)));
        }
        return mutants;
    }

    /// Puts each wrong value in place of each part, one at a time, and puts the part back.
    private void mutate(JsonNode node, Runnable written) {
        if (node instanceof ObjectNode object) {
            for (String field : names(object)) {
                JsonNode was = object.get(field);
                for (String wrong : wrong()) {
                    object.set(field, json(wrong));
                    written.run();
                }
                object.set(field, was);
                mutate(was, written);
            }
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                JsonNode was = list.get(i);
                for (String wrong : wrong()) {
                    list.set(i, json(wrong));
                    written.run();
                }
                list.set(i, was);
                mutate(was, written);
            }
        }
    }

    private List<String> wrong() {
        return List.of(WRONG.get(turn++ % WRONG.size()), WRONG.get(turn++ % WRONG.size()));
    }

    private static List<String> names(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String text(List<JsonNode> documents) {
        StringBuilder text = new StringBuilder();
        documents.forEach(document -> text.append("---\n").append(document).append('\n'));
        return text.toString();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
