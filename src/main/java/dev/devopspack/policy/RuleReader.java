package dev.devopspack.policy;

import dev.devopspack.change.Digest;
import dev.devopspack.task.InvalidInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a rule file, format version 1. Strict: what it does not know it refuses, with the place.
final class RuleReader {

    private static final Pattern ID = Pattern.compile("[A-Z][A-Z0-9]*(-[A-Z0-9]+){1,5}");
    private static final Pattern SUBJECT =
            Pattern.compile("[a-z]+/[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)?");

    private static final Pattern PARAMETER = Pattern.compile("[a-z][A-Za-z0-9]{0,39}");

    private static final Pattern PATH =
            Pattern.compile("[A-Za-z][A-Za-z0-9_/-]*(\\.[A-Za-z][A-Za-z0-9_/-]*){0,9}");

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
                    "fix",
                    "parameters",
                    "examples");
    private static final Set<String> TOOLS =
            Set.of(
                    "checkov",
                    "trivy",
                    "kics",
                    "kubeconform",
                    "kubescape",
                    "kube-linter",
                    "kube-score",
                    "polaris",
                    "kyverno",
                    "gatekeeper",
                    "hadolint",
                    "zizmor",
                    "actionlint");
    private static final Set<String> EXAMPLE_KEYS =
            Set.of("file", "text", "findings", "parameters");

    private RuleReader() {}

    /// @throws InvalidInput where the file is no rule, with `file:line:column`
    static Rule read(String file, byte[] bytes) {
        YamlMap map = StrictYaml.read(file, bytes).only(KEYS);
        Map<String, RuleParameter> parameters = parameters(map);
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
                examples(map, parameters),
                parameters,
                fix(map),
                file,
                Digest.of(bytes));
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
                                "Use critical, high, medium, low or info."));
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

    private static @Nullable Fix fix(YamlMap map) {
        YamlMap fix = map.map("fix").orElse(null);
        if (fix == null) {
            return null;
        }
        fix.only(Set.of("set", "remove"));
        Map<String, Object> set = new LinkedHashMap<>();
        fix.map("set")
                .ifPresent(values ->
                        values.keys()
                                .forEach(
                                        path -> set.put(path(values, path), values.literal(path))));
        List<String> remove = fix.texts("remove");
        remove.forEach(path -> path(fix, path));
        if (set.isEmpty() && remove.isEmpty()) {
            throw map.refusal(
                    "fix", "the fix changes nothing", "Write `fix: {set: {attribute: value}}`.");
        }
        return new Fix(set, remove);
    }

    private static String path(YamlMap map, String path) {
        if (!PATH.matcher(path).matches()) {
            throw map.refusal(
                    path,
                    "'" + Shown.of(path) + "' is no path",
                    "Write names with dots between them, for example metadata_options.http_tokens.");
        }
        return path;
    }

    private static Map<String, RuleParameter> parameters(YamlMap map) {
        YamlMap all = map.map("parameters").orElse(null);
        if (all == null) {
            return Map.of();
        }
        Map<String, RuleParameter> parameters = new LinkedHashMap<>();
        for (String name : all.keys()) {
            if (!PARAMETER.matcher(name).matches()) {
                throw all.refusal(
                        name,
                        "'" + Shown.of(name) + "' is no name of a parameter",
                        "Use letters and digits, for example minimumDays.");
            }
            YamlMap of = all.map(name).orElseThrow().only(Set.of("type", "default", "meaning"));
            RuleParameter.Type type =
                    Arrays.stream(RuleParameter.Type.values())
                            .filter(each -> each.label().equals(of.text("type")))
                            .findFirst()
                            .orElseThrow(() ->
                                    of.refusal(
                                            "type",
                                            "'" + Shown.of(of.text("type")) + "' is no type",
                                            "Use number, text, truth, numbers or texts."));
            if (!of.keys().contains("default") || !type.takes(of.literal("default"))) {
                throw of.refusal(
                        "default",
                        "the default is not " + type.wanted(),
                        "Write " + type.wanted() + ".");
            }
            parameters.put(
                    name, new RuleParameter(type, of.literal("default"), line(of, "meaning")));
        }
        return parameters;
    }

    private static List<Rule.Example> examples(YamlMap map, Map<String, RuleParameter> parameters) {
        List<Rule.Example> examples = new ArrayList<>();
        for (YamlMap item : map.maps("examples")) {
            item.only(Set.of("fails", "passes"));
            for (String kind : item.keys()) {
                YamlMap example = item.map(kind).orElseThrow().only(EXAMPLE_KEYS);
                examples.add(
                        new Rule.Example(
                                example.expression("text").line(),
                                kind.equals("passes"),
                                example.optionalText("file").orElse("main.tf"),
                                example.text("text"),
                                example.texts("findings"),
                                example.map("parameters")
                                        .map(values ->
                                                ParameterValues.values(
                                                        "the rule", parameters, values))
                                        .orElse(Map.of())));
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
