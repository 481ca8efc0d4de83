package dev.devopspack.specialist.cicd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.devopspack.testing.Bash;
import dev.devopspack.testing.Bash.Ended;
import dev.devopspack.testing.Tools;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The scripts do what their first lines say. What they call is played by small programs.
class ScriptsTest {

    private static final String OLD = "ghcr.io/acme/shop@sha256:" + "a".repeat(64);
    private static final String NEW = "ghcr.io/acme/shop@sha256:" + "b".repeat(64);
    private static final String OTHER = "ghcr.io/acme/shop@sha256:" + "c".repeat(64);

    @TempDir Path folder;

    private Path scripts;
    private Bash bash;

    @BeforeEach
    void unpack() throws IOException {
        Tools.require("jq");
        Tools.require("curl");
        scripts = Files.createDirectories(folder.resolve(".github/scripts"));
        for (Map.Entry<String, byte[]> script : ScriptLibrary.shipped().scripts().entrySet()) {
            Files.write(scripts.resolve(script.getKey()), script.getValue());
        }
        Files.copy(scripts.resolve("target-kubernetes.sh"), scripts.resolve("target.sh"));
        bash = Bash.in(folder).with("GITHUB_OUTPUT", folder.resolve("output").toString());
    }

    @Test
    void everyScriptIsBash() {
        for (String name : ScriptLibrary.shipped().scripts().keySet()) {
            assertEquals(new Ended(0, "", ""), bash.run("bash -n .github/scripts/" + name), name);
        }
    }

    @Test
    void shellcheckFindsNothing() {
        Tools.require("shellcheck");

        for (String name : ScriptLibrary.shipped().scripts().keySet()) {
            assertEquals(
                    new Ended(0, "", ""), bash.run("shellcheck .github/scripts/" + name), name);
        }
    }

    @Test
    void aDeploymentNotesWhatRanAndRunsTheNewImage() throws IOException {
        kubectl(OLD);
        Bash deploy = deploy(NEW);

        assertEquals(0, deploy.run("bash .github/scripts/deploy.sh current").code());
        Ended applied = deploy.run("bash .github/scripts/deploy.sh apply");

        assertEquals(0, applied.code(), applied::toString);
        assertEquals(
                "previous={\"app\":\"" + OLD + "\"}\n", Files.readString(folder.resolve("output")));
        assertEquals(NEW, Files.readString(folder.resolve("running")));
    }

    @Test
    void whatRanBeforeRunsAgain() throws IOException {
        kubectl(NEW);

        Ended restored =
                deploy(NEW)
                        .with("PREVIOUS", "{\"app\":\"" + OLD + "\"}")
                        .run("bash .github/scripts/deploy.sh restore");

        assertEquals(0, restored.code(), restored::toString);
        assertEquals(OLD, Files.readString(folder.resolve("running")));
    }

    @Test
    void aReleaseThatAnotherRunDeployedMeanwhileIsLeftAsItIs() throws IOException {
        kubectl(OTHER);

        Ended restored =
                deploy(NEW)
                        .with("PREVIOUS", "{\"app\":\"" + OLD + "\"}")
                        .run("bash .github/scripts/deploy.sh restore");

        assertEquals(1, restored.code(), restored::toString);
        assertTrue(restored.err().contains("runs another release by now"), restored::toString);
        assertEquals(OTHER, Files.readString(folder.resolve("running")));
    }

    @Test
    void whatCannotBeRestoredDoesNotKeepTheOthersFromIt() throws IOException {
        program(
                "kubectl",
                """
                component=${5#deployment/}
                case "$3" in
                  get) cat "running-$component" ;;
                  set) printf '%s' "${6#"$component"=}" >"running-$component" ;;
                  rollout) [ "$component" != api ] ;;
                  *) exit 9 ;;
                esac
                """);
        for (String component : List.of("api", "web")) {
            Files.writeString(folder.resolve("running-" + component), NEW);
        }
        Ended restored =
                bash.with("NAMESPACE", "shop")
                        .with("IMAGES", "{\"api\":\"" + NEW + "\",\"web\":\"" + NEW + "\"}")
                        .with("PREVIOUS", "{\"api\":\"" + OLD + "\",\"web\":\"" + OLD + "\"}")
                        .run("bash .github/scripts/deploy.sh restore");

        assertEquals(1, restored.code(), restored::toString);
        assertTrue(
                restored.err().contains("these do not run as before: api. "), restored::toString);
        assertEquals(OLD, Files.readString(folder.resolve("running-web")));
    }

