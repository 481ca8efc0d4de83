package dev.devopspack.approval.enforcement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.approval.enforcement.github.GitHubApp;
import dev.devopspack.approval.enforcement.kubernetes.Cluster;
import dev.devopspack.approval.enforcement.terraform.RunTask;
import dev.devopspack.identity.workload.Issuer;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.StackName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnforcementTest {

    @TempDir Path folder;

    private static final String ISSUER =
            """
            format: devops-pack/enforcement/v1
            issuers:
              - name: github
                kind: github-actions
                issuer: https://token.actions.githubusercontent.com
                audience: https://devops-pack.example.com
                keys: https://token.actions.githubusercontent.com/.well-known/jwks
            """;

    private static Enforcement read(String text) {
        return Enforcement.read("enforcement.yaml", text);
    }

    private static String message(String text) {
        return assertThrows(InvalidInput.class, () -> read(text)).getMessage();
    }

    /// The first YAML example of a page, as its reader copies it.
    private static String example(String page) throws IOException {
        List<String> lines = Files.readString(Path.of("docs/how-to/" + page)).lines().toList();
        int start = lines.indexOf("   ```yaml");
        return lines.subList(start + 1, lines.size()).stream()
                .takeWhile(line -> !line.equals("   ```"))
                .map(line -> line.substring(3) + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void theExampleOfThePageIsReadAsItSays() throws IOException {
        Enforcement enforcement = read(example("let-pipelines-prove-themselves.md"));

        assertEquals(
                List.of(Issuer.Kind.GITHUB_ACTIONS, Issuer.Kind.GITLAB),
                enforcement.issuers().stream().map(Issuer::kind).toList());
        assertEquals(
                new Binding(
                        new StackName("acme/shop/production"),
                        new Environment("production"),
                        "github",
                        "acme/shop",
                        List.of("refs/heads/main"),
                        ".github/workflows/pipeline.yml",
                        "production"),
                enforcement.pipelines().list().getFirst());
    }

    /// With the secrets' files where this test has them.
    private Enforcement readWithSecrets(String text) throws IOException {
        Path secret = folder.resolve("secret");
        Files.writeString(secret, "0123456789abcdef0123456789abcdef\n");
        return read(
                text.replaceAll(
                        "/etc/devops-pack/enforcement-secrets/[a-z.-]+", secret.toString()));
    }

    @Test
    void theExamplesOfTheOtherPagesAreReadAsTheySay() throws IOException {
        GitHubApp app = readWithSecrets(example("hold-github-deployments.md")).gitHub().getFirst();
        assertEquals(
                List.of(
                        new GitHubApp.Rule(
                                "acme/shop",
                                "production",
                                new StackName("acme/shop/production"),
                                new Environment("production"),
                                false,
                                List.of(
                                        ".github/workflows/pipeline.yml",
                                        ".github/workflows/rollback.yml"))),
                app.rules());
        assertEquals(URI.create("https://api.github.com"), app.api());

        RunTask task = readWithSecrets(example("guard-terraform-runs.md")).runTasks().getFirst();
        assertEquals(
                List.of(
                        new RunTask.Workspace(
                                "acme",
                                "network-production",
                                new StackName("network/production"),
                                new Environment("production"))),
                task.workspaces());
        assertEquals(URI.create("https://archivist.terraform.io"), task.storage());
    }

    @Test
    void theFileOfTheManifestsIsReadAsItSays() throws IOException {
        String map = Files.readString(Path.of("deployment/kubernetes-admission/enforcement.yaml"));
        String text =
                map.substring(
                                map.indexOf("enforcement.yaml: |\n")
                                        + "enforcement.yaml: |\n".length())
                        .replace("\n    ", "\n")
                        .stripLeading();

        Cluster cluster = readWithSecrets(text).clusters().getFirst();

        assertEquals(
                Set.of("system:serviceaccount:argocd:argocd-application-controller"),
                cluster.deployers());
        assertEquals(Cluster.Others.DENY, cluster.others());
        assertTrue(cluster.secret().is("0123456789abcdef0123456789abcdef"));
        assertFalse(cluster.toString().contains("0123456789abcdef"));
    }

    @Test
    void aSecretThatIsMissingOrShortStopsTheStart() throws IOException {
        Path secret = folder.resolve("short");
        String text =
                """
                format: devops-pack/enforcement/v1
                kubernetes:
                  - name: main
                    environment: production
                    secret-file: %s
                    deployers: [deployer]
                """
                        .formatted(secret);

        assertEquals(
                "enforcement.yaml:5:18: 'secret-file': '"
                        + secret
                        + "' cannot be read. Put the secret's file there.",
                message(text));
        Files.writeString(secret, "hunter2");
        String said = message(text);
        assertTrue(said.contains("is shorter than 16"), said);
        assertFalse(said.contains("hunter2"), said);
    }

    @Test
    void aMistakeIsToldWithItsPlace() {
        assertEquals(
                List.of(
                        "enforcement.yaml:1:9: 'format': it is another format. Write"
                                + " devops-pack/enforcement/v1.",
                        "enforcement.yaml:8:1: 'pipeline' is no setting here. Use one of format,"
                                + " issuers, pipelines, kubernetes, github, terraform.",
                        "enforcement.yaml:7:11: 'keys': it is no https address. Write another"
                                + " value.",
                        "enforcement.yaml:4:11: 'kind': there is no such kind; there are"
                                + " github-actions and gitlab. Write another value.",
                        "enforcement.yaml:9:5: 'environment' is missing. Add 'environment: …'.",
                        "enforcement.yaml:9:13: 'issuer': there is no such issuer. Add it under"
                                + " 'issuers'."),
                List.of(
                        message("format: devops-pack/enforcement/v2\n"),
                        message(ISSUER + "pipeline: []\n"),
                        message(ISSUER.replace("keys: https:", "keys: http:")),
                        message(ISSUER.replace("github-actions", "jenkins")),
                        message(ISSUER + "pipelines:\n  - stack: a/b\n"),
                        message(
                                ISSUER
                                        + "pipelines:\n  - issuer: gitlab\n    environment:"
                                        + " production\n    stack: a/b\n")));
    }

    @Test
    void aRuleThatOnlyChecksNamesItsWorkflows() throws IOException {
        String text = example("hold-github-deployments.md");
        String workflows =
                text.lines().filter(line -> line.contains("workflows:")).findFirst().orElseThrow();

        String missing = refusedWithSecrets(text.replace(workflows + "\n", ""));
        assertEquals(
                "'use': a rule that only checks would let every workflow of the commit go on. Add"
                        + " 'workflows' with the paths of those whose job consumes the grant.",
                missing.substring(missing.indexOf("'use'")));
        for (String wrong :
                List.of(
                        "pipeline.yml",
                        ".github/workflows/a.yml@main",
                        ".github/workflows/../a.yml")) {
            String said =
                    refusedWithSecrets(
                            text.replace(
                                    workflows,
                                    workflows.replaceFirst("\\[.*]", "['" + wrong + "']")));
            assertTrue(said.contains("'workflows': one is no path of a workflow"), said);
        }
        List<String> none =
                readWithSecrets(
                                text.replace(workflows + "\n", "")
                                        .replace("use: check", "use: consume"))
                        .gitHub()
                        .getFirst()
                        .rules()
                        .getFirst()
                        .workflows();
        assertEquals(List.of(), none);
    }

    private String refusedWithSecrets(String text) {
        return String.valueOf(
                assertThrows(InvalidInput.class, () -> readWithSecrets(text)).getMessage());
    }

    @Test
    void aReferenceIsWrittenWhole() {
        assertEquals(
                "enforcement.yaml:13:11: 'refs': one is no full reference. Write it whole:"
                        + " refs/heads/main.",
                message(
                        ISSUER
                                + """
                                pipelines:
                                  - stack: a/b
                                    environment: production
                                    issuer: github
                                    repository: acme/shop
                                    refs: [main]
                                    workflow: .github/workflows/pipeline.yml
                                """));
    }
}
