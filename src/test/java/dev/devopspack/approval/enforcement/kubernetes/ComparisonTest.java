package dev.devopspack.approval.enforcement.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.approval.enforcement.ForeignJson;
import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final String APPROVED =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
              namespace: shop
              labels: {app: web}
            spec:
              selector:
                matchLabels: {app: web}
              template:
                metadata:
                  labels: {app: web}
                spec:
                  serviceAccountName: web
                  automountServiceAccountToken: false
                  hostNetwork: false
                  initContainers:
                    - {name: first, image: "registry.example.com/a@sha256:1"}
                    - {name: second, image: "registry.example.com/b@sha256:2"}
                  containers:
                    - name: web
                      image: registry.example.com/web@sha256:3
                      env:
                        - {name: MODE, value: "on"}
                      ports:
                        - {containerPort: 8080}
                      resources:
                        limits: {cpu: 0.5, memory: 1024Mi}
                      livenessProbe:
                        httpGet: {path: /live, port: 8080}
                    - name: proxy
                      image: registry.example.com/proxy@sha256:4
                  volumes:
                    - name: tmp
                      emptyDir: {sizeLimit: 2048Mi}
            """;

    /// As an API server hands it on: with its defaults, amounts in its own form.
    private static final String STORED =
            """
            {"apiVersion": "apps/v1", "kind": "Deployment",
             "metadata": {"name": "web", "namespace": "shop", "uid": "u", "generation": 1,
               "creationTimestamp": "2026-11-26T10:00:00Z", "labels": {"app": "web"},
               "annotations": {"kubectl.kubernetes.io/last-applied-configuration": "{}"},
               "managedFields": [{"manager": "kubectl", "operation": "Update"}]},
             "spec": {"replicas": 1, "revisionHistoryLimit": 10, "progressDeadlineSeconds": 600,
               "strategy": {"type": "RollingUpdate",
                 "rollingUpdate": {"maxSurge": "25%", "maxUnavailable": "25%"}},
               "selector": {"matchLabels": {"app": "web"}},
               "template": {"metadata": {"creationTimestamp": null, "labels": {"app": "web"}},
                 "spec": {"serviceAccountName": "web", "serviceAccount": "web",
                   "automountServiceAccountToken": false, "restartPolicy": "Always",
                   "terminationGracePeriodSeconds": 30, "dnsPolicy": "ClusterFirst",
                   "schedulerName": "default-scheduler", "securityContext": {},
                   "initContainers": [
                     {"name": "first", "image": "registry.example.com/a@sha256:1", "resources": {},
                      "terminationMessagePath": "/dev/termination-log",
                      "terminationMessagePolicy": "File", "imagePullPolicy": "IfNotPresent"},
                     {"name": "second", "image": "registry.example.com/b@sha256:2", "resources": {},
                      "terminationMessagePath": "/dev/termination-log",
                      "terminationMessagePolicy": "File", "imagePullPolicy": "IfNotPresent"}],
                   "containers": [
                     {"name": "proxy", "image": "registry.example.com/proxy@sha256:4",
                      "resources": {}, "imagePullPolicy": "IfNotPresent"},
                     {"name": "web", "image": "registry.example.com/web@sha256:3",
                      "env": [{"name": "MODE", "value": "on"}],
                      "ports": [{"containerPort": 8080, "protocol": "TCP"}],
                      "resources": {"limits": {"cpu": "500m", "memory": "1Gi"}},
                      "livenessProbe": {"httpGet": {"path": "/live", "port": 8080,
                         "scheme": "HTTP"}, "timeoutSeconds": 1, "periodSeconds": 10,
                         "successThreshold": 1, "failureThreshold": 3}}],
                   "volumes": [{"name": "tmp", "emptyDir": {"sizeLimit": "2Gi"}}]}}},
             "status": {"replicas": 3}}
            """;

    private static List<String> differences(String approved, String object) {
        Map<String, Object> review = ForeignJson.object("object", object);
        Map<String, Object> manifest =
                ApprovedObjects.in(Artifacts.of(Artifact.of("web.yaml", approved)))
                        .find(ApprovedObjects.nameOf(review).orElseThrow())
                        .orElseThrow();
        return Comparison.differences(manifest, review, Map.of());
    }

    private static List<String> changed(String from, String to) {
        assertTrue(STORED.contains(from), from);
        return differences(APPROVED, STORED.replaceFirst(Pattern.quote(from), to));
    }

    @Test
    void whatTheApiServerAddsIsNoDifference() {
        assertEquals(List.of(), differences(APPROVED, STORED));
    }

    @Test
    void whatADeployerAddsIsADifference() {
        assertEquals(
                List.of(
                        List.of("spec.template.spec.hostPID is true and was not approved"),
                        List.of(
                                "spec.template.spec.containers.securityContext.privileged is true"
                                        + " and was not approved"),
                        List.of(
                                "spec.template.spec.containers has 3 items and was approved with 2"),
                        List.of("metadata.annotations.evil/inject is 'yes' and was not approved"),
                        List.of(
                                "spec.template.spec.serviceAccount is 'admin' and was not approved"),
                        List.of("spec.replicas is 50 and was not approved"),
                        List.of("metadata.finalizers is a list and was not approved")),
                List.of(
                        changed("\"serviceAccount\"", "\"hostPID\": true, \"serviceAccount\""),
                        changed(
                                        "\"name\": \"web\", \"image\"",
                                        "\"name\": \"web\", \"securityContext\": {\"privileged\": true},"
                                                + " \"image\"")
                                .stream()
                                .map(line -> line.replace("containers[1]", "containers"))
                                .map(line -> line.replace("containers['web']", "containers"))
                                .toList(),
                        changed(
                                "\"containers\": [",
                                "\"containers\": [{\"name\": \"evil\", \"image\": \"evil\"},"),
                        changed(
                                "\"annotations\": {",
                                "\"annotations\": {\"evil/inject\": \"yes\","),
                        changed("\"serviceAccount\": \"web\"", "\"serviceAccount\": \"admin\""),
                        changed("\"replicas\": 1", "\"replicas\": 50"),
                        changed("\"uid\"", "\"finalizers\": [\"evil/hold\"], \"uid\"")));
    }

    @Test
    void whatADeployerChangesOrLeavesOutIsADifference() {
        assertEquals(
                List.of(
                        List.of(
                                "spec.template.spec.containers['web'].image is"
                                        + " 'registry.example.com/web:latest' and was approved as"
                                        + " 'registry.example.com/web@sha256:3'"),
                        List.of(
                                "spec.template.spec.automountServiceAccountToken was approved as"
                                        + " false and is missing"),
                        List.of(
                                "spec.template.spec.containers['web'].resources.limits.memory is"
                                        + " '2Gi' and was approved as '1024Mi'"),
                        List.of(
                                "spec.template.spec.containers['web'].env['MODE'].value is another"
                                        + " value than the approved one")),
                List.of(
                        changed("web@sha256:3", "web:latest"),
                        changed("\"automountServiceAccountToken\": false, ", ""),
                        changed("\"1Gi\"", "\"2Gi\""),
                        changed("\"value\": \"on\"", "\"value\": \"off\"")));
    }

    @Test
    void theOrderOfInitContainersIsWhatWasApproved() {
        String swapped =
                STORED.replace("\"first\"", "\"x\"")
                        .replace("\"second\"", "\"first\"")
                        .replace("\"x\"", "\"second\"");

        assertEquals(
                "spec.template.spec.initContainers[0].name is 'second' and was approved as 'first'",
                differences(APPROVED, swapped).getFirst());
    }

    /// Every value changed, every object and list with one thing more, one after the other.
    @Test
    void noSingleChangeOfAnythingGoesUnseen() {
        Map<String, Object> manifest =
                ApprovedObjects.in(Artifacts.of(Artifact.of("web.yaml", APPROVED)))
                        .find(new ObjectName("apps/v1", "Deployment", "shop", "web"))
                        .orElseThrow();
        List<String> unseen = new ArrayList<>();
        int tried = 0;
        for (String path : paths("", ForeignJson.object("object", STORED), new ArrayList<>())) {
            Map<String, Object> object = ForeignJson.object("object", STORED);
            change(object, path.substring(1));
            tried++;
            if (Comparison.differences(manifest, object, Map.of()).isEmpty()) {
                unseen.add(path);
            }
        }

        // What the API server keeps for itself is anything.
        assertEquals(
                List.of(
                        "/metadata/uid",
                        "/metadata/generation",
                        "/metadata/creationTimestamp",
                        "/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration",
                        "/metadata/managedFields/0/manager",
                        "/metadata/managedFields/0/operation",
                        "/metadata/managedFields/0/+",
                        "/metadata/managedFields/+",
                        "/status/replicas",
                        "/status/+"),
                unseen);
        assertTrue(tried > 90, "only " + tried + " changes were tried");
    }

    /// Pointers to every value, and with `+` at the end to every object and list.
    private static List<String> paths(String at, Object value, List<String> found) {
        switch (value) {
            case Map<?, ?> map -> {
                map.forEach((key, inner) ->
                        paths(at + "/" + ((String) key).replace("/", "~1"), inner, found));
                found.add(at + "/+");
            }
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    paths(at + "/" + i, list.get(i), found);
                }
                found.add(at + "/+");
            }
            default -> found.add(at);
        }
        return found;
    }

    @SuppressWarnings("unchecked") // the reader makes nothing but such maps and lists
    private static void change(Object in, String path) {
        int slash = path.indexOf('/');
        String step = (slash < 0 ? path : path.substring(0, slash)).replace("~1", "/");
        switch (in) {
            case Map<?, ?> map when slash >= 0 -> change(map.get(step), path.substring(slash + 1));
            case Map<?, ?> map when step.equals("+") ->
                    ((Map<String, Object>) map).put("evil", "x");
            case Map<?, ?> map -> ((Map<String, Object>) map).put(step, other(map.get(step)));
            case List<?> list when slash >= 0 ->
                    change(list.get(Integer.parseInt(step)), path.substring(slash + 1));
            case List<?> list when step.equals("+") ->
                    ((List<Object>) list).add(list.isEmpty() ? "x" : list.getLast());
            case List<?> list -> {
                int i = Integer.parseInt(step);
                ((List<Object>) list).set(i, other(list.get(i)));
            }
            default -> throw new AssertionError(path);
        }
    }

    private static Object other(Object value) {
        return switch (value) {
            case Boolean flag -> !flag;
            case BigDecimal number -> number.add(BigDecimal.ONE);
            default -> value + "x";
        };
    }

    @Test
    void nothingHidesBehindANameThatStandsTwice() {
        String twice =
                APPROVED.replace(
                        "            - {name: MODE, value: \"on\"}\n",
                        "            - {name: MODE, value: \"on\"}\n".repeat(2));
        String other =
                STORED.replace(
                        "{\"name\": \"MODE\", \"value\": \"on\"}",
                        "{\"name\": \"MODE\", \"value\": \"on\"},"
                                + " {\"name\": \"LD_PRELOAD\", \"value\": \"/tmp/x\"}");

        assertTrue(twice.length() > APPROVED.length());
        assertEquals(
                List.of(
                        "spec.template.spec.containers['web'].env[1].name is 'LD_PRELOAD' and was"
                                + " approved as 'MODE'",
                        "spec.template.spec.containers['web'].env[1].value is another value than"
                                + " the approved one"),
                differences(twice, other));
    }

    @Test
    void aSecretsValuesAreNotTold() {
        String approved =
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: db, namespace: shop}
                data: {password: b3RoZXI=}
                """;
        String object =
                """
                {"apiVersion": "v1", "kind": "Secret", "type": "Opaque",
                 "metadata": {"name": "db", "namespace": "shop"}, "data": {"password": "c2VjcmV0"}}
                """;

        assertEquals(
                List.of("data.password is a text and was approved as a text"),
                differences(approved, object));
    }

    @Test
    void ofUnknownKindsTheApprovedFieldsAreCompared() {
        String approved =
                """
                apiVersion: cert-manager.io/v1
                kind: Certificate
                metadata: {name: web, namespace: shop}
                spec: {secretName: web-tls}
                """;
        String object =
                """
                {"apiVersion": "cert-manager.io/v1", "kind": "Certificate",
                 "metadata": {"name": "web", "namespace": "shop"},
                 "spec": {"secretName": "%s", "privateKey": {"rotationPolicy": "Always"}}}
                """;

        assertEquals(List.of(), differences(approved, object.formatted("web-tls")));
        assertEquals(
                List.of("spec.secretName is 'other' and was approved as 'web-tls'"),
                differences(approved, object.formatted("other")));
    }

    @Test
    void ourOwnManifestsAreTheirOwnEquals() throws IOException {
        for (String name : List.of("deployment", "service", "network-policy", "config-map")) {
            String text = Files.readString(Path.of("deployment/kubernetes/" + name + ".yaml"));
            ApprovedObjects objects =
                    ApprovedObjects.in(Artifacts.of(Artifact.of(name + ".yaml", text)));
            String kind =
                    Map.of(
                                    "deployment", "Deployment",
                                    "service", "Service",
                                    "network-policy", "NetworkPolicy",
                                    "config-map", "ConfigMap")
                            .get(name);
            String apiVersion =
                    Map.of("deployment", "apps/v1", "network-policy", "networking.k8s.io/v1")
                            .getOrDefault(name, "v1");
            Map<String, Object> object =
                    objects.find(new ObjectName(apiVersion, kind, "devops-pack", "devops-pack"))
                            .orElseThrow();

            assertEquals(List.of(), Comparison.differences(object, object, Map.of()));
        }
    }

    @Test
    void anObjectThatStandsTwiceCountsForNothing() {
        ApprovedObjects objects =
                ApprovedObjects.in(
                        Artifacts.of(
                                Artifact.of("a.yaml", APPROVED), Artifact.of("b.yaml", APPROVED)));

        assertTrue(objects.find(new ObjectName("apps/v1", "Deployment", "shop", "web")).isEmpty());
    }
}