    @Test
    void anImageWithoutADigestOrWithAnOddNameIsNotRun() throws IOException {
        kubectl(OLD);
        for (String images :
                new String[] {
                    "",
                    "[]",
                    "{}",
                    "{\"app\":\"ghcr.io/acme/shop:latest\"}",
                    "{\"app\":\"" + NEW + "\\n--all\"}",
                    "{\"app\":\"" + NEW + "\\n\"}",
                    "{\"app\":\"--all\"}",
                    "{\"--all\":\"" + NEW + "\"}",
                    "{\"app b\":\"" + NEW + "\"}",
                    "{\"app\":{\"x\":\"" + NEW + "\"}}"
                }) {
            Ended applied =
                    bash.with("NAMESPACE", "shop")
                            .with("IMAGES", images)
                            .run("bash .github/scripts/deploy.sh apply");

            assertNotEquals(0, applied.code(), images);
            assertEquals(OLD, Files.readString(folder.resolve("running")), images);
        }
    }

    private Bash deploy(String image) {
        return bash.with("NAMESPACE", "shop").with("IMAGES", "{\"app\":\"" + image + "\"}");
    }

    /// A `kubectl` that keeps one Deployment's image in a file.
    private void kubectl(String running) throws IOException {
        Files.writeString(folder.resolve("running"), running);
        program(
                "kubectl",
                """
                case "$3" in
                  get) cat running ;;
                  set) printf '%s' "${6#app=}" >running ;;
                  rollout) ;;
                  *) exit 9 ;;
                esac
                """);
    }

    @Test
    void aServiceThatWentBackToWhatRanBeforeIsNoDeployment() throws IOException {
        ecs("shop:2");
        Ended kept = onEcs(NEW, "app").run("bash .github/scripts/deploy.sh apply");
        ecs("shop:1");
        Ended wentBack = onEcs(NEW, "app").run("bash .github/scripts/deploy.sh apply");

        assertEquals(0, kept.code(), kept::toString);
        assertTrue(Files.readString(folder.resolve("registered")).contains(NEW));
        assertEquals(1, wentBack.code(), wentBack::toString);
        assertTrue(wentBack.err().contains("'app' went back to what ran before"), wentBack.err());
    }

    @Test
    void aServiceWithoutAContainerOfItsNameIsNotDeployed() throws IOException {
        ecs("shop:1");

        assertEquals(0, onEcs(NEW, "app").run("bash .github/scripts/deploy.sh current").code());
        Ended other = onEcs(NEW, "web").run("bash .github/scripts/deploy.sh current");

        assertEquals(1, other.code(), other::toString);
        assertTrue(other.err().contains("'web' runs nowhere yet"), other.err());
    }

    @Test
    void aServiceThatDoesNotExistIsToBeCreatedFirst() throws IOException {
        program("aws", "[ \"$2\" = describe-services ] && echo None\n");

        Ended current = onEcs(NEW, "app").run("bash .github/scripts/deploy.sh current");

        assertEquals(1, current.code(), current::toString);
        assertTrue(current.err().contains("'app' runs nowhere yet. Create it once"), current.err());
    }

