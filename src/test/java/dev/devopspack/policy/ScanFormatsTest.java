package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.testing.JsonSchemaCheck;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/// The formats that other programs show.
class ScanFormatsTest {

    private static final String OPEN =
            """
            resource "aws_security_group" "a|b <script>" {
              ingress {
                from_port   = 22
                to_port     = 22
                protocol    = "tcp"
                cidr_blocks = ["0.0.0.0/0"]
              }
            }
            """;

    private static final String HOSTILE = "locals {\n  \u202Ea = \"\u0001]]>&<b>\n";

    @Test
    void sarifNamesEachRuleOnceAndKnowsAFindingAgainWhereverItsLinesAre() throws Exception {
        JsonNode run = sarif(OPEN).at("/runs/0");
        JsonNode rules = run.at("/tool/driver/rules");
        JsonNode results = run.path("results");

        assertTrue(rules.size() < 100, "only rules that judged: " + rules.size());
        assertFalse(results.isEmpty());
        for (JsonNode result : results) {
            JsonNode rule = rules.get(result.path("ruleIndex").asInt(-1));
            assertEquals(result.path("ruleId").asText(), rule.path("id").asText());
            assertTrue(rule.at("/properties/aliases").isObject());
            assertEquals("security", rule.at("/properties/tags/0").asText());
        }
        assertEquals(
                fingerprints(results), fingerprints(sarif("\n\n" + OPEN).at("/runs/0/results")));
    }

    @Test
    void sarifMeetsItsSchemaWhateverStandsInTheFiles() throws Exception {
        Rule broken =
                RuleCatalog.read(
                        "own/broken.yaml",
                        """
                        id: ACME-001
                        title: Breaks
                        why: Rules can.
                        severity: low
                        subject: terraform/aws_security_group
                        require: 1 / 0 == 1
                        message: breaks
                        mend: Mend it.
                        examples:
                          - fails: {text: ''}
                          - passes: {text: ''}
                        """
                                .getBytes(StandardCharsets.UTF_8));
        RuleCatalog rules =
                RuleCatalog.of(
                        Stream.concat(RuleCatalog.builtIn().rules().stream(), Stream.of(broken))
                                .toArray(Rule[]::new));
        ScanResult result =
                new Scan(rules)
                        .of(
                                Artifacts.of(
                                        Artifact.of("a folder/mäin [1].tf", OPEN),
                                        Artifact.of(
                                                "known.tf",
                                                "# checkov:skip=CKV_AWS_3:\u202e \"why\"\n"
                                                        + "variable \"on\" {}\n"
                                                        + "resource \"aws_ebs_volume\" \"a\" {\n"
                                                        + "  #trivy:ignore:AWS-0026\n"
                                                        + "  encrypted = false\n}\n"
                                                        + "resource \"aws_ebs_volume\" \"b\" {\n"
                                                        + "  encrypted = var.on\n}\n"),
                                        Artifact.of("broken.tf", "resource {"),
                                        Artifact.of(
                                                "token.txt", "password = \"Winter-2041-snow\"\n"),
                                        Artifact.of("pod.yaml", "apiVersion: v1\nkind: Pod\n")));

        JsonNode document = new ObjectMapper().readTree(Sarif.of(result, rules));

        assertFalse(result.errors().isEmpty());
        assertFalse(result.unknowns().isEmpty());
        assertFalse(result.unreadable().isEmpty());
        assertFalse(result.excused().isEmpty());
        assertEquals(List.of(), JsonSchemaCheck.problems(sarifSchema(), document));
    }

    /// So that the test above can fail.
    @Test
    void sarifThatIsWrongDoesNotMeetItsSchema() throws Exception {
        ObjectNode document =
                (ObjectNode)
                        new ObjectMapper()
                                .readTree(
                                        Sarif.of(
                                                scan(Artifact.of("main.tf", OPEN)),
                                                RuleCatalog.builtIn()));
        ((ObjectNode) document.at("/runs/0/results/0")).put("level", "high").remove("message");

        assertEquals(
                List.of("/runs/0/results/0 lacks message", "/runs/0/results/0/level is 'high'"),
                JsonSchemaCheck.problems(sarifSchema(), document).stream().sorted().toList());
    }

    private static JsonNode sarifSchema() throws IOException {
        try (InputStream in =
                new GZIPInputStream(
                        ScanFormatsTest.class.getResourceAsStream(
                                "/schemas/sarif-2.1.0-rtm.5.json.gz"))) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static List<String> fingerprints(JsonNode results) {
        return results.findValuesAsText("ruleFileResourceMessage/v1");
    }

    private static JsonNode sarif(String text) throws Exception {
        ScanResult result = scan(Artifact.of("main.tf", text));
        return new ObjectMapper().readTree(Sarif.of(result, RuleCatalog.builtIn()));
    }

    @Test
    void everyOpenFindingIsAFailedCaseOfItsFile() throws Exception {
        ScanResult result = scan(Artifact.of("main.tf", OPEN), Artifact.of("good.tf", ""));

        Element suites = parsed(ScanJunit.of(result, List.of("good.tf", "main.tf")));

        assertEquals(String.valueOf(result.open().size()), suites.getAttribute("failures"));
        assertEquals(result.open().size(), suites.getElementsByTagName("failure").getLength());
        Element first = (Element) suites.getElementsByTagName("testsuite").item(0);
        assertEquals("good.tf", first.getAttribute("name"));
        assertEquals("0", first.getAttribute("failures"));
    }

    @Test
    void whatCannotBeReadIsAnErrorAndWellFormed() throws Exception {
        ScanResult result = scan(Artifact.of("bad.tf", HOSTILE));

        Element suites = parsed(ScanJunit.of(result, List.of("bad.tf")));

        assertTrue(suites.getElementsByTagName("error").getLength() > 0);
        assertFalse(suites.getAttribute("errors").equals("0"));
    }

    @Test
    void nothingInAMarkdownTableIsMarkup() {
        ScanResult result = scan(Artifact.of("main.tf", OPEN), Artifact.of("bad.tf", HOSTILE));

        String markdown = ScanMarkdown.of(result);

        assertFalse(markdown.contains("<script>"), markdown);
        assertFalse(markdown.contains("\u202E"), markdown);
        List<String> rows = markdown.lines().filter(line -> line.startsWith("| ")).skip(1).toList();
        assertEquals(result.open().size(), rows.size());
        rows.forEach(row -> assertEquals(6, row.chars().filter(c -> c == '|').count(), row));
    }

    private static ScanResult scan(Artifact... files) {
        return new Scan(RuleCatalog.builtIn()).of(new Artifacts(List.of(files)));
    }

    private static Element parsed(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
    }
}
