package dev.devopspack.language.kustomize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.language.yaml.Yaml;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlNode.Mapping;
import dev.devopspack.language.yaml.YamlSchema;
import dev.devopspack.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is built is what the real Kustomize builds.
class KustomizeBuildsTest {

    private static final String BASE =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
              labels: {app: web}
            spec:
              replicas: 1
              selector:
                matchLabels: {app: web}
              template:
                metadata:
                  labels: {app: web}
                spec:
                  initContainers:
                    - name: first
                      image: registry.example:5000/first:1
                  containers:
                    - name: web
                      image: nginx
                      args: [a, b]
                      env:
                        - {name: MODE, value: plain}
                        - {name: LEVEL, value: info}
                      ports:
                        - {containerPort: 80}
                      volumeMounts:
                        - {name: tmp, mountPath: /tmp}
                    - name: side
                      image: docker.io/library/side:2@sha256:0000000000000000000000000000000000000000000000000000000000000000
                  volumes:
                    - {name: tmp, emptyDir: {}}
                  tolerations:
                    - {key: a, operator: Exists}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec:
              selector: {app: web}
              ports:
                - {name: http, port: 80}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: robot}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: robot}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects:
              - {kind: ServiceAccount, name: robot, namespace: default}
              - {kind: User, name: ada, apiGroup: rbac.authorization.k8s.io}
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: web}
            spec:
              podSelector:
                matchLabels: {app: web}
            ---
            apiVersion: example.com/v1
            kind: Shop
            metadata: {name: shop}
            spec:
              containers:
                - {name: a, image: x}
                - {name: b, image: y}
            """;

    @TempDir Path folder;

    private final Map<String, String> files = new TreeMap<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "namespace: live",
                "commonAnnotations: {team: shop}",
                "labels:\n  - pairs: {tier: front}",
                "labels:\n  - pairs: {tier: front}\n    includeSelectors: true",
                "labels:\n  - pairs: {tier: front}\n    includeTemplates: true",
                "commonLabels: {tier: front}",
                "replicas:\n  - {name: web, count: 5}",
                "images:\n  - {name: nginx, newTag: '1.29'}",
                "images:\n  - {name: nginx, newName: mirror.example/nginx, newTag: '1.29'}",
                "images:\n  - {name: registry.example:5000/first, digest: 'sha256:1111111111111111111111111111111111111111111111111111111111111111'}",
                "images:\n  - {name: docker.io/library/side, newTag: '3'}",
                // A part of the object, in a file or in the kustomization itself.
                "patches:\n  - path: patch.yaml",
                "patchesStrategicMerge:\n  - patch.yaml",
                """
                patches:
                  - patch: |-
                      apiVersion: apps/v1
                      kind: Deployment
                      metadata:
                        name: web
                      spec:
                        template:
                          spec:
                            securityContext: {runAsNonRoot: true}
                """,
                """
                patches:
                  - patch: |-
                      apiVersion: apps/v1
                      kind: Deployment
                      metadata: {name: web}
                      $patch: delete
                """,
                """
                patches:
                  - patch: |-
                      apiVersion: apps/v1
                      kind: Deployment
                      metadata: {name: web}
                      spec:
                        replicas: null
                        template:
                          spec:
                            tolerations: [{key: b, operator: Exists}]
                            containers:
                              - name: side
                                $patch: delete
                              - name: web
                                env: [{name: MODE, value: live}, {name: NEW, value: x}]
                                args: [c]
                              - {name: more, image: more:1}
                            volumes: [{name: tmp, emptyDir: null, hostPath: {path: /tmp}}]
                """,
                """
                patches:
                  - target: {kind: Deployment, name: w.*}
                    patch: |-
                      - {op: replace, path: /spec/replicas, value: 4}
                      - {op: add, path: /spec/template/spec/containers/0/securityContext, value: {privileged: true}}
                      - {op: add, path: /spec/template/spec/containers/0/args/-, value: last}
                      - {op: add, path: /spec/template/spec/containers/0/args/0, value: first}
                      - {op: remove, path: /spec/template/spec/containers/1}
                      - {op: add, path: /metadata/labels/a~1b, value: c}
                """,
                """
                patches:
                  - target: {group: apps, version: v1, kind: Deployment, labelSelector: "app=web"}
                    patch: |-
                      kind: Whatever
                      metadata: {name: whatever}
                      spec: {paused: true}
                """,
                """
                patchesJson6902:
                  - target: {group: apps, version: v1, kind: Deployment, name: web}
                    path: operations.yaml
                """,
                """
                patches:
                  - patch: |-
                      apiVersion: example.com/v1
                      kind: Shop
                      metadata: {name: shop}
                      spec:
                        containers: [{name: a, image: z}]
                """,
                """
                patches:
                  - patch: |-
                      apiVersion: v1
                      kind: Service
                      metadata: {name: web}
                      spec:
                        type: NodePort
                        ports: [{name: http, port: 80, nodePort: 30080}, {name: s, port: 443}]
                """,
                "components: [../part]",
                "namespace: live\nnamePrefix: ''\nimages: [{name: nginx, newTag: '2'}]\ncomponents: [../part]",
            })
    void whatAnOverlayChangesIsWhatKustomizeChanges(String overlay) throws Exception {
        file("base/kustomization.yaml", "resources: [all.yaml]\n");
        file("base/all.yaml", BASE);
        file("overlay/kustomization.yaml", "resources: [../base]\n" + overlay + "\n");
        file(
                "overlay/patch.yaml",
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  replicas: 3
                  template:
                    spec:
                      containers:
                        - name: web
                          resources:
                            limits: {memory: 64Mi}
                          ports: [{containerPort: 8080}]
                          volumeMounts: [{name: tmp, mountPath: /tmp, readOnly: true}]
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: web}
                spec:
                  policyTypes: [Ingress]
                """);
        file(
                "overlay/operations.yaml",
                "- op: add\n  path: /spec/template/spec/hostNetwork\n  value: true\n");
        file(
                "part/kustomization.yaml",
                """
                apiVersion: kustomize.config.k8s.io/v1alpha1
                kind: Component
                resources: [budget.yaml]
                patches:
                  - patch: |-
                      apiVersion: apps/v1
                      kind: Deployment
                      metadata: {name: web}
                      spec: {revisionHistoryLimit: 2}
                """);
        file(
                "part/budget.yaml",
                """
                apiVersion: policy/v1
                kind: PodDisruptionBudget
                metadata: {name: web}
                spec: {minAvailable: 1}
                """);

        assertEquals(byKustomize("overlay"), ours());
    }

    @Test
    void overlaysOfOverlaysAreLaidInTheirOrder() throws Exception {
        file("base/kustomization.yaml", "resources: [all.yaml]\n");
        file("base/all.yaml", BASE);
        file(
                "europe/kustomization.yaml",
                "resources: [../base]\nnamespace: europe\nreplicas: [{name: web, count: 2}]\n");
        file(
                "live/kustomization.yaml",
                "resources: [../europe]\nreplicas: [{name: web, count: 9}]\n");

        assertEquals(byKustomize("live"), ours());
    }

    @Test
    void eachPartKnowsItsFile() {
        file("base/kustomization.yaml", "resources: [all.yaml]\n");
        file("base/all.yaml", BASE);
        file(
                "overlay/kustomization.yaml",
                """
                resources: [../base]
                namespace: live
                patches:
                  - patch: |-
                      apiVersion: apps/v1
                      kind: Deployment
                      metadata: {name: web}
                      spec:
                        template:
                          spec:
                            hostNetwork: true
                """);

        KustomizeBuilds builds = builds();
        Mapping deployment = builds.objects().getFirst().root();
        Mapping pod = mapping(mapping(mapping(deployment, "spec"), "template"), "spec");

        assertEquals("base/all.yaml", builds.files().get(deployment));
        assertEquals(
                "base/all.yaml", builds.files().get(pod.entry("volumes").orElseThrow().node()));
        YamlNode.Scalar added = pod.entry("hostNetwork").orElseThrow().node();
        assertEquals("overlay/kustomization.yaml", builds.files().get(added));
        assertEquals(11, added.span().line());
        assertEquals(13, added.span().column());
        assertEquals(
                "overlay/kustomization.yaml",
                builds.files()
                        .get(
                                mapping(deployment, "metadata")
                                        .entry("namespace")
                                        .orElseThrow()
                                        .value()));
    }

    @Test
    void whatNothingChangesStaysTheSameObjectHoweverOftenItIsTakenIn() {
        file("base/kustomization.yaml", "resources: [all.yaml]\n");
        file("base/all.yaml", BASE);
        file("a/kustomization.yaml", "resources: [../base]\nreplicas: [{name: web, count: 2}]\n");
        file("b/kustomization.yaml", "resources: [../base]\nreplicas: [{name: web, count: 3}]\n");

        List<String> kinds =
                builds().objects().stream()
                        .map(each -> each.root().get("kind").orElseThrow().text().orElseThrow())
                        .sorted()
                        .toList();

        assertEquals(
                List.of(
                        "ClusterRoleBinding",
                        "Deployment",
                        "Deployment",
                        "NetworkPolicy",
                        "Service",
                        "ServiceAccount",
                        "Shop"),
                kinds);
    }

    @Test
    void aPatchOfWhatLiesElsewhereStaysAFile() {
        file(
                "overlay/kustomization.yaml",
                "resources: ['https://example.com/base']\npatches: [{path: patch.yaml}]\n");
        file("overlay/patch.yaml", BASE);

        KustomizeBuilds builds = builds();

        assertTrue(builds.isPatch("overlay/patch.yaml"));
        assertFalse(builds.isBuilt("overlay/patch.yaml"));
        assertEquals(List.of(), builds.objects());
    }

    @Test
    void aCircleBuildsNothing() {
        file("a/kustomization.yaml", "resources: [../b]\n");
        file("b/kustomization.yaml", "resources: [../a, all.yaml]\n");
        file("b/all.yaml", BASE);
        file("c/kustomization.yaml", "resources: [../a]\n");

        KustomizeBuilds builds = builds();

        assertEquals(List.of(), builds.objects());
        assertFalse(builds.isBuilt("b/all.yaml"));
    }

    @Test
    void aThousandOverlaysOfManyObjectsEnd() {
        file("base/kustomization.yaml", "resources: [all.yaml]\n");
        file("base/all.yaml", BASE.concat("---\n").repeat(100));
        for (int i = 0; i < 1_000; i++) {
            file("o" + i + "/kustomization.yaml", "resources: [../base]\nnamespace: n" + i + "\n");
        }

        assertFalse(builds().isBuilt("base/all.yaml"));
    }

    @Test
    void hostilePatchesChangeNothingAndEnd() {
        file("base/kustomization.yaml", "resources: [all.yaml]\n");
        file("base/all.yaml", BASE);
        file(
                "overlay/kustomization.yaml",
                "resources: [../base, ../base, 7, {a: b}, [x], ../../../etc, /etc]\n"
                        + "namespace: [a]\nlabels: {a: b}\ncommonLabels: [a]\nimages: [1, {name: nginx}]\n"
                        + "replicas: [{name: web}, {count: 1}]\ncomponents: [../none, 1]\n"
                        + "patches:\n  - path: [a]\n  - patch: {a: b}\n  - 7\n  - {target: 1, patch: '[]'}\n"
                        + "  - {target: {name: '('}, patch: 'kind: [}'}\n"
                        + "  - {target: {name: '"
                        + "a*".repeat(5_000)
                        + "'}, patch: 'a: b'}\n"
                        + "  - {target: {kind: Deployment}, patch: '[{op: add, path: 7}, {op: add}, {op: remove,"
                        + " path: /spec/x/y}, {op: add, path: /spec/template/spec/containers/9999999999, value: 1},"
                        + " {op: replace, path: /spec/template/spec/containers/-, value: 1},"
                        + " {op: add, path: \""
                        + "/spec".repeat(10_000)
                        + "\", value: 1}, {op: remove, path: \"\"}]'}\n");

        List<Mapping> built = builds().objects().stream().map(KustomizeBuilds.Built::root).toList();

        assertEquals(sorted(objects(BASE)), sorted(built));
    }

    @Test
    void aPatchThatGrowsWithEachOperationStaysShallow() {
        file("base/kustomization.yaml", "resources: [all.yaml]\n");
        file("base/all.yaml", BASE);
        StringBuilder operations = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            operations
                    .append("      - {op: add, path: /spec")
                    .append("/a".repeat(i % 2_000))
                    .append("/a, value: {}}\n");
        }
        file(
                "overlay/kustomization.yaml",
                "resources: [../base]\npatches:\n  - target: {kind: Deployment}\n    patch: |-\n"
                        + operations);

        assertTrue(depth(builds().objects().getFirst().root()) <= 2 * Yaml.MAX_DEPTH);
    }

    private static int depth(YamlNode node) {
        return 1
                + Stream.concat(
                                node.items().stream(),
                                node.entries().values().stream().map(YamlNode.Entry::value))
                        .mapToInt(KustomizeBuildsTest::depth)
                        .max()
                        .orElse(0);
    }

    private void file(String name, String text) {
        files.put(name, text);
    }

    private static Mapping mapping(Mapping in, String key) {
        return (Mapping) in.get(key).orElseThrow();
    }

    private KustomizeBuilds builds() {
        Map<String, List<Mapping>> objects = new HashMap<>();
        files.forEach((name, text) -> {
            List<Mapping> found = objects(text);
            if (!found.isEmpty()) {
                objects.put(name, found);
            }
        });
        return KustomizeBuilds.of(files, objects);
    }

    private static List<Mapping> objects(String text) {
        return Yaml.read("x.yaml", text, YamlSchema.KUBERNETES).documents().stream()
                .filter(each -> each.get("apiVersion").isPresent())
                .filter(each ->
                        each.get("kind")
                                .flatMap(YamlNode::text)
                                .filter("Component"::equals)
                                .isEmpty())
                .map(Mapping.class::cast)
                .toList();
    }

    private String ours() {
        return sorted(builds().objects().stream().map(KustomizeBuilds.Built::root).toList());
    }

    private String byKustomize(String name) throws IOException, InterruptedException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        Process process =
                new ProcessBuilder(
                                Tools.require("kubectl").toString(),
                                "kustomize",
                                folder.resolve(name).toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String built = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0, built);
        return sorted(objects(built));
    }

    /// Order means nothing to a cluster but within arguments.
    private static String sorted(List<Mapping> objects) {
        return objects.stream()
                .map(each -> plain("", each))
                .sorted()
                .reduce("", (a, b) -> a + b + "\n");
    }

    private static String plain(String key, YamlNode node) {
        return switch (node) {
            case YamlNode.Scalar scalar -> scalar.content();
            case YamlNode.Sequence sequence -> {
                List<String> items =
                        new ArrayList<>(
                                sequence.items().stream().map(item -> plain("", item)).toList());
                if (!key.equals("args")) {
                    items.sort(null);
                }
                yield items.toString();
            }
            case Mapping mapping -> {
                Map<String, String> entries = new TreeMap<>();
                mapping.entries()
                        .forEach((name, entry) -> entries.put(name, plain(name, entry.value())));
                yield entries.toString();
            }
        };
    }
}
