package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanTest {

    /// One rule, so that what is looked at does not change with the others.
    private static final RuleCatalog ENCRYPTED =
            RuleCatalog.of(RuleCatalog.builtIn().find("DP-AWS-EC2-005").orElseThrow());

    private static final String VOLUME =
            "resource \"aws_ebs_volume\" \"a\" {\n  size      = 1\n  encrypted = false\n}\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# devops-pack:skip=DP-AWS-EC2-005:scratch data\n",
                "#checkov:skip=CKV_AWS_3:scratch data\n",
                "#trivy:ignore:AVD-AWS-0026\n",
                "#tfsec:ignore:AWS-0026\n",
                "#tfsec:ignore:aws-ebs-enable-volume-encryption\n",
                "# kics-scan ignore-block\n",
            })
    void suppressionsPeopleHaveCountInAPlainScan(String comment) {
        ScanResult result = scan(comment + VOLUME);

        assertEquals(1, result.findings().size());
        assertEquals(List.of(), result.open());
        assertEquals(1, result.suppressions().getFirst().covers().size());
    }

    @Test
    void ourOwnSuppressionNeedsAReason() {
        ScanResult result = scan("# devops-pack:skip=DP-AWS-EC2-005\n" + VOLUME);

        assertEquals(1, result.open().size());
        assertEquals(1, result.suppressions().size());
    }

    @Test
    void suppressionOfAnotherResourceCoversNothing() {
        ScanResult result =
                scan(
                        "#checkov:skip=CKV_AWS_3:other\nresource \"aws_ebs_volume\" \"b\" {\n"
                                + "  encrypted = true\n}\n\n"
                                + VOLUME);

        assertEquals(1, result.open().size());
    }

    @Test
    void sameFilesInAnotherOrderGiveTheSameResult() {
        Artifact one = Artifact.of("a.tf", VOLUME);
        Artifact two = Artifact.of("b.env", "DB_PASSWORD=Winter-2041-snow\n");
        Scan scan = new Scan(ENCRYPTED);

        assertEquals(scan.of(Artifacts.of(one, two)), scan.of(Artifacts.of(two, one)));
    }

    @Test
    void resourceThatIsMadeForEachElementIsJudgedForEach() {
        ScanResult result =
                scan(
                        "resource \"aws_ebs_volume\" \"a\" {\n  for_each  = toset([\"x\", \"y\"])\n"
                                + "  encrypted = each.key == \"x\"\n}\n");

        assertEquals(
                List.of("aws_ebs_volume.a[\"y\"]"),
                result.findings().stream().map(Finding::resource).toList());
    }

    @Test
    void adviceAloneRefusesNoScan() {
        String rule =
                """
                id: T-1
                title: A thing has a name
                why: It is a test.
                severity: info
                subject: terraform/aws_thing
                require: self.name != null
                message: it has none
                mend: Name it.
                examples:
                  - fails: {text: "a"}
                  - passes: {text: "b"}
                """;
        Artifacts artifacts =
                Artifacts.of(Artifact.of("a.tf", "resource \"aws_thing\" \"a\" {}\n"));

        ScanResult advised = scan(rule, artifacts);
        ScanResult refused = scan(rule.replace("severity: info", "severity: low"), artifacts);

        assertEquals(List.of(1, 1), List.of(advised.open().size(), refused.open().size()));
        assertTrue(advised.passes());
        assertFalse(refused.passes());
    }

    private static ScanResult scan(String rule, Artifacts artifacts) {
        return new Scan(
                        RuleCatalog.of(
                                RuleCatalog.read("t.yaml", rule.getBytes(StandardCharsets.UTF_8))))
                .of(artifacts);
    }

    @Test
    void textShowsTheLineACaretAndTheMend() {
        Artifacts artifacts = Artifacts.of(Artifact.of("main.tf", VOLUME));

        String text = ScanText.of(new Scan(ENCRYPTED).of(artifacts), texts(artifacts));

        assertEquals(
                """
                HIGH DP-AWS-EC2-005 main.tf:3:3 aws_ebs_volume.a: the volume is not encrypted
                  3 |   encrypted = false
                    |   ^
                  Set `encrypted = true`.

                1 finding in 1 evaluation of 1 resource in 1 file; 0 unknown; everything was read.
                """,
                text);
    }

    @Test
    void textForPeopleHasOneLineForTheHintsOfARule() {
        RuleCatalog catalog =
                RuleCatalog.of(RuleCatalog.builtIn().find("DP-AWS-EFS-006").orElseThrow());
        String files = "resource \"aws_efs_file_system\" \"%s\" {\n  encrypted = true\n}\n";
        Artifacts artifacts =
                Artifacts.of(Artifact.of("main.tf", files.formatted("a") + files.formatted("b")));
        ScanResult result = new Scan(catalog).of(artifacts);

        assertEquals(
                """
                Hints, which weigh nothing:
                  DP-AWS-EFS-006 main.tf:1:1 aws_efs_file_system.a and 1 more: no backup plan selects the file system. Name it in `resources` of an `aws_backup_selection`.

                0 findings and 2 hints in 2 evaluations of 2 resources in 1 file; 0 unknown; everything was read.
                """,
                ScanText.of(result, texts(artifacts)));
        assertTrue(result.passes());
    }

    @Test
    void noOutputHoldsASecretsValue() {
        Artifacts artifacts =
                Artifacts.of(
                        Artifact.of(
                                "main.tf",
                                "provider \"aws\" {\n  access_key = \"AKIAQ3EGRIHBVTXWZKLM\"\n"
                                        + "  secret_key = \"Winter-2041-snow\"\n}\n"),
                        Artifact.of("app.env", "DB_PASSWORD=Winter-2041-snow\n"));
        RuleCatalog catalog = RuleCatalog.builtIn();
        ScanResult result = new Scan(catalog).of(artifacts);

        String all =
                ScanText.of(result, texts(artifacts))
                        + ScanJson.of(result)
                        + Sarif.of(result, catalog);

        assertTrue(result.findings().size() >= 3, result.findings().toString());
        assertFalse(all.contains("Winter-2041"));
        assertFalse(all.contains("AKIAQ3EGRIHBVTXWZKLM"));
    }

    @Test
    void sarifNamesRuleAliasesAndTheResource() throws IOException {
        RuleCatalog catalog = ENCRYPTED;
        String sarif = Sarif.of(scan("#checkov:skip=CKV_AWS_3:scratch\n" + VOLUME), catalog);

        JsonNode run = new ObjectMapper().readTree(sarif).at("/runs/0");
        JsonNode result = run.at("/results/0");
        assertEquals("2.1.0", new ObjectMapper().readTree(sarif).path("version").asText());
        assertEquals("DP-AWS-EC2-005", result.path("ruleId").asText());
        assertEquals("error", result.path("level").asText());
        assertEquals(4, result.at("/locations/0/physicalLocation/region/startLine").asInt());
        assertEquals(
                "aws_ebs_volume.a",
                result.at("/locations/0/logicalLocations/0/fullyQualifiedName").asText());
        assertEquals("scratch", result.at("/suppressions/0/justification").asText());
        assertEquals(
                List.of("CKV_AWS_3"),
                new ObjectMapper()
                        .convertValue(
                                run.at("/tool/driver/rules")
                                        .valueStream()
                                        .filter(r -> r.path("id").asText().equals("DP-AWS-EC2-005"))
                                        .findFirst()
                                        .orElseThrow()
                                        .at("/properties/aliases/checkov"),
                                List.class));
    }

    @Test
    void unreadableFilesAreTold() {
        ScanResult result =
                new Scan(ENCRYPTED)
                        .of(
                                Artifacts.of(
                                        Artifact.of("a.json", "{\"a\": }"),
                                        Artifact.of("b.yaml", "a: [1, 2\n"),
                                        Artifact.of("c.tf", "resource {{{")));

        assertEquals(
                List.of("a.json", "b.yaml", "c.tf"),
                result.unreadable().stream().map(ScanResult.Unreadable::file).distinct().toList());
        assertFalse(result.complete());
    }

    private static ScanResult scan(String text) {
        return new Scan(ENCRYPTED).of(Artifacts.of(Artifact.of("main.tf", text)));
    }

    private static Function<String, Optional<String>> texts(Artifacts artifacts) {
        return name -> artifacts.find(name).map(Artifact::text);
    }
}
