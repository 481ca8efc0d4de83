package dev.devopspack.language.kubernetes;

import dev.devopspack.language.Span;
import dev.devopspack.language.kubernetes.ManifestProblem.Kind;
import dev.devopspack.language.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Asks the rules in CEL (`x-kubernetes-validations`) of a definition of its objects, as the API
/// server does when it creates them: with the schema's defaults, and without those rules that
/// compare with the object before (`oldSelf`).
final class RulesCheck {

    /// What one object may cost: an object has hundreds of values, a definition ten thousand
    /// fields, and defaults inside of lists multiply.
    private static final int MAX_STEPS = 500_000;

    /// Longer texts are files inside of a field; a rule may look at all of one in each turn.
    private static final int LONGEST_TEXT = 4_096;

    /// A message is a sentence; what is longer is cut again where it is shown.
    private static final int LONGEST_MESSAGE = 300;

    private static final String RULES = "x-kubernetes-validations";
    private static final String TOO_LARGE = "the object and its definition are too large";

    /// Formats whose texts are times or bytes to a rule.
    private static final Set<String> FORMATS = Set.of("date-time", "date", "duration", "byte");

    private final RuleJudge judge;
    private final Problems problems;
    private final Set<YamlNode> notJudged = Collections.newSetFromMap(new IdentityHashMap<>());

    RulesCheck(RuleJudge judge, Problems problems) {
        this.judge = judge;
        this.problems = problems;
    }

    /// A patch is not asked: what it lacks stands elsewhere.
    void judge(Manifest manifest, CustomKinds.Defined defined) {
        if (manifest.partial()) {
            return;
        }
        new Walk(manifest, defined.definition())
                .value(
                        defined.schema(),
                        manifest.root(),
                        new At(manifest.root().span(), Place.ROOT, true));
    }

    /// @param asked whether rules are: what a default brings has none broken
    private record At(Span span, Place place, boolean asked) {}

    private final class Walk {

        private final Manifest manifest;
        private final Manifest definition;
        private int steps;

        Walk(Manifest manifest, Manifest definition) {
            this.manifest = manifest;
            this.definition = definition;
        }

        /// The value as rules see it; asks those of its place once it is whole.
        @Nullable Object value(YamlNode schema, YamlNode node, At at) {
            steps++;
            if (Problems.isNull(node)) {
                return null;
            }
            if (Problems.isPlaceholder(node)
                    || node.entries().keySet().stream().anyMatch(Problems::isPlaceholder)) {
                return judge.filledIn();
            }
            Object value =
                    switch (node) {
                        case YamlNode.Mapping mapping -> object(schema, mapping, at);
                        case YamlNode.Sequence sequence -> list(schema, sequence, at);
                        case YamlNode.Scalar scalar -> scalar(schema, scalar);
                    };
            if (at.asked()) {
                for (YamlNode rule : schema.get(RULES).map(YamlNode::items).orElse(List.of())) {
                    ask(rule, value, node, at);
                }
            }
            return value;
        }

        private Map<String, Object> object(YamlNode schema, YamlNode.Mapping mapping, At at) {
            Map<String, Object> values = new LinkedHashMap<>();
            Map<String, YamlNode.Entry> known =
                    schema.get("properties").map(YamlNode::entries).orElse(Map.of());
            steps += known.size();
            boolean whole =
                    at.place().isRoot()
                            || CustomCheck.isTrue(schema, "x-kubernetes-embedded-resource");
            if (whole) {
                given(mapping, values);
            }
            for (Map.Entry<String, YamlNode.Entry> each : known.entrySet()) {
                String key = each.getKey();
                Optional<String> name = RuleNames.of(key);
                if (steps <= MAX_STEPS
                        && name.isPresent()
                        && !(whole && values.containsKey(name.get()))) {
                    put(values, name.get(), each.getValue().value(), mapping.entry(key), at, key);
                }
            }
            schema.get("additionalProperties")
                    .filter(YamlNode.Mapping.class::isInstance)
                    .ifPresent(others ->
                            mapping.entries()
                                    .forEach((key, entry) -> {
                                        if (steps <= MAX_STEPS && !known.containsKey(key)) {
                                            put(values, key, others, Optional.of(entry), at, key);
                                        }
                                    }));
            return values;
        }

        private void put(
                Map<String, Object> values,
                String name,
                YamlNode schema,
                Optional<YamlNode.Entry> written,
                At at,
                String key) {
            boolean nullable = CustomCheck.isTrue(schema, "nullable");
            Optional<YamlNode.Entry> kept =
                    written.filter(entry -> nullable || !Problems.isNull(entry.value()));
            Place place = at.place().key(key);
            if (kept.isPresent()) {
                YamlNode node = kept.get().value();
                Span span =
                        node instanceof YamlNode.Scalar ? node.span() : kept.get().node().span();
                values.put(name, value(schema, node, new At(span, place, at.asked())));
            } else {
                schema.get("default")
                        .ifPresent(node ->
                                values.put(
                                        name,
                                        value(schema, node, new At(at.span(), place, false))));
            }
        }