    @Test
    void aRevisionThatDoesNotBecomeReadyIsNoDeployment() throws IOException {
        Files.copy(
                scripts.resolve("target-container-apps.sh"),
                scripts.resolve("target.sh"),
                StandardCopyOption.REPLACE_EXISTING);
        program(
                "az",
                """
                case "$*" in
                  *" update "*) echo "$*" >updated ;;
                  *latestReadyRevisionName*)
                    count=$(cat asked 2>/dev/null || echo 0)
                    echo $((count + 1)) >asked
                    if [ "$count" -lt "$READY_AFTER" ]; then ready=app--1; else ready=app--2; fi
                    echo "{\\"newest\\": \\"app--2\\", \\"ready\\": \\"$ready\\"}" ;;
                  *) exit 9 ;;
                esac
                """);
        Bash deploy =
                bash.with("RESOURCE_GROUP", "shop")
                        .with("READY_PAUSE_SECONDS", "0")
                        .with("IMAGES", "{\"app\":\"" + NEW + "\"}");

        Ended later = deploy.with("READY_AFTER", "2").run("bash .github/scripts/deploy.sh apply");
        Files.delete(folder.resolve("asked"));
        Ended never = deploy.with("READY_AFTER", "999").run("bash .github/scripts/deploy.sh apply");

        assertEquals(0, later.code(), later::toString);
        assertEquals(
                "containerapp update --name app --resource-group shop --image "
                        + NEW
                        + " --output none\n",
                Files.readString(folder.resolve("updated")));
        assertEquals(1, never.code(), never::toString);
        assertTrue(never.err().contains("'app' runs what ran before"), never::toString);
    }

    @Test
    void whatIsNoAnswerOfTheServerIsNotTaken() throws IOException {
        program(
                "curl",
                """
                while [ $# -gt 1 ]; do
                  if [ "$1" = --output ]; then cat answer >"$2"; fi
                  shift
                done
                echo 200
                """);
        Bash job =
                asking().with("DEVOPS_PACK_CHANGE_SET", "cs-a")
                        .with("DEVOPS_PACK_APPROVAL", "ap-a")
                        .with("DEVOPS_PACK_DIGEST", "sha256:" + "a".repeat(64));
        Files.createDirectories(folder.resolve("release"));
        Files.writeString(folder.resolve("release/release.json"), "{}");
        for (String answer :
                List.of(
                        "<html>Sign in</html>",
                        "",
                        "null",
                        "\"CONSUMED\"",
                        "{} {}",
                        "[]",
                        "{\"approval\":{\"status\":\"APPR")) {
            Files.writeString(folder.resolve("answer"), answer);
            for (String command :
                    List.of(
                            "submit release",
                            "released release",
                            "wait",
                            "consume release",
                            "report success")) {
                Ended ended = job.run("bash .github/scripts/devops-pack.sh " + command);

                assertEquals(1, ended.code(), () -> answer + " " + command + " " + ended);
                assertEquals(
                        1,
                        ended.err().lines().count(),
                        () -> "one message: " + answer + " " + command + " " + ended);
                assertFalse(ended.out().contains("REPORTED"), ended::toString);
            }
        }
    }

    @Test
    void whatTheGatesPassedMayBeUsedWhereNobodyIsAskedAndNothingElse() throws IOException {
        answers(verdicts("PASSED", "NOT_APPLICABLE"), "null");
        Bash staging = staging();
        assertEquals(0, submitted(staging).code());
        String judged = outputs().replaceAll("(?s).*judged=(sha256:[0-9a-f]{64})\n.*", "$1");
        assertTrue(outputs().contains("\napproval=\n"), outputs());
        // From here nothing answers: what passed is known.
        program("curl", "exit 7\n");
        Bash deploying = staging.with("DEVOPS_PACK_JUDGED", judged);

        assertEquals(0, consumed(deploying, "plan.bin").code());
        assertNotJudged(consumed(deploying, ""));
        assertNotJudged(consumed(staging.with("DEVOPS_PACK_JUDGED", "sha256:0"), "plan.bin"));
        assertTrue(consumed(staging, "plan.bin").err().contains("DEVOPS_PACK_JUDGED is not set"));
        Files.writeString(folder.resolve("release/more.tf"), "");
        assertNotJudged(consumed(deploying, "plan.bin"));
        Files.move(folder.resolve("release/main.tf"), folder.resolve("main.tf"));
        Files.move(folder.resolve("release/more.tf"), folder.resolve("release/main.tf"));
        assertNotJudged(consumed(deploying, "plan.bin"));
        Files.move(
                folder.resolve("main.tf"),
                folder.resolve("release/main.tf"),
                StandardCopyOption.REPLACE_EXISTING);
        assertEquals(0, consumed(deploying, "plan.bin").code());
        Files.writeString(folder.resolve("plan.bin"), "another plan");
        assertNotJudged(consumed(deploying, "plan.bin"));
        assertTrue(
                consumed(deploying.with("DEVOPS_PACK_PEOPLE", "always"), "plan.bin")
                        .err()
                        .contains("DEVOPS_PACK_APPROVAL is not set"));
    }

