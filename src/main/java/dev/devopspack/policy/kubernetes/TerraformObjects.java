package dev.devopspack.policy.kubernetes;

import com.google.re2j.Pattern;
import dev.cel.common.values.NullValue;
import dev.devopspack.policy.subject.Attributes;
import dev.devopspack.policy.subject.Subject;
import dev.devopspack.policy.subject.Subject.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads resources of Terraform's Kubernetes provider as the objects that they make, so that the
/// same rules judge both.
public final class TerraformObjects {

    private static final String PREFIX = "terraform/kubernetes_";
    private static final Pattern VERSION = Pattern.compile("_v[0-9]+((alpha|beta)[0-9]+)?$");

    private static final Map<String, String> KINDS =
            Map.of("daemonset", "DaemonSet", "default_service_account", "ServiceAccount");

    private static final Map<String, String> API_VERSIONS =
            Map.ofEntries(
                    Map.entry("Deployment", "apps/v1"),
                    Map.entry("StatefulSet", "apps/v1"),
                    Map.entry("DaemonSet", "apps/v1"),
                    Map.entry("Job", "batch/v1"),
                    Map.entry("CronJob", "batch/v1"),
                    Map.entry("Role", "rbac.authorization.k8s.io/v1"),
                    Map.entry("ClusterRole", "rbac.authorization.k8s.io/v1"),
                    Map.entry("RoleBinding", "rbac.authorization.k8s.io/v1"),
                    Map.entry("ClusterRoleBinding", "rbac.authorization.k8s.io/v1"),
                    Map.entry("Ingress", "networking.k8s.io/v1"),
                    Map.entry("NetworkPolicy", "networking.k8s.io/v1"),
                    Map.entry("HorizontalPodAutoscaler", "autoscaling/v2"),
                    Map.entry("PodDisruptionBudget", "policy/v1"));

    /// Blocks that stand for lists, with the name of the list where it is another.
    private static final Map<String, String> LISTS =
            Map.ofEntries(
                    Map.entry("container", "containers"),
                    Map.entry("init_container", "initContainers"),
                    Map.entry("volume", "volumes"),
                    Map.entry("volume_mount", "volumeMounts"),
                    Map.entry("env", "env"),
                    Map.entry("env_from", "envFrom"),
                    Map.entry("port", "ports"),
                    Map.entry("ports", "ports"),
                    Map.entry("rule", "rules"),
                    Map.entry("subject", "subjects"),
                    Map.entry("sysctl", "sysctls"),
                    Map.entry("toleration", "tolerations"),
                    Map.entry("image_pull_secrets", "imagePullSecrets"),
                    Map.entry("topology_spread_constraint", "topologySpreadConstraints"),
                    Map.entry("volume_claim_template", "volumeClaimTemplates"),
                    Map.entry("match_expressions", "matchExpressions"),
                    Map.entry("ingress", "ingress"),
                    Map.entry("egress", "egress"),
                    Map.entry("from", "from"),
                    Map.entry("to", "to"),
                    Map.entry("tls", "tls"),
                    Map.entry("path", "paths"),
                    Map.entry("metric", "metrics"),
                    Map.entry("range", "ranges"),
                    Map.entry("limit", "limits"),
                    Map.entry("allowed_host_paths", "allowedHostPaths"),
                    Map.entry("option", "options"),
                    Map.entry("webhook", "webhooks"),
                    Map.entry(
                            "preferred_during_scheduling_ignored_during_execution",
                            "preferredDuringSchedulingIgnoredDuringExecution"),
                    Map.entry(
                            "required_during_scheduling_ignored_during_execution",
                            "requiredDuringSchedulingIgnoredDuringExecution"));

    private static final Map<String, String> NAMES =
            Map.of(
                    "host_pid", "hostPID",
                    "host_ipc", "hostIPC",
                    "cluster_ip", "clusterIP",
                    "external_ips", "externalIPs",
                    "non_resource_urls", "nonResourceURLs");

    private static final Set<String> CLUSTER_ADDRESS = Set.of("manifest");

    private TerraformObjects() {}

    /// @param resources all resources of an evaluated module tree
    /// @return what rules on Kubernetes judge in them; nothing of it is counted as a resource again
    public static List<Subject> subjects(List<? extends Subject> resources) {
        List<KubernetesObject> objects = new ArrayList<>();
        for (Subject resource : resources) {
            if (resource.kind().startsWith(PREFIX)) {
                object(resource).ifPresent(objects::add);
            }
        }
        return objects.isEmpty() ? List.of() : new Cluster(objects).all();
    }

