package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.language.kubernetes.KubernetesVersion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetReleaseTest {

    /// Served up to 1.31.
    private static final String OLD_FLOW_SCHEMA =
            """
            apiVersion: flowcontrol.apiserver.k8s.io/v1beta3
            kind: FlowSchema
            metadata:
              name: web
            spec:
              priorityLevelConfiguration:
                name: global-default
            """;

    private final RuleCatalog newest = RuleCatalog.builtIn();
    private final RuleCatalog older = newest.forKubernetes(KubernetesVersion.of("1.31"));

    @Test
    void manifestsAreJudgedForTheReleaseOfTheCatalogue() {
        assertEquals(List.of("DP-K8S-SCHEMA-006"), versionFindings(newest));
        assertEquals(List.of("DP-K8S-SCHEMA-007"), versionFindings(older));
    }

    @Test
    void anotherReleaseIsAnotherRuleset() {
        assertNotEquals(newest.digest(), older.digest());
        assertEquals(newest.digest(), older.forKubernetes(KubernetesVersion.NEWEST).digest());
    }

    @Test
    void everyFormNamesTheReleaseWhereAFileIsAManifest() {
        Artifacts files = Artifacts.of(Artifact.of("flow.yaml", OLD_FLOW_SCHEMA));

        ScanResult result = new Scan(older).of(files);

        assertTrue(
                ScanText.of(result, _ -> Optional.empty())
                        .endsWith("everything was read; manifests for Kubernetes 1.31.\n"));
        assertTrue(ScanMarkdown.of(result).contains(" unknown. Manifests for Kubernetes 1.31.\n"));
        assertEquals("1.31", ScanJson.document(result).get("kubernetes"));
        assertTrue(
                Sarif.of(result, older)
                        .replaceAll("\\s", "")
                        .contains("\"properties\":{\"kubernetes\":\"1.31\"}"));
    }

    @Test
    void withoutAManifestNoReleaseIsNamed() {
        Artifacts files = Artifacts.of(Artifact.of("main.tf", "locals { a = 1 }\n"));

        ScanResult result = new Scan(older).of(files);

        assertEquals(Optional.empty(), result.kubernetes());
        assertFalse(ScanText.of(result, _ -> Optional.empty()).contains("Kubernetes"));
    }

    private static List<String> versionFindings(RuleCatalog catalog) {
        return new Scan(catalog)
                .of(Artifacts.of(Artifact.of("flow.yaml", OLD_FLOW_SCHEMA))).findings().stream()
                        .map(Finding::rule)
                        .filter(
                                List.of("DP-K8S-SCHEMA-006", "DP-K8S-SCHEMA-007", "DP-K8S-META-003")
                                        ::contains)
                        .toList();
    }
}