    @Test
    void whatTheGatesDidNotPassIsNotUsedWhereNobodyIsAskedEither() throws IOException {
        for (String verdicts :
                List.of(
                        "[]",
                        verdicts("FAILED", "PASSED"),
                        verdicts("PASSED", "FAILED"),
                        verdicts("PASSED", "WAITING"),
                        verdicts("NOT_APPLICABLE", "PASSED"),
                        "[{\"gate\":\"gate.quality.terraform\",\"status\":\"PASSED\"}]")) {
            answers(verdicts, "null");

            Ended ended = submitted(staging());

            assertEquals(1, ended.code(), () -> verdicts + ended);
            assertEquals("", outputs(), verdicts);
        }
        answers(verdicts("PASSED", "PASSED"), "null");
        Ended production = submitted(staging().with("DEVOPS_PACK_PEOPLE", "always"));
        assertEquals(1, production.code(), production::toString);
        assertTrue(production.err().contains("asks nobody about"), production::toString);
    }

    @Test
    void whereTheServerAsksPeopleThePermissionIsUsedInEveryEnvironment() throws IOException {
        answers(
                verdicts("PASSED", "WAITING"),
                "{\"id\":\"ap-a\",\"url\":\"https://devops-pack.example.com/a\"}");

        assertEquals(0, submitted(staging()).code());

        assertTrue(outputs().contains("\napproval=ap-a\njudged=\n"), outputs());
        Ended unsaid =
                consumed(
                        staging()
                                .with("DEVOPS_PACK_APPROVAL", "ap-a")
                                .with("DEVOPS_PACK_DIGEST", "sha256:" + "a".repeat(64))
                                .with("DEVOPS_PACK_JUDGED", "sha256:" + "b".repeat(64)),
                        "plan.bin");
        assertTrue(unsaid.err().contains("no usable .status"), unsaid::toString);
    }

    private Bash staging() throws IOException {
        Files.createDirectories(folder.resolve("release"));
        Files.writeString(folder.resolve("release/main.tf"), "locals {}\n");
        Files.writeString(folder.resolve("plan.bin"), "a plan");
        Files.deleteIfExists(folder.resolve("output"));
        return asking().with("DEVOPS_PACK_ENVIRONMENT", "staging")
                .with("DEVOPS_PACK_PEOPLE", "where-asked");
    }

    private Ended submitted(Bash job) {
        return job.run("bash .github/scripts/devops-pack.sh submit release plan.bin");
    }

    private Ended consumed(Bash job, String plan) {
        return job.run("bash .github/scripts/devops-pack.sh consume release " + plan);
    }

    private static void assertNotJudged(Ended ended) {
        assertEquals(1, ended.code(), ended::toString);
        assertTrue(
                ended.err()
                        .contains(
                                "these are not the bytes that passed the gates. Run the job 'Judge"
                                        + " staging' of this run again."),
                ended::toString);
    }

    private String outputs() throws IOException {
        Path output = folder.resolve("output");
        return Files.exists(output) ? Files.readString(output) : "";
    }

    private static String verdicts(String security, String approval) {
        return "[{\"gate\":\"gate.security.infra\",\"status\":\""
                + security
                + "\"},{\"gate\":\"gate.approval.production\",\"status\":\""
                + approval
                + "\"}]";
    }

    /// A server that answers so, whatever it is asked.
    private void answers(String verdicts, String approval) throws IOException {
        Files.writeString(
                folder.resolve("answer"),
                "{\"verdicts\":"
                        + verdicts
                        + ",\"approval\":"
                        + approval
                        + ",\"changeSet\":{\"id\":\"cs-a\",\"code\":\"AA-BBB\",\"digest\":\"sha256:"
                        + "a".repeat(64)
                        + "\"}}");
        program(
                "curl",
                """
                while [ $# -gt 1 ]; do
                  if [ "$1" = --output ]; then cat answer >"$2"; fi
                  shift
                done
                echo 200
                """);
    }

