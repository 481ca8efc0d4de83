package dev.devopspack.specialist.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.policy.ComplianceProfiles;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.specialist.Capability;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.specialist.Work;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.testing.Golden;
import dev.devopspack.testing.InMemoryChangeSets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecurityScanningTest {

    private final SecuritySpecialist agent =
            new SecuritySpecialist(
                    RuleCatalog.builtIn(),
                    new ComplianceProfiles(RuleCatalog.builtIn()),
                    new InMemoryChangeSets());

    @Test
    void everyLanguageIsReadAndEachFindingSaysWhereAndWhatToType() {
        Outcome.Report report = report("security_scanning", Map.of("files", MixedFiles.LIST));

        Golden.assertMatches("security/scan.txt", String.join("\n", report.summary()) + "\n");
    }

    @Test
    void theStepsThatMatterMostComeFirstWithTheScoreAfterThem() {
        Outcome.Report report =
                report("hardening_recommendations", Map.of("files", MixedFiles.LIST));

        Golden.assertMatches("security/hardening.txt", String.join("\n", report.summary()) + "\n");
    }

    @Test
    void patchesAreAppliedByGitAndTheFindingsAreGone(@TempDir Path folder) throws Exception {
        List<Map<String, Object>> files =
                List.of(
                        MixedFiles.file(
                                "main.tf",
                                """
                                resource "aws_ebs_volume" "data" {
                                  availability_zone = "eu-west-1a"
                                  size              = 10
                                }
                                """),
                        MixedFiles.file(
                                "pod.yaml",
                                """
                                apiVersion: v1
                                kind: Pod
                                metadata:
                                  name: web # the web server
                                spec:
                                  containers:
                                    - name: web
                                      image: registry.example.com/web:1.4.2
                                      securityContext:
                                        privileged: true
                                """));

        Outcome.Report hardened = report("hardening_recommendations", Map.of("files", files));
        Golden.assertMatches("security/patches.txt", String.join("\n", hardened.summary()) + "\n");
        List<Map<String, Object>> patched = applied(folder, files, hardened);

        List<?> patches = assertInstanceOf(List.class, hardened.facts().get("patches"));
        List<?> left =
                assertInstanceOf(
                        List.class,
                        report("security_scanning", Map.of("files", patched))
                                .facts()
                                .get("findings"));
        assertEquals(2, patches.size());
        for (Object patch : patches) {
            Map<?, ?> of = assertInstanceOf(Map.class, patch);
            List<?> mends = assertInstanceOf(List.class, of.get("mends"));
            assertFalse(mends.isEmpty());
            assertEquals(
                    List.of(),
                    left.stream()
                            .map(finding -> assertInstanceOf(Map.class, finding))
                            .filter(finding -> finding.get("file").equals(of.get("file")))
                            .map(finding -> finding.get("rule"))
                            .filter(mends::contains)
                            .toList());
        }
    }

    /// As a person would: the diffs in a file, `git apply`.
    private static List<Map<String, Object>> applied(
            Path folder, List<Map<String, Object>> files, Outcome.Report hardened)
            throws Exception {
        StringBuilder diff = new StringBuilder();
        for (Object patch : assertInstanceOf(List.class, hardened.facts().get("patches"))) {
            diff.append(assertInstanceOf(Map.class, patch).get("diff"));
        }
        for (Map<String, Object> file : files) {
            Files.writeString(
                    folder.resolve(file.get("name").toString()), file.get("content").toString());
        }
        Files.writeString(folder.resolve("all.patch"), diff);
        Process git =
                new ProcessBuilder("git", "apply", "all.patch")
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, git.waitFor(), said);
        List<Map<String, Object>> applied = new ArrayList<>();
        for (Map<String, Object> file : files) {
            String name = file.get("name").toString();
            applied.add(MixedFiles.file(name, Files.readString(folder.resolve(name))));
        }
        return applied;
    }

    @Test
    void aPatchThatWouldShowASecretIsWithheld() {
        String password = "Winter-2041-snow";
        Outcome.Report hardened =
                report(
                        "hardening_recommendations",
                        Map.of(
                                "files",
                                List.of(
                                        MixedFiles.file(
                                                "main.tf",
                                                """
                                                resource "aws_db_instance" "data" {
                                                  password          = "%s"
                                                  storage_encrypted = false
                                                }
                                                """
                                                        .formatted(password)))));

        assertEquals(List.of(), hardened.facts().get("patches"));
        assertTrue(
                hardened.summary().contains("main.tf: no patch, its lines hold a secret."),
                hardened.summary()::toString);
        assertFalse(hardened.toString().contains(password));
    }

    @Test
    void theScoreCanBeAddedUpByHand() {
        Outcome.Report report = report("security_scanning", Map.of("files", MixedFiles.LIST));

        Map<?, ?> score = assertInstanceOf(Map.class, report.facts().get("score"));
        long earned = 0;
        long possible = 0;
        for (Object each : assertInstanceOf(Map.class, score.get("by_severity")).values()) {
            Map<?, ?> counts = assertInstanceOf(Map.class, each);
            long weight = number(counts, "weight");
            earned += weight * number(counts, "held");
            possible +=
                    weight
                            * (number(counts, "held")
                                    + number(counts, "failed")
                                    + number(counts, "unknown"));
        }
        assertEquals(
                List.of(score.get("earned"), score.get("possible")), List.of(earned, possible));
    }

    private static long number(Map<?, ?> counts, String name) {
        return assertInstanceOf(Integer.class, counts.get(name));
    }

    @Test
    void aSecretIsToldByItsPlaceAndNeverRepeated() {
        String secret = "AKIA" + "Z7Q2M4N6P5R3T5V2";
        Map<String, Object> input =
                Map.of(
                        "files",
                        List.of(file("main.tf", "locals {\n  key = \"" + secret + "\"\n}\n")));

        Outcome.Report scanned = report("security_scanning", input);
        Outcome.Report hardened = report("hardening_recommendations", input);

        assertEquals(
                List.of("critical DP-SEC-002 main.tf:2: "),
                scanned.summary().stream()
                        .filter(line -> line.startsWith("critical"))
                        .map(line -> line.substring(0, line.indexOf(": ") + 2))
                        .toList());
        assertFalse((scanned + " " + hardened).contains(secret));
    }

    @Test
    void theLeastSeverityLeavesOutLinesAndNotTheScore() {
        Outcome.Report all = report("security_scanning", Map.of("files", MixedFiles.LIST));
        Outcome.Report worst =
                report(
                        "security_scanning",
                        Map.of("files", MixedFiles.LIST, "at_least", "critical"));

        assertEquals(all.facts().get("score"), worst.facts().get("score"));
        assertEquals(
                List.of("critical"),
                assertInstanceOf(List.class, worst.facts().get("findings")).stream()
                        .map(finding -> assertInstanceOf(Map.class, finding).get("severity"))
                        .distinct()
                        .toList());
    }

    @Test
    void withoutFilesTheyAreAskedForWithASchemaAndAnExampleThatRuns() {
        for (String name : List.of("security_scanning", "hardening_recommendations")) {
            Outcome.InputRequired required =
                    assertInstanceOf(Outcome.InputRequired.class, perform(name, Map.of()));

            assertEquals(
                    List.of("/input/files"),
                    required.missing().stream().map(Outcome.MissingInput::pointer).toList());
            assertInstanceOf(Outcome.Report.class, perform(name, agent.capability(name).example()));
        }
    }

    @Test
    void anEscapingNameIsRefusedWhereItStands() {
        assertEquals(
                "/input/files/1/name",
                refused(Map.of("files", List.of(file("a.tf", ""), file("../b.tf", "")))).where());
    }

    @Test
    void filesAndAChangeSetAtOnceAreRefused() {
        assertEquals(
                "/input/change_set_id",
                refused(
                                Map.of(
                                        "files",
                                        List.of(file("a.tf", "")),
                                        "change_set_id",
                                        "cs-aaaaaaaaaaaaaaaa"))
                        .where());
    }

    @Test
    void anUnknownChangeSetIsRefusedWithTheWayToFindOne() {
        InvalidInput refused = refused(Map.of("change_set_id", "cs-aaaaaaaaaaaaaaaa"));

        assertEquals(
                "/input/change_set_id: there is no change set cs-aaaaaaaaaaaaaaaa. Use the id from the"
                        + " answer that made it, or list them.",
                refused.getMessage());
    }

    @Test
    void moreFilesThanAModuleHasAreRefused() {
        List<Map<String, Object>> many =
                IntStream.rangeClosed(0, GivenFiles.MAX_FILES)
                        .mapToObj(i -> file("f" + i + ".tf", ""))
                        .toList();

        assertEquals("/input/files", refused(Map.of("files", many)).where());
    }

    private InvalidInput refused(Map<String, Object> input) {
        return assertThrows(InvalidInput.class, () -> perform("security_scanning", input));
    }

    private static Map<String, Object> file(String name, String content) {
        return MixedFiles.file(name, content);
    }

    private Outcome.Report report(String capability, Map<String, Object> input) {
        return assertInstanceOf(Outcome.Report.class, perform(capability, input));
    }

    private Outcome perform(String capability, Map<String, Object> input) {
        return perform(agent.capability(capability), input);
    }

    private static <I extends Record> Outcome perform(
            Capability<I> capability, Map<String, Object> input) {
        return capability.perform(capability.read(input), new Work(null, null));
    }
}
