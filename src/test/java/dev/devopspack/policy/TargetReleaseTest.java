package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.language.kubernetes.KubernetesVersion;
import java.util.List;
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