    @Test
    void whatAnotherReleaseLeftBrokenIsNotReturnedTo() throws IOException {
        program(
                "curl",
                """
                while [ $# -gt 1 ]; do
                  if [ "$1" = --output ]; then out=$2; fi
                  shift
                done
                case $1 in
                  */earlier) cp earlier.json "$out" ;;
                  */files/release.json) id=${1%/files/*} && cp "${id##*/}.json" "$out" ;;
                  *) echo '{"changeSet":{"files":[{"name":"release.json"}]}}' >"$out" ;;
                esac
                echo 200
                """);
        earlier("cs-d DENIED", "cs-c CONSUMED", "cs-b FAILED", "cs-a SUCCEEDED", "cs-0 FAILED");
        Files.writeString(folder.resolve("cs-a.json"), images(OLD, OLD));
        Files.writeString(folder.resolve("cs-b.json"), images(NEW, OLD));
        Files.writeString(folder.resolve("cs-0.json"), images(OTHER, OTHER));

        // Not undone yet; undone, or used without a report; older than what succeeded.
        assertReturnsTo("{\"app\":\"" + OLD + "\",\"web\":\"" + OLD + "\"}", NEW, OLD);
        assertReturnsTo("{\"app\":\"" + OLD + "\",\"web\":\"" + OTHER + "\"}", OLD, OTHER);

        earlier("cs-b UNKNOWN", "cs-a SUCCEEDED");
        assertReturnsTo("{\"app\":\"" + OLD + "\",\"web\":\"" + NEW + "\"}", NEW, NEW);
        earlier("cs-b FAILED");
        assertReturnsTo("{\"app\":\"" + NEW + "\",\"web\":\"" + OLD + "\"}", NEW, OLD);
        earlier();
        assertReturnsTo("{\"app\":\"" + NEW + "\",\"web\":\"" + OLD + "\"}", NEW, OLD);
    }

    private void assertReturnsTo(String expected, String app, String web) throws IOException {
        Files.deleteIfExists(folder.resolve("output"));
        Ended ended =
                asking().with("DEVOPS_PACK_APPROVAL", "ap-a")
                        .with("RUNNING", "{\"app\":\"" + app + "\",\"web\":\"" + web + "\"}")
                        .run("bash .github/scripts/devops-pack.sh previous");
        assertEquals(0, ended.code(), ended::toString);
        assertEquals("previous=" + expected + "\n", outputs());
    }

    private void earlier(String... releases) throws IOException {
        Files.writeString(
                folder.resolve("earlier.json"),
                Stream.of(releases)
                        .map(release -> release.split(" "))
                        .map(release ->
                                "{\"changeSet\":\""
                                        + release[0]
                                        + "\",\"status\":\""
                                        + release[1]
                                        + "\"}")
                        .collect(Collectors.joining(",", "[", "]")));
    }

    private static String images(String app, String web) {
        return "{\"images\":{\"app\":\"" + app + "\",\"web\":\"" + web + "\"}}";
    }

    @Test
    void whatThisReleaseFoundBrokenIsReplacedToo() throws IOException {
        kubectl(OTHER);
        Bash restore =
                deploy(NEW)
                        .with("PREVIOUS", "{\"app\":\"" + OLD + "\"}")
                        .with("RUNNING", "{\"app\":\"" + OTHER + "\"}");

        Ended restored = restore.run("bash .github/scripts/deploy.sh restore");

        assertEquals(0, restored.code(), restored::toString);
        assertEquals(OLD, Files.readString(folder.resolve("running")));
        assertNotEquals(
                0,
                restore.with("RUNNING", "{\"app\":\"--all\"}")
                        .run("bash .github/scripts/deploy.sh restore")
                        .code());
    }

