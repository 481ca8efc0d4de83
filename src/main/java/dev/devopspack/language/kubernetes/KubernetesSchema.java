package dev.devopspack.language.kubernetes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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
    private static final JsonFactory JSON = new JsonFactory();
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
    private final Map<String, Map<String, String>> codes = new HashMap<>();
    private final Map<String, Set<String>> values = new HashMap<>();

    /// A manifest meets few of the types, so each is made when it is first asked for.
    private final Map<String, Map<String, Field>> types = new ConcurrentHashMap<>();

    private KubernetesSchema(KubernetesVersion version) {
        this.version = version;
    }

    private void readPack(JsonParser json) throws IOException {
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String member = json.currentName();
            json.nextToken();
            switch (member) {
                case "format" -> {
                    if (json.getIntValue() != FORMAT) {
                        throw new IllegalStateException(
                                "The schema of Kubernetes "
                                        + version.text()
                                        + " is not of format "
                                        + FORMAT);
                    }
                }
                case "kinds" -> readTable(json, kinds);
                case "types" -> readTable(json, codes);
                default -> json.skipChildren();
            }
        }
    }

    private static void readTable(JsonParser json, Map<String, Map<String, String>> into)
            throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            Map<String, String> row = new TreeMap<>();
            into.put(json.currentName(), row);
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                row.put(json.currentName(), json.nextTextValue());
            }
        }
    }

    private void readValues(JsonParser json) throws IOException {
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean isTable = json.currentName().equals("values");
            json.nextToken();
            while (isTable && json.nextToken() == JsonToken.FIELD_NAME) {
                Set<String> allowed = new HashSet<>();
                values.put(json.currentName(), allowed);
                json.nextToken();
                while (json.nextToken() == JsonToken.VALUE_STRING) {
                    allowed.add(json.getText());
                }
            }
        }
    }

    private Map<String, Field> made(String type) {
        Map<String, Field> fields = new TreeMap<>();
        codes.getOrDefault(type, Map.of())
                .forEach((name, code) -> fields.put(name, field(type + "." + name, code)));
        return fields;
    }

    private Field field(String name, String code) {
        boolean listed = code.endsWith("!");
        return new Field(
                FieldType.of(listed ? code.substring(0, code.length() - 1) : code),
                listed && !NOT_MISSED.contains(name),
                values.getOrDefault(name, Set.of()));
    }

    public static KubernetesSchema of(KubernetesVersion version) {
        return READ.computeIfAbsent(version, KubernetesSchema::read);
    }

    private static KubernetesSchema read(KubernetesVersion version) {
        try (InputStream pack = resource(version.text() + ".json.gz");
                InputStream values = resource("values.json")) {
            KubernetesSchema schema = new KubernetesSchema(version);
            try (JsonParser json = JSON.createParser(new GZIPInputStream(pack))) {
                schema.readPack(json);
            }
            try (JsonParser json = JSON.createParser(values)) {
                schema.readValues(json);
            }
            return schema;
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
        return types.computeIfAbsent(type, this::made);
    }

    /// How many kinds there are, in all groups.
    int kindCount() {
        return kinds.values().stream().mapToInt(Map::size).sum();
    }
}
