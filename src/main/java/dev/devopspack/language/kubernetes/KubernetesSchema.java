package dev.devopspack.language.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.language.kubernetes.FieldType.Field;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;

/// The kinds of one release of Kubernetes and the fields they have. Read once a release, when it is
/// first asked for; threads may share it.
public final class KubernetesSchema {

    /// The format this class reads; written down in `docs/formats/kubernetes-schema-pack.md`.
    public static final int FORMAT = 1;

    private static final String FOLDER = "/kubernetes/";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<KubernetesVersion, KubernetesSchema> READ = new ConcurrentHashMap<>();

    /// Fields that are listed as required, but without which the API server takes an object: there
    /// the empty value is a good one, or the server fills it in.
    private static final Set<String> NOT_MISSED =
            Set.of(
                    "V1RoleRef.apiGroup",
                    "V1NetworkPolicySpec.podSelector",
                    "V1StatefulSetSpec.serviceName",
                    "V1PriorityClass.value",
                    "V1ControllerRevision.revision",
                    "V1EndpointSlice.endpoints",
                    "V1LimitRangeSpec.limits",
                    "V1CustomResourceDefinitionVersion.served",
                    "V1CustomResourceDefinitionVersion.storage",
                    "V1PreferredSchedulingTerm.preference",
                    "V1ISCSIVolumeSource.lun",
                    "V1ISCSIPersistentVolumeSource.lun",
                    "V1HTTPHeader.value",
                    "V1CSIDriver.spec",
                    "V1CSINodeSpec.drivers",
                    "CoreV1Event.metadata",
                    "EventsV1Event.eventTime",
                    "V1SleepAction.seconds",
                    "V1Sysctl.value");

    private final KubernetesVersion version;
    private final Map<String, Map<String, String>> kinds = new TreeMap<>();
    private final Map<String, Map<String, Field>> types = new HashMap<>();

    private KubernetesSchema(KubernetesVersion version, JsonNode pack, JsonNode values) {
        this.version = version;
        if (pack.path("format").asInt() != FORMAT) {
            throw new IllegalStateException(
                    "The schema of Kubernetes " + version.text() + " is not of format " + FORMAT);
        }
        pack.path("kinds")
                .properties()
                .forEach(group -> {
                    Map<String, String> types = new TreeMap<>();
                    group.getValue()
                            .properties()
                            .forEach(kind -> types.put(kind.getKey(), kind.getValue().asText()));
                    kinds.put(group.getKey(), types);
                });
        pack.path("types")
                .properties()
                .forEach(type -> {
                    Map<String, Field> fields = new TreeMap<>();
                    type.getValue()
                            .properties()
                            .forEach(field ->
                                    fields.put(
                                            field.getKey(),
                                            field(
                                                    type.getKey() + "." + field.getKey(),
                                                    field.getValue().asText(),
                                                    values)));
                    types.put(type.getKey(), fields);
                });
    }

    private static Field field(String name, String code, JsonNode values) {
        boolean listed = code.endsWith("!");
        Set<String> allowed = new HashSet<>();
        values.path(name).forEach(value -> allowed.add(value.asText()));
        return new Field(
                FieldType.of(listed ? code.substring(0, code.length() - 1) : code),
                listed && !NOT_MISSED.contains(name),
                allowed);
    }

    public static KubernetesSchema of(KubernetesVersion version) {
        return READ.computeIfAbsent(version, KubernetesSchema::read);
    }

    private static KubernetesSchema read(KubernetesVersion version) {
        try (InputStream pack = resource(version.text() + ".json.gz");
                InputStream values = resource("values.json")) {
            return new KubernetesSchema(
                    version,
                    JSON.readTree(new GZIPInputStream(pack)),
                    JSON.readTree(values).path("values"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static InputStream resource(String name) {
        InputStream in = KubernetesSchema.class.getResourceAsStream(FOLDER + name);
        if (in == null) {
            throw new IllegalStateException("The program's archive lacks " + FOLDER + name);
        }
        return in;
    }

    public KubernetesVersion version() {
        return version;
    }

    /// Whether a group and version such as `apps/v1` is one of Kubernetes' own with this kind.
    public boolean serves(String apiVersion, String kind) {
        return type(apiVersion, kind).isPresent();
    }

    /// The kinds of a group and version such as `apps/v1`; none of one that is not Kubernetes' own.
    Collection<String> kinds(String apiVersion) {
        return kinds.getOrDefault(apiVersion, Map.of()).keySet();
    }

    /// The groups and versions that have the kind, in order.
    Collection<String> serving(String kind) {
        return kinds.entrySet().stream()
                .filter(group -> group.getValue().containsKey(kind))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Whether the group is Kubernetes' own in some version.
    boolean ownsGroupOf(String apiVersion) {
        String group = group(apiVersion);
        return kinds.keySet().stream().anyMatch(each -> group(each).equals(group));
    }

    static String group(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    Optional<String> type(String apiVersion, String kind) {
        return Optional.ofNullable(kinds.getOrDefault(apiVersion, Map.of()).get(kind));
    }

    /// @param type a name that a field or kind of this schema gave
    Map<String, Field> fields(String type) {
        return types.getOrDefault(type, Map.of());
    }

    /// How many kinds there are, in all groups.
    int kindCount() {
        return kinds.values().stream().mapToInt(Map::size).sum();
    }
}
