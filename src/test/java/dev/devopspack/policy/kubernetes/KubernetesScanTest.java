package dev.devopspack.policy.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.policy.Finding;
import dev.devopspack.policy.Fixes;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Scan;
import dev.devopspack.policy.ScanResult;
import dev.devopspack.policy.subject.Subject;
import dev.devopspack.policy.subject.SubjectReader.Reading;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesScanTest {

    private static final String PRIVILEGED = "DP-K8S-POD-001";

    private static final String POD =
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: web
              namespace: shop
            spec:
              containers:
                - name: web
                  image: nginx
                  securityContext:
                    privileged: true
            """;

    private static ScanResult scan(Artifact... artifacts) {
        return new Scan(RuleCatalog.builtIn()).of(Artifacts.of(artifacts));
    }

    private static List<String> found(ScanResult result, String rule) {
        return result.findings().stream()
                .filter(finding -> finding.rule().equals(rule))
                .map(KubernetesScanTest::shown)
                .toList();
    }

    private static String shown(Finding finding) {
        return finding.file() + ":" + finding.line() + " " + finding.resource();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pod.yaml", "pod.yml", "pod", "deploy/pod.txt"})
    void aManifestIsKnownByItsContent(String name) {
        ScanResult result = scan(Artifact.of(name, POD));

        assertEquals(List.of(name + ":11 Pod.shop.web"), found(result, PRIVILEGED));
    }

    @Test
    void jsonAndListsAreRead() {
        String list =
                "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [\n"
                        + "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"a\"},\n"
                        + " \"spec\": {\"containers\": [{\"name\": \"a\", \"image\": \"a:1\",\n"
                        + "  \"securityContext\": {\"privileged\": true}}]}}]}\n";

        ScanResult result = scan(Artifact.of("list.json", list));

        assertEquals(List.of("list.json:4 Pod.default.a"), found(result, PRIVILEGED));
        assertEquals(List.of(), result.unreadable());
    }

    @Test
    void everyKindThatMakesPodsIsJudged() {
        String cron =
                """
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: nightly}
                spec:
                  jobTemplate:
                    spec:
                      template:
                        spec:
                          initContainers:
                            - {name: a, image: a, securityContext: {privileged: true}}
                          containers:
                            - {name: b, image: b}
                ---
                apiVersion: argoproj.io/v1alpha1
                kind: Rollout
                metadata: {name: web}
                spec:
                  template:
                    spec:
                      containers:
                        - {name: c, image: c, securityContext: {privileged: true}}
                """;

        assertEquals(
                List.of("a.yaml:10 CronJob.default.nightly", "a.yaml:21 Rollout.default.web"),
                found(scan(Artifact.of("a.yaml", cron)), PRIVILEGED));
    }

    @Test
    void anchorsAndMergesAreResolvedAsKubectlDoes() {
        String text =
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: web}
                spec:
                  containers:
                    - &base
                      name: a
                      image: a
                      securityContext: {privileged: yes}
                    - <<: *base
                      name: b
                """;

        assertEquals(2, found(scan(Artifact.of("a.yaml", text)), PRIVILEGED).size());
    }

    @Test
    void aContainerInheritsFromItsPodAndMayOverrideIt() {
        String text =
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: web}
                spec:
                  securityContext: {runAsNonRoot: true}
                  containers:
                    - {name: a, image: a}
                    - {name: b, image: b, securityContext: {runAsNonRoot: false}}
                """;

        assertEquals(
                List.of("a.yaml:8 Pod.default.web"),
                found(scan(Artifact.of("a.yaml", text)), "DP-K8S-POD-004"));
    }

    @Test
    void objectsBelongTogetherAcrossFiles() {
        Artifact account =
                Artifact.of(
                        "account.yaml",
                        "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: web, namespace: shop}\n");
        Artifact pod =
                Artifact.of(
                        "pod.yaml", POD.replace("spec:\n", "spec:\n  serviceAccountName: web\n"));

        assertEquals(List.of(), found(scan(account, pod), "DP-K8S-REL-006"));
        assertEquals(1, found(scan(pod), "DP-K8S-REL-006").size());
    }

    @Test
    void whatAnotherTemplateFillsInIsUnknownAndNotFine() {
        String text = POD.replace("privileged: true", "privileged: '{{inputs.parameters.p}}'");

        ScanResult result = scan(Artifact.of("a.yaml", text));

        assertEquals(List.of(), found(result, PRIVILEGED));
        assertEquals(
                List.of("the files do not tell: a template fills it in"),
                result.unknowns().stream()
                        .filter(unknown -> unknown.rule().equals(PRIVILEGED))
                        .map(Finding::message)
                        .toList());
    }

    @Test
    void aDuplicateKeyMakesAManifestUnreadable() {
        ScanResult result = scan(Artifact.of("a.yaml", POD + "kind: Pod\n"));

        assertEquals(1, found(result, PRIVILEGED).size());
        assertEquals(
                List.of("the key 'kind' stands twice, first on line 2"),
                result.unreadable().stream().map(ScanResult.Unreadable::message).toList());
    }

    /// Where a file is so broken that no object is left, it is no clean file.
    @Test
    void aManifestOfWhichNothingIsLeftIsUnreadable() {
        String bomb =
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: a}
                a: &a [x,x,x,x,x,x,x,x,x]
                b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
                c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]
                d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]
                e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]
                f: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]
                g: [*f,*f,*f,*f,*f,*f,*f,*f,*f]
                """;

        ScanResult result = scan(Artifact.of("a.yaml", bomb));

        assertEquals(
                List.of(
                        "the file has more than 600000 values, counting each alias as what it"
                                + " stands for"),
                result.unreadable().stream().map(ScanResult.Unreadable::message).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# Run it\n\n```yaml\napiVersion: v1\nkind: Pod\n```\n",
                "services:\n  web:\n    image: nginx\n",
                "apiVersion: 2\nkind: thing\n",
                "cat <<EOF\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\n---\nEOF\n: \"\n",
            })
    void otherTextIsNotClaimed(String text) {
        assertEquals(Reading.NOTHING, new KubernetesReader().read(Map.of("README.md", text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "checkov.io/skip1: CKV_K8S_16=needs the device",
                "cortex.io/skip-device: CKV_K8S_16=needs the device",
                "ignore-check.kube-linter.io/privileged-container: needs the device",
                "kube-score/ignore: container-image-tag, container-security-context-privileged",
                "polaris.fairwinds.com/runAsPrivileged-exempt: \"true\"",
            })
    void annotationsPeopleHaveCountForTheirWholeObject(String annotation) {
        String text =
                POD.replace("spec:\n", "  annotations:\n    " + annotation + "\nspec:\n")
                        + "---\n"
                        + POD.replace("name: web\n  namespace", "name: other\n  namespace");

        ScanResult result = scan(Artifact.of("a.yaml", text));

        assertEquals(
                List.of("Pod.shop.other"),
                result.open().stream()
                        .filter(finding -> finding.rule().equals(PRIVILEGED))
                        .map(Finding::resource)
                        .toList());
    }

    @Test
    void terraformsKubernetesIsJudgedByTheSameRules() {
        String text =
                """
                resource "kubernetes_deployment_v1" "web" {
                  metadata {
                    name      = "web"
                    namespace = "shop"
                  }
                  spec {
                    template {
                      spec {
                        container {
                          name  = "a"
                          image = "a:1"
                        }
                        container {
                          name  = "b"
                          image = "b:1"
                          security_context {
                            privileged = true
                          }
                        }
                      }
                    }
                  }
                }
                """;

        ScanResult result = scan(Artifact.of("main.tf", text));

        assertEquals(List.of("main.tf:17 kubernetes_deployment_v1.web"), found(result, PRIVILEGED));
        assertEquals(1, result.resources());
    }

    @Test
    void fieldsOfTheWrongTypeBreakNoRule() {
        String text =
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: 7, labels: [a], annotations: 3, namespace: {a: b}}
                spec:
                  replicas: many
                  selector: all
                  strategy: [x]
                  template:
                    metadata: none
                    spec:
                      securityContext: strict
                      volumes: {a: b}
                      serviceAccountName: [x]
                      containers:
                        - 1
                        - {name: [x], image: 5, ports: 80, env: {a: b}, command: {a: b},
                           resources: big, securityContext: [x], volumeMounts: [1, {mountPath: {}}],
                           livenessProbe: yes, readinessProbe: {httpGet: 3}}
                ---
                {apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: x, rules: [1, {verbs: 3, resources: {a: b}}]}
                ---
                {apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, roleRef: x, subjects: {kind: User}}
                ---
                {apiVersion: v1, kind: Service, spec: {selector: [a], ports: 3, type: [x]}}
                ---
                {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, spec: {podSelector: [a], ingress: 3, egress: {a: 1}}}
                ---
                {apiVersion: networking.k8s.io/v1, kind: Ingress, spec: {rules: {a: 1}, tls: 4}}
                ---
                {apiVersion: v1, kind: Secret, data: [a], stringData: {a: {b: c}}}
                ---
                {apiVersion: v1, kind: ConfigMap, data: {a: 3, b: [x]}}
                ---
                {apiVersion: policy/v1, kind: PodDisruptionBudget, spec: {minAvailable: {}, selector: 3}}
                ---
                {apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, spec: {minReplicas: a, metrics: 3, scaleTargetRef: 4}}
                ---
                {apiVersion: v1, kind: Pod, spec: 3}
                ---
                {apiVersion: kubelet.config.k8s.io/v1beta1, kind: KubeletConfiguration, authentication: 3, featureGates: [x], tlsCipherSuites: {a: b}}
                """;

        ScanResult result = scan(Artifact.of("a.yaml", text));

        assertEquals(List.of(), result.errors());
        assertTrue(result.resources() >= 12);
    }

    @Test
    void aSubjectNamesTheNearestWrittenPart() {
        Subject container =
                new KubernetesReader()
                        .read(Map.of("a.yaml", POD)).subjects().stream()
                                .filter(subject -> subject.kind().equals("kubernetes/Container"))
                                .findFirst()
                                .orElseThrow();

        assertEquals(new Subject.Place("a.yaml", 8, 7), container.place());
        assertEquals(11, container.lastLine());
        assertEquals(11, container.placeOf("securityContext.privileged").orElseThrow().line());
        assertEquals(10, container.placeOf("securityContext.runAsUser").orElseThrow().line());
        assertTrue(container.placeOf("livenessProbe").isEmpty());
    }

    @Test
    void whatKustomizeLaysOverABaseMayBeAPart() {
        String patch =
                "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 3}\n";
        Artifact file = Artifact.of("overlays/live/replicas.yaml", patch);
        Artifact kustomization =
                Artifact.of(
                        "overlays/live/kustomization.yaml",
                        "resources: [../../base]\npatches:\n  - path: ./replicas.yaml\n");

        assertEquals(
                List.of("overlays/live/replicas.yaml:4 Deployment.default.web"),
                found(scan(file), "DP-K8S-SCHEMA-002").stream().distinct().toList());
        assertEquals(List.of(), found(scan(file, kustomization), "DP-K8S-SCHEMA-002"));
    }

    @Test
    void aTemplateOfHelmDoesNotPassUnread() {
        String template =
                POD.replace("name: web\n  namespace", "name: {{ .Release.Name }}\n  namespace");

        ScanResult result =
                scan(
                        Artifact.of("shop/templates/pod.yaml", template),
                        Artifact.of("notes.md", "```yaml\n" + template + "```\n"));

        assertFalse(result.complete());
        assertEquals(
                List.of(
                        new ScanResult.Unreadable(
                                "shop/templates/pod.yaml",
                                4,
                                9,
                                "Helm makes of this template what is known when it is rendered;"
                                        + " give what `helm template` prints")),
                result.unreadable());
    }

    private static final String BASE =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              selector:
                matchLabels: {app: web}
              template:
                metadata:
                  labels: {app: web}
                spec:
                  containers:
                    - name: web
                      image: nginx
            """;

    private static Artifact kustomization(String folder, String text) {
        return Artifact.of(folder + "/kustomization.yaml", text);
    }

    @Test
    void whatAnOverlayMendsIsNotFoundInItsBase() {
        Artifact all = Artifact.of("base/web.yaml", BASE);
        Artifact base = kustomization("base", "resources: [web.yaml]\n");
        Artifact overlay =
                kustomization(
                        "live",
                        "resources: [../base]\nnamespace: live\nimages: [{name: nginx, newTag: 1.29.3}]\n");

        assertEquals(
                List.of("base/web.yaml:13 Deployment.default.web"),
                found(scan(all, base), "DP-K8S-IMG-001"));
        assertEquals(List.of(), found(scan(all, base, overlay), "DP-K8S-IMG-001"));
    }

    @Test
    void whatAnOverlayMakesWorseIsFoundInTheOverlay() {
        Artifact patch =
                Artifact.of(
                        "live/root.yaml",
                        """
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: web}
                        spec:
                          template:
                            spec:
                              containers:
                                - name: web
                                  securityContext:
                                    privileged: true
                        """);
        ScanResult result =
                scan(
                        Artifact.of("base/web.yaml", BASE),
                        kustomization("base", "resources: [web.yaml]\n"),
                        kustomization(
                                "live", "resources: [../base]\npatches: [{path: root.yaml}]\n"),
                        patch);

        assertEquals(
                List.of("live/root.yaml:10 Deployment.default.web"), found(result, PRIVILEGED));
        // The patch alone says nothing of its image or its labels.
        assertEquals(
                List.of("base/web.yaml:13 Deployment.default.web"),
                found(result, "DP-K8S-IMG-001"));
        assertEquals(1, result.resources());
    }

    @Test
    void whatThreeOverlaysTakeFromTheirBaseIsToldOnce() {
        ScanResult result =
                scan(
                        Artifact.of("base/web.yaml", BASE.replace("nginx", "nginx:latest")),
                        kustomization("base", "resources: [web.yaml]\n"),
                        kustomization("a", "resources: [../base]\nnamespace: a\n"),
                        kustomization("b", "resources: [../base]\nnamespace: b\n"),
                        kustomization("c", "resources: [../base]\nnamespace: c\n"));

        assertEquals(List.of("base/web.yaml:13 Deployment.a.web"), found(result, "DP-K8S-IMG-001"));
        assertEquals(3, result.resources());
    }

    @Test
    void whatAMachineMendsInABaseItMendsOnceForAllOverlays() {
        List<Artifact> files =
                List.of(
                        Artifact.of("base/web.yaml", BASE),
                        kustomization("base", "resources: [web.yaml]\n"),
                        kustomization("a", "resources: [../base]\nnamespace: a\n"),
                        kustomization("b", "resources: [../base]\nnamespace: b\n"));

        Fixes.Result fixes = Fixes.of(RuleCatalog.builtIn(), files);

        String mended = fixes.texts().getOrDefault("base/web.yaml", "");
        assertEquals(
                1,
                mended.lines()
                        .filter(line -> line.contains("allowPrivilegeEscalation: false"))
                        .count(),
                mended);
    }

    @Test
    void aCommentExcusesWhatKubernetesWouldRefuse() {
        String rule = "DP-K8S-SCHEMA-001";
        String pod = POD + "      hostNetwerk: true\n";
        String excused =
                pod.replace(
                        "      hostNetwerk",
                        "      # devops-pack:skip=" + rule + ":our fork has it\n      hostNetwerk");

        assertEquals(
                1,
                scan(Artifact.of("a.yaml", pod)).open().stream()
                        .filter(f -> f.rule().equals(rule))
                        .count());
        assertEquals(
                0,
                scan(Artifact.of("a.yaml", excused)).open().stream()
                        .filter(f -> f.rule().equals(rule))
                        .count());
    }
}
