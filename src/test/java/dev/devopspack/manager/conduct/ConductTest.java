package dev.devopspack.manager.conduct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.language.words.PlainText;
import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Everything that is refused has a harmless twin that is not.
class ConductTest {

    private static final String AGENT = "devops_pack_manager";

    private final PolicyTable table = PolicyTable.shipped();
    private final Conduct conduct = new Conduct(table);

    private record Pair(String id, String refused, String harmless) {}

    private static List<Pair> pairs() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/agents/conduct-pairs.tsv")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t", -1))
                .map(parts -> new Pair(parts[0], parts[1], parts[2]))
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> aRequestIsRefusedAndItsTwinIsNot() throws IOException {
        return pairs().stream()
                .map(pair ->
                        DynamicTest.dynamicTest(
                                pair.refused() + " | " + pair.harmless(),
                                () -> {
                                    assertEquals(
                                            Optional.of(pair.id()),
                                            idIn(pair.refused()),
                                            pair.refused());
                                    assertEquals(
                                            Optional.empty(),
                                            idIn(pair.harmless()),
                                            pair.harmless());
                                }));
    }

    @Test
    void everyRefusalHasPairs() throws IOException {
        List<Pair> pairs = pairs();

        assertTrue(pairs.size() >= 30, "too few pairs");
        assertEquals(
                new TreeSet<>(table.refusals().stream().map(PolicyTable.Refused::id).toList()),
                new TreeSet<>(pairs.stream().map(Pair::id).toList()));
    }

    /// Percent of disguised requests that must be refused. One that is missed is done as little, so
    /// a harmless one that is refused weighs more: of those there may be none.
    private static final double LEAST_DISGUISED = 95;

    @Test
    void mostDisguisesAreSeenThrough() throws IOException {
        List<String[]> disguised =
                lines("disguised.tsv").stream().map(line -> line.split("\t", 2)).toList();

        List<String> missed =
                disguised.stream()
                        .filter(one -> !idIn(one[1]).equals(Optional.of(one[0])))
                        .map(one -> one[1] + ": " + idIn(one[1]).orElse("not refused"))
                        .toList();

        double percent = 100.0 * (disguised.size() - missed.size()) / disguised.size();
        assertTrue(percent >= LEAST_DISGUISED, missed::toString);
    }

    @Test
    void everyPhraseIsOfWordsThatATextCanHave() {
        List<String> phrases = new ArrayList<>();
        table.concepts().values().forEach(phrases::addAll);
        table.refusals()
                .forEach(refused ->
                        Stream.of(refused.asks(), refused.unless(), refused.neverExcused())
                                .filter(Objects::nonNull)
                                .forEach(phrases::addAll));

        List<String> never =
                phrases.stream()
                        .flatMap(phrase -> Stream.of(phrase.split("[ |]")))
                        .map(word -> word.replaceAll("[*^]", ""))
                        .filter(word -> !word.equals("..."))
                        .filter(word -> PlainText.words(word).size() != 1)
                        .distinct()
                        .toList();

        assertEquals(List.of(), never);
    }

    /// The same of requests that nobody had in mind when the table was written.
    private static final double LEAST_UNSEEN = 50;

    /// Percent of those that only sound like it and must be let through.
    private static final double LEAST_HARMLESS = 95;

    @Test
    void manyDisguisesThatNobodyThoughtOfAreSeenThrough() throws IOException {
        Map<Boolean, List<String>> refused =
                unseen("refuse").collect(Collectors.partitioningBy(one -> idIn(one).isPresent()));
        Map<Boolean, List<String>> harmless =
                unseen("ok").collect(Collectors.partitioningBy(one -> idIn(one).isEmpty()));

        assertTrue(percent(refused) >= LEAST_UNSEEN, () -> percent(refused) + " % refused");
        assertTrue(percent(harmless) >= LEAST_HARMLESS, harmless.get(false)::toString);
    }

    private static Stream<String> unseen(String label) throws IOException {
        return lines("disguised-unseen.tsv").stream()
                .filter(line -> line.startsWith(label + "\t"))
                .map(line -> line.substring(label.length() + 1));
    }

    private static double percent(Map<Boolean, List<String>> right) {
        int all = right.get(true).size() + right.get(false).size();
        return 100.0 * right.get(true).size() / all;
    }

    @Test
    void nothingHarmlessIsRefused() throws IOException {
        List<String> refused =
                Stream.concat(
                                lines("harmless.txt").stream(),
                                lines("requests.tsv").stream()
                                        .filter(line -> !line.startsWith("no "))
                                        .map(line -> line.substring(line.indexOf('\t') + 1)))
                        .filter(request -> idIn(request).isPresent())
                        .map(request -> request + ": " + idIn(request).orElseThrow())
                        .toList();

        assertEquals(List.of(), refused);
    }

    private static List<String> lines(String file) throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/agents", file)).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    private Optional<String> idIn(String request) {
        return conduct.inRequest(AGENT, request).map(refusal -> refusal.refused().id());
    }

    @Test
    void hiddenAndLookAlikeLettersHideNothing() {
        assertEquals(Optional.of("apply-to-production"), idIn("ap\u200bply it to \u0440roduction"));
        assertEquals(Optional.of("skip-gates"), idIn("ＳＫＩＰ the gates"));
        assertEquals(Optional.of("skip-gates"), idIn("sk\u00adip the\u202e gates"));
    }

    @Test
    void settingsAreRefusedByTheirNameAndValue() {
        List<Map<String, Object>> refused =
                List.of(
                        Map.of("skip_gates", true),
                        Map.of("deploy", Map.of("require-approval", false)),
                        Map.of("jobs", List.of(Map.of("auto_approve", "True"))),
                        Map.of("secret_scanning", false),
                        Map.of("apply", true));
        List<Map<String, Object>> harmless =
                List.of(
                        Map.of("skip_gates", false),
                        Map.of("deploy", Map.of("require-approval", true)),
                        Map.of("jobs", List.of(Map.of("auto_approve", "False"))),
                        Map.of("secret_scanning", true),
                        Map.of("apply", "on signed change sets"));

        assertEquals(
                List.of(
                        "skip-gates at /input/skip_gates",
                        "remove-approval at /input/deploy/require-approval",
                        "remove-approval at /input/jobs/0/auto_approve",
                        "switch-off-scanning at /input/secret_scanning",
                        "apply-to-production at /input/apply"),
                refused.stream().map(this::inInput).toList());
        assertEquals(List.of("", "", "", "", ""), harmless.stream().map(this::inInput).toList());
    }

    @Test
    void aSettingIsTheSameHoweverItIsWritten() {
        Map<String, Object> refused =
                Map.of(
                        "skipGates", "yes",
                        "skip-gates", 1,
                        "requireApproval", "no",
                        "approval", "none",
                        "autoApprove", "on",
                        "secret_scanning", "off");

        refused.forEach((name, value) ->
                assertTrue(!inInput(Map.of(name, value)).isEmpty(), name + " " + value));
        assertEquals("", inInput(Map.of("requireApproval", "yes")));
        assertEquals("", inInput(Map.of("approvals", 2)));
    }

    @Test
    void aSecretIsKnownHoweverACommandPrintsIt() {
        List<String> refused =
                List.of(
                        "echo ${TOKEN:0:4}",
                        "echo $DEPLOY_TOKEN | base64",
                        "echo $DEPLOY_TOKEN | tee out.txt",
                        "echo $DEPLOY_TOKEN > /dev/stderr",
                        "cat <<< \"$API_KEY\"",
                        "cat .env",
                        "env | sort",
                        "declare -x",
                        "printenv GITHUB_TOKEN",
                        "node -e 'console.log(process.env)'",
                        "Get-ChildItem Env:");
        List<String> harmless =
                List.of(
                        "echo $TOKENIZER_VERSION",
                        "echo $SECRET_NAME",
                        "echo \"$KUBE_TOKEN\" | base64 -d > kubeconfig",
                        "AUTH=$(echo -n \"ci:$TOKEN\" | base64)",
                        "cat .env.example",
                        "env | grep -q CI",
                        "env NODE_ENV=test npm test",
                        "console.log(process.env.NODE_ENV)");

        assertEquals(
                List.of(),
                refused.stream()
                        .filter(command ->
                                !inInput(Map.of("test_command", command))
                                        .equals("echo-token at /input/test_command"))
                        .toList());
        assertEquals(
                List.of(),
                harmless.stream()
                        .filter(command -> !inInput(Map.of("test_command", command)).isEmpty())
                        .toList());
    }

    @Test
    void anAnswerThatIsPipedInIsAnApproval() {
        for (String command :
                List.of(
                        "yes yes | terraform apply",
                        "echo yes | tofu destroy",
                        "TF_CLI_ARGS_apply=-auto-approve terraform apply")) {
            assertEquals(
                    "apply-to-production at /input/test_command",
                    inInput(Map.of("test_command", command)),
                    command);
        }
        assertEquals("", inInput(Map.of("test_command", "terraform apply -input=false plan")));
        assertEquals(
                "switch-off-scanning at /input/test_command",
                inInput(Map.of("test_command", "trivy fs . || true")));
        assertEquals("", inInput(Map.of("test_command", "eslint . || true")));
    }

    @Test
    void commandsInTypedInputAreRefusedWhereTheyWouldRun() {
        Map<String, String> pairs =
                Map.of(
                        "terraform state rm aws_s3_bucket.logs", "terraform state list",
                        "terraform -chdir=prod apply -auto-approve", "terraform plan -out plan",
                        "echo $DEPLOY_TOKEN", "echo $DEPLOY_TOKEN | docker login --password-stdin",
                        "echo \"${{ secrets.NPM_TOKEN }}\"",
                                "echo \"::add-mask::${{ secrets.NPM_TOKEN }}\"",
                        "cp .env dist/", "cp .env.example dist/",
                        "checkov -d . --soft-fail", "checkov -d .",
                        "printenv", "printenv PATH");

        List<String> wrong = new ArrayList<>();
        pairs.forEach((refused, harmless) -> {
            if (inInput(Map.of("test_command", refused)).isEmpty()) {
                wrong.add("not refused: " + refused);
            }
            if (!inInput(Map.of("test_command", harmless)).isEmpty()) {
                wrong.add("refused: " + harmless);
            }
            if (!inInput(Map.of("timeline", refused)).isEmpty()) {
                wrong.add("refused as evidence: " + refused);
            }
        });

        assertEquals(List.of(), wrong);
        assertEquals(
                "upload-env at /input/artifact_paths/1",
                inInput(Map.of("artifact_paths", List.of("dist", "web/.env.production"))));
        assertEquals("", inInput(Map.of("artifact_paths", List.of("dist", "web/.env.example"))));
    }

    private String inInput(Map<String, Object> input) {
        return conduct.inInput(AGENT, input)
                .map(refusal -> refusal.refused().id() + " at " + refusal.where())
                .orElse("");
    }

    @Test
    void submittedScriptsAndFilesOfSecretsAreRefusedWithTheirPlace() {
        assertEquals(
                "state-surgery at fix.sh:3",
                inFile(
                        "fix.sh",
                        "#!/bin/sh\n# terraform state rm x\nterraform state \\\n  rm x\n"));
        assertEquals(
                "apply-to-production at ops/Makefile:2",
                inFile("ops/Makefile", "up:\n\ttofu apply -auto-approve\n"));
        assertEquals("upload-env at web/.env", inFile("web/.env", "A=1\n"));
        assertEquals("upload-env at .env.production", inFile(".env.production", "A=1\n"));
        assertEquals("echo-token at ci.sh:1", inFile("ci.sh", "echo ${API_TOKEN}\n"));

        assertEquals(
                "echo-token at .github/workflows/ci.yml:5",
                inFile(
                        ".github/workflows/ci.yml",
                        "on: push\njobs:\n  a:\n    steps:\n      - run: echo ${{ secrets.TOKEN }}\n"));
        assertEquals("", inFile("ci.yml", "say: echo ${{ secrets.TOKEN }}\n"));

        assertEquals("", inFile(".env.example", "A=\n"));
        assertEquals("", inFile("fix.sh", "# terraform state rm x\nterraform state list\n"));
        assertEquals("", inFile("docs/state.md", "Never run `terraform state rm x`.\n"));
        assertEquals(
                "", inFile("ci.sh", "echo \"$API_TOKEN\" | docker login -u x --password-stdin\n"));
        assertEquals("", inFile("main.tf", "resource \"x\" \"y\" {}\n"));
    }

    private String inFile(String name, String text) {
        return conduct.inFile(AGENT, name, text)
                .map(refusal -> refusal.refused().id() + " at " + refusal.where())
                .orElse("");
    }

    @Test
    void aRefusalSaysWhatWhyAndWhatInstead() {
        for (PolicyTable.Refused refused : table.refusals()) {
            InvalidInput said = new Refusal(refused, "/request").asInput();

            assertTrue(
                    said.problem().startsWith(refused.title() + " is refused: "), said.problem());
            assertTrue(
                    refused.why().endsWith(".") && refused.instead().endsWith("."), refused.id());
        }
    }

    @Test
    void longHostileTextIsReadInBoundedTime() {
        String text = "apply the the the the ".repeat(900);

        assertEquals(Optional.empty(), idIn(text));
        assertEquals(Optional.empty(), idIn("terraform ".repeat(20_000)));
    }

    @Test
    void anAgentThatTheTableDoesNotNameMayDoNoneOfIt() {
        assertEquals(
                Optional.of("skip-gates"),
                conduct.inRequest("somebody_new", "skip the gates").map(r -> r.refused().id()));
    }
}
