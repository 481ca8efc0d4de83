package dev.devopspack.policy;

import dev.devopspack.change.Digest;
import dev.devopspack.task.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads a rule file, format version 1. Strict: what it does not know it refuses, with the place.
final class RuleReader {

    /// The longest rule with examples is a few kilobytes.
    private static final int MAX_BYTES = 64 * 1_024;

    /// A rule nests four levels: examples, one example, its kind, a list of findings.
    private static final int MAX_DEPTH = 8;

    private static final Pattern ID = Pattern.compile("[A-Z][A-Z0-9]*(-[A-Z0-9]+){1,5}");
    private static final Pattern SUBJECT =
            Pattern.compile("[a-z]+/[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)?");

    private static final Set<String> KEYS =
            Set.of(
                    "id",
                    "title",
                    "why",
                    "severity",
                    "subject",
                    "when",
                    "require",
                    "message",
                    "mend",
                    "source",
                    "controls",
                    "aliases",
                    "examples");
    private static final Set<String> TOOLS =
            Set.of("checkov", "trivy", "kics", "kubescape", "kube-linter", "hadolint", "zizmor");
    private static final Set<String> EXAMPLE_KEYS = Set.of("file", "text", "findings");

    private RuleReader() {}

    /// @throws InvalidInput where the file is no rule, with `file:line:column`
    static Rule read(String file, byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new InvalidInput(
                    file,
                    "a rule file has at most " + MAX_BYTES + " bytes",
                    "Shorten its examples.");
        }
        YamlMap map = new YamlMap(file, compose(file, text(file, bytes))).only(KEYS);
        return new Rule(
                id(map),
                line(map, "title"),
                map.text("why").strip(),
                severity(map),
                subjects(map),
                map.keys().contains("when") ? map.expression("when") : null,
                map.expression("require"),
                MessageTemplate.of(map.expression("message")),
                line(map, "mend"),
                source(map),
                ids(map, "controls", null),
                ids(map, "aliases", TOOLS),
                examples(map),
                file,
                Digest.of(bytes));
    }

    private static String text(String file, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
            throw new InvalidInput(file, "the file is not UTF-8", "Save it as UTF-8.");
        }
        return text;
    }

    private static Node compose(String file, String text) {
        LoadSettings settings =
                LoadSettings.builder().setLabel(file).setCodePointLimit(MAX_BYTES).build();
        try {
            refuseDepthAndAliases(file, settings, text);
            return new Compose(settings)
                    .composeString(text)
                    .orElseThrow(() ->
                            new InvalidInput(file, "the file is empty", "Write a rule into it."));
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().orElse(null);
            String where =
                    mark == null
                            ? file
                            : file + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
            throw new InvalidInput(where, Shown.of(e.getProblem()), "Mend the YAML.");
        } catch (YamlEngineException e) {
            throw new InvalidInput(file, "this is no YAML document", "Write one rule a file.");
        }
    }

    /// Composing recurses, so depth is counted on the flat stream of events first. A rule needs no
    /// alias, and without one no YAML grows beyond its own size.
    private static void refuseDepthAndAliases(String file, LoadSettings settings, String text) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            Event.ID id = event.getEventId();
            if (id == Event.ID.MappingStart || id == Event.ID.SequenceStart) {
                depth++;
            } else if (id == Event.ID.MappingEnd || id == Event.ID.SequenceEnd) {
                depth--;
            }
            if (depth > MAX_DEPTH || event instanceof AliasEvent) {
                String problem =
                        depth > MAX_DEPTH
                                ? "the file nests deeper than " + MAX_DEPTH + " levels"
                                : "a rule file holds no alias";
                int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
                int column = event.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
                throw new InvalidInput(
                        file + ":" + line + ":" + column, problem, "Write it out flat.");
            }
        }
    }

    private static String id(YamlMap map) {
        String id = map.text("id");
        if (!ID.matcher(id).matches()) {
            throw map.refusal(
                    "id",
                    "'" + Shown.of(id) + "' is no rule id",
                    "Use upper-case letters, digits and dashes, for example ACME-AWS-001.");
        }
        return id;
    }

    private static String line(YamlMap map, String key) {
        String text = map.text(key).strip();
        if (text.isEmpty() || text.contains("\n")) {
            throw map.refusal(key, "'" + key + "' is not one line", "Write one sentence.");
        }
        return text;
    }

    private static Severity severity(YamlMap map) {
        String name = map.text("severity");
        return Arrays.stream(Severity.values())
                .filter(severity -> severity.label().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        map.refusal(
                                "severity",
                                "'" + Shown.of(name) + "' is no severity",
                                "Use critical, high, medium or low."));
    }

    private static List<String> subjects(YamlMap map) {
        List<String> subjects = map.texts("subject");
        for (String subject : subjects) {
            if (!SUBJECT.matcher(subject).matches()) {
                throw map.refusal(
                        "subject",
                        "'" + Shown.of(subject) + "' is no subject",
                        "Use for example terraform/aws_s3_bucket or aws/NetworkRule.");
            }
        }
        if (subjects.isEmpty()) {
            throw map.refusal(null, "'subject' is missing", "Add `subject: terraform/aws_...`.");
        }
        return subjects;
    }

    private static @Nullable String source(YamlMap map) {
        String source = map.optionalText("source").orElse(null);
        if (source != null && !source.startsWith("https://")) {
            throw map.refusal("source", "'source' is no https link", "Begin it with https://.");
        }
        return source;
    }

    private static Map<String, List<String>> ids(
            YamlMap map, String key, @Nullable Set<String> known) {
        YamlMap entries = map.map(key).orElse(null);
        if (entries == null) {
            return Map.of();
        }
        if (known != null) {
            entries.only(known);
        }
        Map<String, List<String>> ids = new LinkedHashMap<>();
        entries.keys().stream()
                .sorted()
                .forEach(name -> ids.put(name.toLowerCase(Locale.ROOT), entries.texts(name)));
        return ids;
    }

    private static List<Rule.Example> examples(YamlMap map) {
        List<Rule.Example> examples = new ArrayList<>();
        for (YamlMap item : map.maps("examples")) {
            item.only(Set.of("fails", "passes"));
            for (String kind : item.keys()) {
                YamlMap example = item.map(kind).orElseThrow().only(EXAMPLE_KEYS);
                examples.add(
                        new Rule.Example(
                                kind.equals("passes"),
                                example.optionalText("file").orElse("main.tf"),
                                example.text("text"),
                                example.texts("findings")));
            }
        }
        boolean bothKinds =
                examples.stream().anyMatch(Rule.Example::passes)
                        && examples.stream().anyMatch(example -> !example.passes());
        if (!bothKinds) {
            throw map.refusal(
                    "examples",
                    "a rule needs an example that fails and one that passes",
                    "Add both under `examples:`; they are the rule's test.");
        }
        return examples;
    }
}