    @Test
    void whatARunnerLacksIsNamed() throws IOException {
        assertEquals(
                0,
                bash.run(
                                "mkdir -p bin && for t in bash mktemp rm sed tr; do ln -s \"$(command -v $t)\" bin; done")
                        .code());

        Ended ended =
                asking().with("DEVOPS_PACK_CHANGE_SET", "cs-a")
                        .with("DEVOPS_PACK_APPROVAL", "ap-a")
                        .run("PATH=$PWD/bin bash .github/scripts/devops-pack.sh wait");
        assertEquals(0, bash.run("rm -r bin").code());

        assertEquals(1, ended.code(), ended::toString);
        assertTrue(ended.err().contains("there is no 'curl' on this runner"), ended::toString);
    }

    private Bash asking() {
        return bash.with("DEVOPS_PACK_URL", "https://devops-pack.example.com")
                .with("DEVOPS_PACK_TOKEN", "dpk_x")
                .with("DEVOPS_PACK_ENVIRONMENT", "production")
                .with("GITHUB_SERVER_URL", "https://github.com")
                .with("GITHUB_REPOSITORY", "acme/shop")
                .with("GITHUB_SHA", "0".repeat(40));
    }

    private Bash onEcs(String image, String component) throws IOException {
        Files.copy(
                scripts.resolve("target-ecs.sh"),
                scripts.resolve("target.sh"),
                StandardCopyOption.REPLACE_EXISTING);
        return bash.with("CLUSTER", "shop")
                .with("IMAGES", "{\"" + component + "\":\"" + image + "\"}");
    }

    /// An `aws` whose service runs `shop:1`, and after a change what is given.
    private void ecs(String afterwards) throws IOException {
        Files.deleteIfExists(folder.resolve("updated"));
        program(
                "aws",
                """
                case "$2" in
                  describe-services) if [ -e updated ]; then echo %s; else echo shop:1; fi ;;
                  describe-task-definition)
                    case "$*" in
                      *"?name=='app'"*) echo %s ;;
                      *"?name=="*) echo None ;;
                      *) echo '{"containerDefinitions":[{"name":"app","image":"old"}]}' ;;
                    esac ;;
                  register-task-definition) echo "$4" >registered; echo shop:2 ;;
                  update-service) touch updated; echo app ;;
                  wait) ;;
                  *) exit 9 ;;
                esac
                """
                        .formatted(afterwards, OLD));
    }

    private void program(String name, String text) throws IOException {
        Path program = Files.createDirectories(folder.resolve("bin")).resolve(name);
        Files.writeString(program, "#!/usr/bin/env bash\nset -eu\n" + text);
        assertTrue(program.toFile().setExecutable(true));
    }

    @Test
    void anImageThatAnotherPipelineSignedIsNotRun() throws IOException {
        program("gh", "echo \"$@\" >>asked\n[[ $* == *\"oci://" + NEW + " \"* ]]\n");
        Bash verify =
                bash.with("GITHUB_REPOSITORY", "acme/shop")
                        .with("SIGNER", ".github/workflows/pipeline.yml")
                        .with("BRANCH", "main");

        int signed =
                verify.with("IMAGES", "{\"app\":\"" + NEW + "\"}")
                        .run("bash .github/scripts/verify-images.sh")
                        .code();
        int strange =
                verify.with("IMAGES", "{\"app\":\"" + NEW + "\",\"web\":\"" + OTHER + "\"}")
                        .run("bash .github/scripts/verify-images.sh")
                        .code();

        assertEquals(0, signed);
        assertNotEquals(0, strange);
        assertEquals(
                "attestation verify oci://"
                        + NEW
                        + " --repo acme/shop --signer-workflow"
                        + " acme/shop/.github/workflows/pipeline.yml --source-ref refs/heads/main"
                        + " --deny-self-hosted-runners",
                Files.readAllLines(folder.resolve("asked")).getFirst());
    }

