package dev.devopspack.language.kubernetes;

import com.google.re2j.Pattern;
import dev.devopspack.language.Span;
import dev.devopspack.language.kubernetes.FieldType.Field;
import dev.devopspack.language.kubernetes.FieldType.Form;
import dev.devopspack.language.kubernetes.ManifestProblem.Kind;
import dev.devopspack.language.yaml.YamlNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Compares one object with the fields of its kind.
final class StructureCheck {

    private static final Pattern TIME =
            Pattern.compile(
                    "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?"
                            + "(Z|[+-][0-9]{2}:[0-9]{2})");

    private static final int LONGEST_TIME = 60;

    /// @param least the smallest number that the API server takes
    private record Range(long least, long most) {}

    private static final Range PORT = new Range(1, 65_535);
    private static final Range PORT_OR_NONE = new Range(0, 65_535);
    private static final Range NOT_NEGATIVE = new Range(0, Long.MAX_VALUE);
    private static final Range WEIGHT = new Range(1, 100);

    private static final Map<String, Range> RANGES =
            Map.ofEntries(
                    Map.entry("V1ContainerPort.containerPort", PORT),
                    Map.entry("V1ContainerPort.hostPort", PORT_OR_NONE),
                    Map.entry("V1ServicePort.port", PORT),
                    Map.entry("V1ServicePort.nodePort", PORT_OR_NONE),
                    Map.entry("V1GRPCAction.port", PORT),
                    Map.entry("V1DeploymentSpec.replicas", NOT_NEGATIVE),
                    Map.entry("V1StatefulSetSpec.replicas", NOT_NEGATIVE),
                    Map.entry("V1ReplicaSetSpec.replicas", NOT_NEGATIVE),
                    Map.entry("V1DeploymentSpec.revisionHistoryLimit", NOT_NEGATIVE),
                    Map.entry("V1DeploymentSpec.minReadySeconds", NOT_NEGATIVE),
                    Map.entry("V1Probe.initialDelaySeconds", NOT_NEGATIVE),
                    Map.entry("V1Probe.periodSeconds", NOT_NEGATIVE),
                    Map.entry("V1Probe.timeoutSeconds", NOT_NEGATIVE),
                    Map.entry("V1Probe.failureThreshold", NOT_NEGATIVE),
                    Map.entry("V1Probe.successThreshold", NOT_NEGATIVE),
                    Map.entry("V1JobSpec.backoffLimit", NOT_NEGATIVE),
                    Map.entry("V1JobSpec.parallelism", NOT_NEGATIVE),
                    Map.entry("V1JobSpec.completions", NOT_NEGATIVE),
                    Map.entry("V1JobSpec.ttlSecondsAfterFinished", NOT_NEGATIVE),
                    Map.entry("V1PreferredSchedulingTerm.weight", WEIGHT),
                    Map.entry("V1WeightedPodAffinityTerm.weight", WEIGHT),
                    Map.entry(
                            "V1TopologySpreadConstraint.maxSkew", new Range(1, Integer.MAX_VALUE)),
                    Map.entry(
                            "V2HorizontalPodAutoscalerSpec.maxReplicas",
                            new Range(1, Integer.MAX_VALUE)));

    private final KubernetesSchema schema;
    private final Manifest manifest;
    private final Problems problems;
    private final Names names;

    /// The types around the place where the walk stands, the nearest first.
    private final Deque<String> around = new ArrayDeque<>();

    StructureCheck(KubernetesSchema schema, Manifest manifest, Problems problems) {
        this.schema = schema;
        this.manifest = manifest;
        this.problems = problems;
        this.names = new Names(manifest, problems);
    }

    /// @param type of the whole object
    void judge(String type) {
        names.object();
        struct(type, manifest.root(), manifest.root().span(), Place.ROOT, true);
    }