    private static Optional<KubernetesObject> object(Subject resource) {
        String type = resource.kind().substring(PREFIX.length());
        if (CLUSTER_ADDRESS.contains(type)) {
            return resource.self().get("manifest") instanceof Attributes manifest
                    ? Optional.of(
                            new KubernetesObject(
                                    manifest,
                                    new ResourcePlaces(resource, Map.of(), false),
                                    resource.address()))
                    : Optional.empty();
        }
        String plain = VERSION.matcher(type).replaceFirst("");
        String kind = KINDS.getOrDefault(plain, camel("_" + plain));
        Conversion conversion = new Conversion();
        Map<String, Object> raw = conversion.object(resource.self(), List.of(), "");
        raw.put("kind", kind);
        raw.put("apiVersion", API_VERSIONS.getOrDefault(kind, "v1"));
        if (plain.equals("default_service_account")) {
            raw.put("metadata", new Attributes(Map.of("name", "default")));
        }
        return Optional.of(
                new KubernetesObject(
                        new Attributes(raw),
                        new ResourcePlaces(resource, conversion.paths, true),
                        resource.address()));
    }

    private static String camel(String snake) {
        StringBuilder camel = new StringBuilder();
        boolean upper = false;
        for (int i = 0; i < snake.length(); i++) {
            char c = snake.charAt(i);
            if (c == '_') {
                upper = true;
            } else {
                camel.append(
                        upper ? String.valueOf(c).toUpperCase(Locale.ROOT) : String.valueOf(c));
                upper = false;
            }
        }
        return camel.toString();
    }

    /// Turns blocks and attributes into fields, and remembers where each of them came from.
    private static final class Conversion {

        private final Map<List<String>, String> paths = new LinkedHashMap<>();

        Map<String, Object> object(Attributes from, List<String> path, String origin) {
            Map<String, Object> fields = new LinkedHashMap<>();
            for (Map.Entry<String, Object> entry : from.entrySet()) {
                String name = entry.getKey();
                String place = origin.isEmpty() ? name : origin + "." + name;
                List<?> blocks = entry.getValue() instanceof List<?> list ? list : List.of();
                boolean isBlock = blocks.stream().anyMatch(Attributes.class::isInstance);
                if (!isBlock) {
                    String field = NAMES.getOrDefault(name, camel(name));
                    paths.put(with(path, field), place);
                    fields.put(field, entry.getValue());
                } else if (LISTS.containsKey(name)) {
                    String field = LISTS.getOrDefault(name, name);
                    paths.put(with(path, field), place);
                    fields.put(field, items(blocks, with(path, field), place));
                } else if (blocks.getFirst() instanceof Attributes block) {
                    String field = NAMES.getOrDefault(name, camel(name));
                    paths.put(with(path, field), place);
                    fields.put(field, new Attributes(object(block, with(path, field), place)));
                }
            }
            return fields;
        }

        private List<Object> items(List<?> blocks, List<String> path, String origin) {
            List<Object> items = new ArrayList<>();
            for (int i = 0; i < blocks.size(); i++) {
                String place = origin + "[" + i + "]";
                List<String> itemPath = with(path, String.valueOf(i));
                paths.put(itemPath, place);
                items.add(
                        blocks.get(i) instanceof Attributes block
                                ? new Attributes(object(block, itemPath, place))
                                : NullValue.NULL_VALUE);
            }
            return items;
        }

        private static List<String> with(List<String> path, String step) {
            List<String> longer = new ArrayList<>(path);
            longer.add(step);
            return List.copyOf(longer);
        }
    }

    private record ResourcePlaces(
            Subject resource, Map<List<String>, String> paths, boolean asBlocks) implements Places {

        @Override
        public Optional<Place> at(List<String> path) {
            return path.isEmpty()
                    ? Optional.of(resource.place())
                    : Optional.ofNullable(paths.get(path)).flatMap(resource::placeOf);
        }

        @Override
        public Place start() {
            return resource.place();
        }

        @Override
        public int lastLine() {
            return resource.lastLine();
        }

        @Override
        public int lastLine(List<String> path) {
            return resource.lastLine();
        }
    }
}
