package dev.devopspack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.policy.Finding;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Scan;
import dev.devopspack.policy.ScanResult;
import dev.devopspack.policy.Severity;
import dev.devopspack.testing.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What stands in `deployment/` is judged as whatever callers submit.
class DeploymentTest {

    private static final Path FOLDER = Path.of("deployment");

    @Test
    void theContainerFilesHaveNoFindings() {
        assertEquals(List.of(), findings(files("container", "compose")));
    }

    @Test
    void theManifestsHaveNoFindings() {
        assertEquals(List.of(), findings(files("kubernetes")));
    }

    @Test
    void kubectlBuildsTheManifests() throws Exception {
        Path kubectl = Tools.require("kubectl");
        Process process =
                new ProcessBuilder(kubectl.toString(), "kustomize", "deployment/kubernetes")
                        .redirectErrorStream(true)
                        .start();
        String built = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertTrue(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0, built);
        assertEquals(7, built.lines().filter(line -> line.startsWith("kind: ")).count(), built);
    }

    @Test
    void theChartPassesHelmsStrictLint() {
        LintResult result = new Helm(FOLDER.resolve("helm/devops-pack")).lint().strict().call();

        assertFalse(result.isFailed(), () -> String.join("\n", result.getMessages()));
    }

    @Test
    void whatTheChartMakesHasNoFindings() {
        for (String rendered :
                List.of(
                        new Helm(FOLDER.resolve("helm/devops-pack"))
                                .template()
                                .withKubeVersion("1.34.0")
                                .call(),
                        new Helm(FOLDER.resolve("helm/devops-pack"))
                                .template()
                                .withKubeVersion("1.34.0")
                                .set("ingress.enabled", "true")
                                .set("ingress.className", "nginx")
                                .set("rules.existingConfigMap", "own-rules")
                                .call())) {
            Artifacts artifacts = new Artifacts(List.of(Artifact.of("rendered.yaml", rendered)));

            assertEquals(List.of(), findings(artifacts), rendered);
        }
    }

    private static List<String> findings(Artifacts artifacts) {
        ScanResult result = new Scan(RuleCatalog.builtIn()).of(artifacts);
        assertTrue(result.complete(), result::toString);
        // A digest or a pull policy is chosen where it is deployed: such advice has severity low.
        return result.open().stream()
                .filter(finding -> finding.severity() != Severity.LOW)
                .map(DeploymentTest::line)
                .toList();
    }

    private static String line(Finding finding) {
        return finding.rule()
                + " "
                + finding.file()
                + ":"
                + finding.line()
                + " "
                + finding.message();
    }

    private static Artifacts files(String... folders) {
        return new Artifacts(Stream.of(folders).flatMap(DeploymentTest::filesIn).toList());
    }

    private static Stream<Artifact> filesIn(String folder) {
        try (Stream<Path> found = Files.walk(FOLDER.resolve(folder))) {
            return found
                    .filter(Files::isRegularFile)
                    .map(file -> Artifact.of(FOLDER.relativize(file).toString(), text(file)))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