        /// What a rule sees of every object; not its labels and annotations.
        private void given(YamlNode.Mapping mapping, Map<String, Object> values) {
            texts(mapping, List.of("apiVersion", "kind"), values);
            mapping.get("metadata")
                    .ifPresent(metadata -> {
                        Map<String, Object> inside = new LinkedHashMap<>();
                        texts(metadata, List.of("name", "generateName"), inside);
                        values.put("metadata", inside);
                    });
        }

        private void texts(YamlNode from, List<String> keys, Map<String, Object> into) {
            for (String key : keys) {
                from.get(key)
                        .ifPresent(node ->
                                node.text()
                                        .ifPresent(text ->
                                                into.put(
                                                        key,
                                                        Problems.isPlaceholder(text)
                                                                ? judge.filledIn()
                                                                : text)));
            }
        }

        private List<Object> list(YamlNode schema, YamlNode.Sequence sequence, At at) {
            List<Object> values = new ArrayList<>();
            Optional<YamlNode> items = schema.get("items");
            for (int i = 0; items.isPresent() && i < sequence.items().size(); i++) {
                YamlNode item = sequence.items().get(i);
                if (steps <= MAX_STEPS) {
                    At inside = new At(item.span(), at.place().item(i), at.asked());
                    values.add(value(items.get(), item, inside));
                }
            }
            String type = Manifest.text(schema, "x-kubernetes-list-type");
            return type.equals("set") || type.equals("map") ? judge.unordered(values) : values;
        }

        private Object scalar(YamlNode schema, YamlNode.Scalar scalar) {
            String type = Manifest.text(schema, "type");
            return switch (scalar.value()) {
                case null -> "";
                case Double real when type.equals("integer") -> real.longValue();
                case Long whole when type.equals("number") -> (double) whole;
                case String text -> text(text, Manifest.text(schema, "format"));
                case Object value -> value;
            };
        }

        private Object text(String text, String format) {
            if (FORMATS.contains(format)) {
                return judge.unread("it reads a text of the format " + format);
            }
            return text.length() > LONGEST_TEXT
                    ? judge.unread("it reads a text that is longer than " + LONGEST_TEXT)
                    : text;
        }

        private void ask(YamlNode rule, Object self, YamlNode node, At at) {
            String text = Manifest.text(rule, "rule");
            boolean optional = CustomCheck.isTrue(rule, "optionalOldSelf");
            if (RuleNames.mentions(text, "oldSelf") && !optional) {
                return;
            }
            RuleJudge.Answer answer =
                    optional
                            ? new RuleJudge.Answer.NotJudged("it asks for an optional oldSelf")
                            : steps > MAX_STEPS
                                    ? new RuleJudge.Answer.NotJudged(TOO_LARGE)
                                    : judge.answer(text, self);
            switch (answer) {
                case RuleJudge.Answer.Holds _, RuleJudge.Answer.Open _ -> {}
                case RuleJudge.Answer.Fails _ -> broken(rule, node, at, says(rule, text, self));
                case RuleJudge.Answer.NoValue(String why) ->
                        broken(rule, node, at, "the rule has no answer: " + cut(why));
                case RuleJudge.Answer.NotJudged(String why) -> note(rule, text, why);
            }
        }

        private void broken(YamlNode rule, YamlNode node, At at, String why) {
            YamlNode inner = node;
            Place place = at.place();
            for (String key : RuleNames.path(Manifest.text(rule, "fieldPath"))) {
                Optional<YamlNode> next = inner.get(key);
                if (next.isEmpty()) {
                    break;
                }
                inner = next.get();
                place = place.key(key);
            }
            Span span = place.equals(at.place()) ? at.span() : inner.span();
            String message = "breaks a rule of its definition; " + why;
            problems.add(Kind.CUSTOM, manifest, span, place, message);
        }

        /// Once for a rule, where it stands.
        private void note(YamlNode rule, String text, String why) {
            if (notJudged.add(rule)) {
                String message = "not judged: " + cut(why) + "; the rule is " + cut(text);
                problems.add(Kind.NOT_JUDGED, definition, rule.span(), Place.ROOT, message);
            }
        }

        private String says(YamlNode rule, String text, Object self) {
            String expression = Manifest.text(rule, "messageExpression");
            String message =
                    Optional.of(expression)
                            .filter(each -> !each.isEmpty())
                            .flatMap(each -> judge.text(each, self))
                            .filter(each -> !each.isBlank())
                            .orElseGet(() -> Manifest.text(rule, "message"));
            return message.isBlank() ? "the rule is " + cut(text) : "it says: " + cut(message);
        }

        private static String cut(String text) {
            String line = text.strip();
            return line.length() > LONGEST_MESSAGE
                    ? line.substring(0, LONGEST_MESSAGE) + "…"
                    : line;
        }
    }
}
