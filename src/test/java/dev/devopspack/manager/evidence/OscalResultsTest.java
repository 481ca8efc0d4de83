package dev.devopspack.manager.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.Manifest;
import dev.devopspack.change.Origin;
import dev.devopspack.change.Requester;
import dev.devopspack.change.Target;
import dev.devopspack.policy.ComplianceAssessment;
import dev.devopspack.policy.ComplianceProfiles;
import dev.devopspack.policy.ControlState;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Scan;
import dev.devopspack.task.Environment;
import dev.devopspack.task.StackName;
import dev.devopspack.testing.JsonSchemaCheck;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class OscalResultsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final RuleCatalog RULES = RuleCatalog.builtIn();
    private static final ComplianceProfiles PROFILES = new ComplianceProfiles(RULES);

    private static final String TEXT =
            """
            resource "aws_db_instance" "data" {
              identifier          = "data"
              storage_encrypted   = true
              publicly_accessible = true
            }
            """;

    @Test
    void whatEveryProfileGivesMeetsTheSchemaOfNist() throws IOException {
        JsonNode document = JSON.valueToTree(document("main.tf", PROFILES.names()));

        assertEquals(List.of(), JsonSchemaCheck.problems(schema(), document));
    }

    /// So that the test above can fail.
    @Test
    void aDocumentThatIsWrongDoesNotMeetIt() throws IOException {
        ObjectNode document = JSON.valueToTree(document("main.tf", List.of("baseline")));
        ObjectNode results = (ObjectNode) document.get("assessment-results");
        results.put("uuid", "12");
        ((ObjectNode) results.get("metadata")).remove("title");

        assertEquals(
                List.of(
                        "/assessment-results/uuid '12' is not"
                                + " ^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[45][0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}$",
                        "/assessment-results/metadata lacks title"),
                JsonSchemaCheck.problems(schema(), document));
    }

    @Test
    void everyFindingPointsAtObservationsThatAreThereAndEverySubjectAtAFile() {
        JsonNode results =
                JSON.valueToTree(document("a folder/main.tf", List.of("cis-aws", "nist-800-53")))
                        .get("assessment-results");
        Set<String> resources = ids(results.at("/back-matter/resources"));

        for (JsonNode result : results.get("results")) {
            Set<String> observations = ids(result.get("observations"));
            result.get("findings")
                    .findValuesAsText("observation-uuid")
                    .forEach(id -> assertEquals(true, observations.contains(id), id));
            result.get("observations")
                    .findValuesAsText("subject-uuid")
                    .forEach(id -> assertEquals(true, resources.contains(id), id));
        }
        assertEquals(
                "../change-set/files/a%20folder/main.tf",
                results.at("/back-matter/resources/1/rlinks/0/href").asText());
    }

    @Test
    void aControlSaysWhatTheRulesSay() {
        JsonNode result =
                JSON.valueToTree(document("main.tf", List.of("cis-aws")))
                        .at("/assessment-results/results/0");

        Map<String, String> states =
                StreamSupport.stream(result.get("findings").spliterator(), false)
                        .collect(
                                Collectors.toMap(
                                        finding -> finding.at("/target/target-id").asText(),
                                        finding -> finding.at("/target/status/state").asText()));
        assertEquals(
                Map.of(
                        "cis-aws-2.2.1", "satisfied",
                        "cis-aws-2.2.2", "satisfied",
                        "cis-aws-2.2.3", "not-satisfied",
                        "cis-aws-2.2.4", "not-satisfied"),
                states);
    }

    @Test
    void theSameEvidenceHasTheSameBytesAndOtherEvidenceOtherIds() {
        assertEquals(
                Written.json(document("main.tf", List.of("soc2"))),
                Written.json(document("main.tf", List.of("soc2"))));
        assertNotEquals(
                JSON.valueToTree(document("main.tf", List.of("soc2")))
                        .at("/assessment-results/uuid"),
                JSON.valueToTree(document("other.tf", List.of("soc2")))
                        .at("/assessment-results/uuid"));
    }

    private static Map<String, Object> document(String file, List<String> profiles) {
        ChangeSet changeSet =
                ChangeSet.of(
                        new Manifest(
                                new Origin.Submitted(),
                                Artifacts.of(Artifact.of(file, TEXT)),
                                null,
                                Target.of(
                                        new Environment("staging"), new StackName("data/staging")),
                                Set.of(),
                                List.of(),
                                new Requester("token:1", null),
                                ApprovalPolicy.TRIAL.digest()),
                        "test",
                        List.of(),
                        Instant.parse("2026-03-01T10:00:00Z"));
        Scan.Traced traced = new Scan(RULES).traced(changeSet.artifacts());
        return new OscalResults(changeSet, traced, RULES, changeSet.createdAt())
                .document(
                        profiles.stream()
                                .map(name ->
                                        ComplianceAssessment.of(
                                                PROFILES.find(name, "test"),
                                                traced.result(),
                                                evidence -> new ControlState.Satisfied("seen")))
                                .toList());
    }

    private static Set<String> ids(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(each -> each.get("uuid").asText())
                .collect(Collectors.toSet());
    }

    private static JsonNode schema() throws IOException {
        try (InputStream in =
                new GZIPInputStream(
                        OscalResultsTest.class.getResourceAsStream(
                                "/schemas/oscal-assessment-results-1.1.2.json.gz"))) {
            return JSON.readTree(in);
        }
    }
}