    /// @param asks whether what is required is asked for: what the server writes itself is not
    private void struct(String type, YamlNode node, Span at, Place place, boolean asks) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            wrong(node, at, place, "an object");
            return;
        }
        Map<String, Field> fields = schema.fields(type);
        mapping.entries()
                .forEach((key, entry) -> {
                    if (!problems.wants(manifest)) {
                        return;
                    }
                    Field field = fields.get(key);
                    if (field == null) {
                        unknown(entry, fields, place);
                        return;
                    }
                    if (Problems.isNull(entry.value())) {
                        return;
                    }
                    Place inside = place.key(key);
                    around.push(type);
                    boolean asksInside = asks && !(place.isRoot() && key.equals("status"));
                    value(field.type(), entry.value(), entry.node().span(), inside, asksInside);
                    around.pop();
                    allowed(field, entry.value(), inside);
                    range(type + "." + key, entry.value(), inside);
                    names.field(type + "." + key, entry.value(), inside);
                });
        if (asks && !manifest.partial()) {
            fields.forEach((name, field) -> {
                if (field.required() && isMissing(mapping, name)) {
                    missing(name, at, place);
                }
            });
        }
    }

    private static boolean isMissing(YamlNode.Mapping mapping, String name) {
        return mapping.get(name).filter(value -> !Problems.isNull(value)).isEmpty();
    }

    private void missing(String name, Span at, Place place) {
        problems.add(Kind.MISSING_FIELD, manifest, at, place, "lacks the field '" + name + "'");
    }

    private void unknown(YamlNode.Entry entry, Map<String, Field> fields, Place place) {
        String key = entry.key();
        if (key.startsWith("$") || Problems.isPlaceholder(key)) {
            return;
        }
        Optional<String> owner =
                around.stream().filter(each -> schema.fields(each).containsKey(key)).findFirst();
        String hint = Problems.suggestion(key, fields.keySet());
        if (owner.isPresent() && !hint.contains("'" + key)) {
            hint = "; it belongs further out, to " + plain(owner.get());
        }
        problems.add(
                Kind.UNKNOWN_FIELD,
                manifest,
                entry.node().span(),
                place,
                "has no field " + Problems.quoted(key) + hint);
    }

    /// `PodSpec` of `V1PodSpec`.
    private static String plain(String type) {
        int version = type.indexOf('V');
        int at = version + 1;
        while (at < type.length() && !Character.isUpperCase(type.charAt(at))) {
            at++;
        }
        return type.substring(at);
    }

    private void value(FieldType type, YamlNode node, Span at, Place place, boolean asks) {
        if (Problems.isNull(node) || Problems.isPlaceholder(node)) {
            return;
        }
        switch (type) {
            case FieldType.Struct struct -> struct(struct.name(), node, at, place, asks);
            case FieldType.ListOf list -> {
                if (!(node instanceof YamlNode.Sequence sequence)) {
                    wrong(node, at, place, "a list");
                    return;
                }
                List<YamlNode> items = sequence.items();
                for (int i = 0; i < items.size() && problems.wants(manifest); i++) {
                    YamlNode item = items.get(i);
                    value(list.item(), item, item.span(), place.item(i), asks);
                }
            }
            case FieldType.MapOf map -> {
                if (!(node instanceof YamlNode.Mapping mapping)) {
                    wrong(node, at, place, "an object");
                    return;
                }
                mapping.entries()
                        .forEach((key, entry) ->
                                value(
                                        map.value(),
                                        entry.value(),
                                        entry.node().span(),
                                        place.key(key),
                                        asks));
            }
            case FieldType.Plain plain -> plain(plain.form(), node, at, place);
        }
    }

    private void plain(Form form, YamlNode node, Span at, Place place) {
        if (form == Form.ANY) {
            return;
        }
        if (!(node instanceof YamlNode.Scalar scalar) || !fits(form, scalar)) {
            wrong(node, at, place, form.words());
        }
    }

    private static boolean fits(Form form, YamlNode.Scalar scalar) {
        Object value = scalar.value();
        String text = value instanceof String written ? written : "";
        boolean isText = value instanceof String;
        return switch (form) {
            case ANY -> true;
            case TEXT -> isText;
            case WHOLE -> isWhole(value);
            case NUMBER -> value instanceof Number;
            case TRUTH -> value instanceof Boolean;
            case TIME -> isText && text.length() <= LONGEST_TIME && TIME.matcher(text).matches();
            case BASE64 -> isText && isBase64(text);
            case QUANTITY -> value instanceof Number || (isText && Amount.isWritten(text.strip()));
            case WHOLE_OR_TEXT -> isText || isWhole(value);
        };
    }

    /// Line breaks are overlooked, as the API server does.
    private static boolean isBase64(String text) {
        int letters = 0;
        int padding = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '=') {
                padding++;
            } else if (c < 128 && (Character.isLetterOrDigit(c) || c == '+' || c == '/')) {
                if (padding > 0) {
                    return false;
                }
                letters++;
            } else if (c != '\n' && c != '\r') {
                return false;
            }
        }
        return padding <= 2 && (letters + padding) % 4 == 0;
    }

    private static boolean isWhole(@Nullable Object value) {
        return value instanceof Long
                || (value instanceof Double number
                        && !Double.isInfinite(number)
                        && Math.rint(number) == number);
    }

    private void wrong(YamlNode node, Span at, Place place, String wanted) {
        String quote =
                node instanceof YamlNode.Scalar scalar
                                && wanted.equals(Form.TEXT.words())
                                && !(scalar.value() instanceof String)
                        ? "; put it in quotes"
                        : "";
        problems.add(
                Kind.WRONG_TYPE,
                manifest,
                node instanceof YamlNode.Scalar ? node.span() : at,
                place,
                "is " + found(node) + ", Kubernetes wants " + wanted + quote);
    }

    static String found(YamlNode node) {
        return switch (node) {
            case YamlNode.Mapping _ -> "an object";
            case YamlNode.Sequence _ -> "a list";
            case YamlNode.Scalar scalar ->
                    switch (scalar.value()) {
                        case Boolean truth -> "the truth value " + truth;
                        case Number _ -> "a number";
                        case null -> "nothing";
                        default -> "a text";
                    };
        };
    }

    private void allowed(Field field, YamlNode node, Place place) {
        if (field.values().isEmpty()) {
            return;
        }
        if (node instanceof YamlNode.Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                allowed(field, sequence.items().get(i), place.item(i));
            }
            return;
        }
        String text = node.text().orElse("");
        boolean judged =
                node instanceof YamlNode.Scalar scalar
                        && scalar.value() instanceof String
                        && !text.isEmpty()
                        && !Problems.isPlaceholder(text);
        if (!judged || field.values().contains(text)) {
            return;
        }
        String hint = Problems.suggestion(text, field.values());
        List<String> sorted = field.values().stream().sorted().toList();
        String all = sorted.size() <= 6 ? "; it takes " + String.join(", ", sorted) : "";
        problems.add(
                Kind.WRONG_VALUE,
                manifest,
                node.span(),
                place,
                "cannot be " + Problems.quoted(text) + (hint.isEmpty() ? all : hint));
    }

    private void range(String field, YamlNode node, Place place) {
        Range range = RANGES.get(field);
        if (range != null
                && node instanceof YamlNode.Scalar scalar
                && scalar.value() instanceof Long number
                && (number < range.least() || number > range.most())) {
            problems.add(
                    Kind.WRONG_VALUE,
                    manifest,
                    node.span(),
                    place,
                    "cannot be "
                            + number
                            + (range.most() == Long.MAX_VALUE
                                    ? "; it is at least " + range.least()
                                    : "; it is " + range.least() + " to " + range.most()));
        }
    }
}
