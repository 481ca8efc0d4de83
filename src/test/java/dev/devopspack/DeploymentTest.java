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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What stands in `deployment/` is judged as whatever callers submit.
class DeploymentTest {

    private static final Path FOLDER = Path.of("deployment");

    /// What a setting says, and where a volume is.
    private static final Pattern FILE = Pattern.compile("[A-Z_]+: \"?(/etc/[^\\s\"]+)");

    private static final Pattern MOUNT = Pattern.compile("mountPath: (/etc/\\S+)");

    @Test
    void theContainerFilesHaveNoFindings() {
        assertEquals(List.of(), findings(files("container", "compose")));
    }

    @Test
    void theManifestsHaveNoFindings() throws Exception {
        assertEquals(List.of(), findings(files("kubernetes")));
        assertEquals(
                List.of(),
                findings(
                        new Artifacts(
                                List.of(
                                        Artifact.of("built.yaml", built("kubernetes-admission")),
                                        Artifact.of(
                                                "webhook.yaml",
                                                text(
                                                        FOLDER.resolve(
                                                                "kubernetes-admission/webhook.yaml")))))));
    }

    @Test
    void kubectlBuildsTheManifests() throws Exception {
        assertEquals(7, objects(built("kubernetes")));
        assertEquals(11, objects(built("kubernetes-admission")));
    }

    private static long objects(String built) {
        return built.lines().filter(line -> line.startsWith("kind: ")).count();
    }

    private static String built(String folder) throws IOException, InterruptedException {
        Path kubectl = Tools.require("kubectl");
        Process process =
                new ProcessBuilder(kubectl.toString(), "kustomize", "deployment/" + folder)
                        .redirectErrorStream(true)
                        .start();
        String built = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0, built);
        return built;
    }

    /// Whatever is not answered is not stored, and this server's own namespace is never asked
    /// about.
    @Test
    void theWebhookFailsClosed() throws Exception {
        String chart =
                new Helm(FOLDER.resolve("helm/devops-pack"))
                        .template()
                        .withKubeVersion("1.34.0")
                        .withNamespace("devops-pack")
                        .withName("devops-pack")
                        .set("admission.enabled", "true")
                        .set("admission.webhook.secret", "REPLACE-WITH-THE-SECRET")
                        .call();
        String plain = text(FOLDER.resolve("kubernetes-admission/webhook.yaml"));

        String webhooks = plain.substring(plain.indexOf("webhooks:"));
        assertTrue(webhooks.contains("failurePolicy: Fail"), webhooks);
        assertTrue(webhooks.contains("values: [devops-pack, kube-system"), webhooks);
        assertTrue(chart.contains(webhooks.strip()), chart);
    }

    /// A setting that names a file where nothing is mounted stops the start.
    @Test
    void whateverFileASettingNamesIsMounted() throws Exception {
        for (String made :
                List.of(built("kubernetes"), built("kubernetes-admission"), wholeChart())) {
            List<String> mounts = all(MOUNT, made);
            List<String> named =
                    all(FILE, made).stream()
                            .filter(file -> mounts.stream().noneMatch(file::startsWith))
                            .toList();

            assertEquals(List.of(), named, made);
            assertTrue(all(FILE, made).contains("/etc/devops-pack/keys/notify-key"), made);
        }
    }

    @Test
    void secretSettingsAndFilesAreHandedOver() throws Exception {
        assertTrue(built("kubernetes").contains("name: devops-pack-settings"));
        assertTrue(built("kubernetes").contains("name: devops-pack-files"));
        String chart = wholeChart();
        assertTrue(
                chart.contains(
                        """
                                    - secretRef:
                                        name: own-settings
                        """),
                chart);
        assertTrue(
                chart.contains(
                        """
                                - name: files
                                  configMap:
                                    name: own-files
                        """),
                chart);
    }

    /// With everything that can be switched on.
    private static String wholeChart() {
        return new Helm(FOLDER.resolve("helm/devops-pack"))
                .template()
                .withKubeVersion("1.34.0")
                .withNamespace("devops-pack")
                .set("signingKey.notifyKey", "true")
                .set("settings.existingSecret", "own-settings")
                .set("files.existingConfigMap", "own-files")
                .set("rules.existingConfigMap", "own-rules")
                .set("enforcement.existingConfigMap", "enforcement")
                .set("enforcement.existingSecret", "enforcement-secrets")
                .set("admission.enabled", "true")
                .set("admission.webhook.secret", "REPLACE-WITH-THE-SECRET")
                .call();
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
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
                                .call(),
                        wholeChart(),
                        new Helm(FOLDER.resolve("helm/devops-pack"))
                                .template()
                                .withKubeVersion("1.34.0")
                                .withNamespace("devops-pack")
                                .set("enforcement.existingConfigMap", "enforcement")
                                .set("enforcement.existingSecret", "enforcement-secrets")
                                .set("admission.enabled", "true")
                                .set("admission.webhook.secret", "REPLACE-WITH-THE-SECRET")
                                .call())) {
            Artifacts artifacts = new Artifacts(List.of(Artifact.of("rendered.yaml", rendered)));

            assertEquals(List.of(), findings(artifacts), rendered);
        }
    }

    private static List<String> findings(Artifacts artifacts) {
        ScanResult result = new Scan(RuleCatalog.builtIn()).of(artifacts);
        assertTrue(result.complete(), result::toString);
        // A digest or a pull policy is chosen where it is deployed: such advice has severity low.
        // That
        // an object is named which stands elsewhere is a hint.
        return result.open().stream()
                .filter(finding -> finding.severity().compareTo(Severity.LOW) < 0)
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
