package dev.devopspack.language.kubernetes;

import com.google.re2j.Pattern;
import dev.devopspack.language.kubernetes.ManifestProblem.Kind;
import dev.devopspack.language.yaml.YamlNode;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The shapes of names, labels and annotations that the API server takes.
///
/// @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/names/">Object
///   names</a>
final class Names {

    private static final int MAX_LABEL = 63;
    private static final int MAX_SUBDOMAIN = 253;
    private static final int MAX_PORT_NAME = 15;

    /// A CronJob's name with the time of a run must be the name of a Job.
    private static final int MAX_CRON_JOB = 52;

    private static final int MAX_ANNOTATIONS = 256 * 1_024;

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern SERVICE = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern VALUE =
            Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");
    private static final Pattern PORT = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern LETTER = Pattern.compile("[a-z]");

    private static final Set<String> ROLES =
            Set.of("ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding");

    private static final Set<String> SUBDOMAINS =
            Set.of(
                    "ConfigMap",
                    "CronJob",
                    "CustomResourceDefinition",
                    "DaemonSet",
                    "Deployment",
                    "HorizontalPodAutoscaler",
                    "Ingress",
                    "IngressClass",
                    "Job",
                    "Lease",
                    "LimitRange",
                    "NetworkPolicy",
                    "PersistentVolume",
                    "PersistentVolumeClaim",
                    "Pod",
                    "PodDisruptionBudget",
                    "PriorityClass",
                    "ReplicaSet",
                    "ReplicationController",
                    "ResourceQuota",
                    "RuntimeClass",
                    "Secret",
                    "ServiceAccount",
                    "StatefulSet",
                    "StorageClass");

    private final Manifest manifest;
    private final Problems problems;

    Names(Manifest manifest, Problems problems) {
        this.manifest = manifest;
        this.problems = problems;
    }

    /// The object's own name and namespace.
    void object() {
        Place metadata = Place.ROOT.key("metadata");
        Optional<YamlNode> name = manifest.at("metadata", "name");
        Optional<YamlNode> generated = manifest.at("metadata", "generateName");
        if (name.flatMap(YamlNode::text).isEmpty() && generated.isEmpty()) {
            if (!manifest.partial()) {
                problems.add(
                        Kind.MISSING_FIELD,
                        manifest,
                        manifest.at("metadata").orElse(manifest.root()).span(),
                        metadata,
                        "needs a 'name' or a 'generateName'");
            }
            return;
        }
        name.ifPresent(node -> check(node, metadata.key("name"), this::objectName));
    }

    private Optional<String> objectName(String name) {
        String kind = manifest.kind();
        if (kind.equals("Service")) {
            return shape(name, SERVICE, MAX_LABEL, "small letters, digits and '-', a letter first");
        }
        if (kind.equals("Namespace")) {
            return shape(name, LABEL, MAX_LABEL, "small letters, digits and '-'");
        }
        if (ROLES.contains(kind)) {
            boolean wrong =
                    name.equals(".")
                            || name.equals("..")
                            || name.contains("/")
                            || name.contains("%");
            return wrong ? Optional.of("no '/' and no '%'") : Optional.empty();
        }
        if (!SUBDOMAINS.contains(kind)) {
            return Optional.empty();
        }
        int longest = kind.equals("CronJob") ? MAX_CRON_JOB : MAX_SUBDOMAIN;
        return shape(name, SUBDOMAIN, longest, "small letters, digits, '-' and '.'");
    }

    /// Judges a field whose texts have a shape.
    ///
    /// @param field the type and its field, such as `V1Container.name`
    void field(String field, YamlNode value, Place place) {
        switch (field) {
            case "V1ObjectMeta.labels",
                    "V1LabelSelector.matchLabels",
                    "V1ServiceSpec.selector",
                    "V1PodSpec.nodeSelector" ->
                    labels(value, place);
            case "V1ObjectMeta.annotations" -> annotations(value, place);
            case "V1ObjectMeta.namespace",
                    "V1Container.name",
                    "V1Volume.name",
                    "V1ServicePort.name" ->
                    check(
                            value,
                            place,
                            name -> shape(name, LABEL, MAX_LABEL, "small letters, digits and '-'"));
            case "V1ContainerPort.name" -> check(value, place, Names::portName);
            default -> {}
        }
    }

    private static Optional<String> portName(String name) {
        return LETTER.matcher(name).find()
                ? shape(name, PORT, MAX_PORT_NAME, "small letters, digits and '-'")
                : Optional.of("a name with a letter in it");
    }

    private void labels(YamlNode labels, Place place) {
        labels.entries()
                .forEach((key, entry) -> {
                    if (Problems.isPlaceholder(key)) {
                        return;
                    }
                    key(entry, place);
                    check(
                            entry.value(),
                            place.key(key),
                            value ->
                                    value.length() <= MAX_LABEL && VALUE.matcher(value).matches()
                                            ? Optional.empty()
                                            : Optional.of(
                                                    "letters, digits, '-', '_' and '.', at most "
                                                            + MAX_LABEL
                                                            + ", a letter or digit at both ends"));
                });
    }

    private void annotations(YamlNode annotations, Place place) {
        long size = 0;
        for (YamlNode.Entry entry : annotations.entries().values()) {
            key(entry, place);
            size += entry.key().length() + entry.value().text().orElse("").length();
        }
        if (size > MAX_ANNOTATIONS) {
            problems.add(
                    Kind.WRONG_VALUE,
                    manifest,
                    annotations.span(),
                    place,
                    "has more than " + MAX_ANNOTATIONS + " characters");
        }
    }

    private void key(YamlNode.Entry entry, Place place) {
        String key = entry.key();
        if (Problems.isPlaceholder(key)) {
            return;
        }
        int slash = key.indexOf('/');
        String prefix = slash < 0 ? "" : key.substring(0, slash);
        String name = key.substring(slash + 1);
        boolean good =
                !name.isEmpty()
                        && name.length() <= MAX_LABEL
                        && VALUE.matcher(name).matches()
                        && (slash < 0
                                || (prefix.length() <= MAX_SUBDOMAIN
                                        && SUBDOMAIN
                                                .matcher(prefix.toLowerCase(Locale.ROOT))
                                                .matches()));
        if (!good) {
            problems.add(
                    Kind.WRONG_NAME,
                    manifest,
                    entry.node().span(),
                    place.key(key),
                    "is no key; write a name of at most 63 letters, digits, '-', '_' and '.', with"
                            + " 'domain/' before it or not");
        }
    }

    /// Says what a text should be, where it is not.
    private interface Shape {
        Optional<String> wanted(String text);
    }

    private void check(YamlNode node, Place place, Shape shape) {
        if (!(node instanceof YamlNode.Scalar scalar)
                || !(scalar.value() instanceof String text)
                || Problems.isPlaceholder(text)) {
            return;
        }
        shape.wanted(text)
                .ifPresent(wanted ->
                        problems.add(
                                Kind.WRONG_NAME,
                                manifest,
                                node.span(),
                                place,
                                "cannot be " + Problems.quoted(text) + "; write " + wanted));
    }

    private static Optional<String> shape(String text, Pattern shape, int longest, String of) {
        return text.length() <= longest && shape.matcher(text).matches()
                ? Optional.empty()
                : Optional.of("at most " + longest + " " + of);
    }
}