    @Test
    void theSmokeTestWaitsForSuccessAndGivesUp() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/later",
                exchange -> {
                    exchange.sendResponseHeaders(asked.incrementAndGet() < 3 ? 503 : 204, -1);
                    exchange.close();
                });
        server.createContext(
                "/never",
                exchange -> {
                    exchange.sendResponseHeaders(500, -1);
                    exchange.close();
                });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort();

            assertEquals(0, smokeTest(address + "/later").code());
            assertEquals(3, asked.get());
            assertEquals(1, smokeTest(address + "/never").code());
            assertEquals(1, smokeTest("file:///etc/passwd").code());
            assertEquals(1, smokeTest("").code());
        } finally {
            server.stop(0);
        }
    }

    private Ended smokeTest(String address) {
        return bash.with("SMOKE_TEST_URL", address)
                .with("SMOKE_TEST_PAUSE_SECONDS", "0")
                .run("bash .github/scripts/smoke-test.sh");
    }

    @Test
    void whatIsApprovedOfAModuleIsWhatWasCommitted() throws IOException {
        Tools.require("git");
        Path module = Files.createDirectories(folder.resolve("environments/production/keys"));
        Files.writeString(module.resolve("main.tf"), "locals {}\n");
        Files.createDirectories(folder.resolve(".github/workflows"));
        Files.writeString(folder.resolve(".github/workflows/pipeline.yml"), "name: Pipeline\n");
        assertEquals(0, bash.run("git init -q . && git add environments").code());
        Files.writeString(module.resolve("notes.txt"), "nobody added this file");

        Ended collected =
                bash.with("MODULE", "environments/production")
                        .with("DEVOPS_PACK_ENVIRONMENT", "production")
                        .with("GITHUB_REPOSITORY", "acme/infra")
                        .with("GITHUB_SHA", "0".repeat(40))
                        .with("KIND", "release")
                        .with("WORKFLOW", ".github/workflows/pipeline.yml")
                        .run("bash .github/scripts/devops-pack.sh collect \"$PWD/release\"");

        assertEquals(0, collected.code(), collected::toString);
        assertTrue(Files.exists(folder.resolve("release/keys/main.tf")));
        assertTrue(Files.exists(folder.resolve("release/.github/workflows/pipeline.yml")));
        assertTrue(Files.exists(folder.resolve("release/.github/scripts/terraform.sh")));
        assertFalse(Files.exists(folder.resolve("release/keys/notes.txt")));
        assertEquals(
                """
                {
                  "commit": "0000000000000000000000000000000000000000",
                  "environment": "production",
                  "kind": "release",
                  "repository": "acme/infra",
                  "workflow": ".github/workflows/pipeline.yml"
                }
                """,
                Files.readString(folder.resolve("release/release.json")));
    }

    @Test
    void terraformAppliesThePlanThatWasMadeAndNoOther() throws IOException {
        Tools.require("terraform");
        Path module = Files.createDirectories(folder.resolve("environments/staging"));
        Files.writeString(
                module.resolve("main.tf"), "resource \"terraform_data\" \"a\" {\n  input = 1\n}\n");
        Bash terraform =
                bash.with("MODULE", "environments/staging")
                        .with("ENVIRONMENT", "staging")
                        .with("PLAN_PASSPHRASE", "a long passphrase of the test");

        Ended planned = terraform.run("bash .github/scripts/terraform.sh plan");
        assertEquals(0, planned.code(), planned::toString);
        String sha256 = Files.readString(folder.resolve("output")).strip().replace("sha256=", "");
        Files.delete(folder.resolve("plan.bin"));
        Bash opener = terraform.with("PLAN_SHA256", sha256);
        assertEquals(0, opener.run("bash .github/scripts/terraform.sh open").code());
        assertEquals(0, terraform.run("bash .github/scripts/terraform.sh ready").code());
        assertEquals(1, terraform.run("bash .github/scripts/terraform.sh check").code());
        assertEquals(0, terraform.run("bash .github/scripts/terraform.sh apply").code());
        assertEquals(0, terraform.run("bash .github/scripts/terraform.sh check").code());
        Ended stale = terraform.run("bash .github/scripts/terraform.sh apply");
        assertEquals(1, stale.code(), stale::toString);
        assertTrue(
                stale.err().contains("run the job 'Plan staging' of this run again"), stale.err());

        byte[] sealed = Files.readAllBytes(folder.resolve("plan.bin.sealed"));
        assertFalse(new String(sealed, StandardCharsets.ISO_8859_1).contains("tfplan"));
        sealed[sealed.length / 2] ^= 1;
        Files.write(folder.resolve("plan.bin.sealed"), sealed);
        assertNotEquals(0, opener.run("bash .github/scripts/terraform.sh open").code());
    }
}
