package dev.devopspack.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.audit.AuditHash;
import dev.devopspack.audit.LogKey;
import dev.devopspack.audit.MerkleTree;
import dev.devopspack.audit.TlogProof;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.Role;
import dev.devopspack.testing.TrialToken;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an auditor takes away, as he gets it.
@QuarkusTest
class EvidenceTest {

    private static final String OPEN =
            """
            resource "aws_security_group_rule" "ssh" {
              type              = "ingress"
              description       = "SSH"
              security_group_id = "sg-0123456789abcdef0"
              from_port         = 22
              to_port           = 22
              protocol          = "tcp"
              cidr_blocks       = ["0.0.0.0/0"]
            }
            """;

    @Inject TrialToken trial;
    @Inject ObjectMapper json;

    @TestHTTPResource("/")
    URI server;

    private String id;

    @BeforeEach
    void aChangeSetIsSubmitted() {
        RestAssured.port = server.getPort();
        id =
                RestAssured.given()
                        .header("Authorization", bearer(Role.REQUESTER))
                        .contentType("application/json")
                        .body(
                                Map.of(
                                        "stack", "evidence/staging",
                                        "environment", "staging",
                                        "files",
                                                List.of(
                                                        Map.of(
                                                                "name", "main.tf", "content",
                                                                OPEN))))
                        .post("/api/v1/change-sets")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("changeSet.id");
    }

    @Test
    void everyFileHasTheDigestThatTheManifestSays() throws IOException {
        Map<String, byte[]> files = files(zip("?profile=cis-aws"));
        JsonNode manifest = json.readTree(files.get("manifest.json"));

        Map<String, String> listed = new TreeMap<>();
        manifest.get("files")
                .forEach(
                        file -> listed.put(file.get("name").asText(), file.get("sha256").asText()));
        Map<String, String> found = new TreeMap<>();
        files.forEach((name, bytes) -> found.put(name, Digest.of(bytes).hex()));
        found.remove("manifest.json");
        assertEquals(found, listed);
        assertEquals("devops-pack/evidence/v1", manifest.get("format").asText());
        assertTrue(manifest.get("judgedByTheseRules").asBoolean());
        assertEquals(
                manifest.get("digest").asText(),
                Digest.of(files.get("change-set/manifest.json")).value());
        assertEquals(OPEN, text(files, "change-set/files/main.tf"));
    }

    @Test
    void itSaysWhatTheGatesAndTheControlsSay() throws IOException {
        Map<String, byte[]> files = files(zip("?profile=cis-aws"));

        JsonNode verdicts = json.readTree(files.get("verdicts.json"));
        JsonNode sarif = json.readTree(files.get("scan.sarif"));
        JsonNode results =
                json.readTree(files.get("oscal/assessment-results.json"))
                        .at("/assessment-results/results");
        assertEquals("FAILED", verdicts.at("/0/status").asText());
        assertTrue(
                sarif.at("/runs/0/results").findValuesAsText("ruleId").contains("DP-AWS-SG-001"));
        assertEquals(
                List.of("The baseline of DevOps Pack", "CIS AWS Foundations Benchmark 5.0"),
                results.findValuesAsText("title").stream()
                        .filter(title -> title.startsWith("The base") || title.startsWith("CIS"))
                        .toList());
        assertTrue(text(files, "oscal/assessment-results.json").contains("\"cis-aws-5.3\""));
    }

    @Test
    void eachEntryOfTheLogIsProven() throws IOException {
        Map<String, byte[]> files = filesWithProofs();
        LogKey key = LogKey.parse(text(files, "log/key.txt").strip());

        List<TlogProof> proofs =
                files.keySet().stream()
                        .filter(name -> name.startsWith("log/proofs/"))
                        .map(name -> TlogProof.parse(text(files, name)))
                        .toList();

        assertEquals(text(files, "log/entries.jsonl").lines().count(), proofs.size());
        assertFalse(proofs.isEmpty());
        for (TlogProof proof : proofs) {
            assertTrue(proof.checkpoint().signedBy(key));
            assertTrue(
                    MerkleTree.verifyInclusion(
                            AuditHash.leaf(proof.leaf().orElseThrow()),
                            proof.sequence() - 1,
                            proof.checkpoint().checkpoint().size(),
                            proof.hashes(),
                            proof.checkpoint().checkpoint().root()));
        }
    }

    /// A checkpoint is made every second.
    private Map<String, byte[]> filesWithProofs() throws IOException {
        for (int i = 0; i < 600; i++) {
            Map<String, byte[]> files = files(zip(""));
            if (json.readTree(files.get("manifest.json")).get("entriesWithoutProof").asInt() == 0) {
                return files;
            }
        }
        throw new AssertionError("no checkpoint was made");
    }

    @Test
    void theSameBytesComeWhileTheLogGrows() throws IOException {
        filesWithProofs();
        byte[] before = zip("");

        RestAssured.given()
                .header("Authorization", bearer(Role.REQUESTER))
                .contentType("application/json")
                .body(
                        Map.of(
                                "stack", "evidence/other",
                                "environment", "staging",
                                "files",
                                        List.of(Map.of("name", "main.tf", "content", "# other\n"))))
                .post("/api/v1/change-sets")
                .then()
                .statusCode(200);

        assertArrayEquals(before, zip(""));
    }

    @Test
    void onlyAuditorsGetIt() {
        RestAssured.given()
                .header("Authorization", bearer(Role.VIEWER, Role.REQUESTER, Role.PIPELINE))
                .get("/api/v1/change-sets/" + id + "/evidence.zip")
                .then()
                .statusCode(403);
    }

    @Test
    void aProfileThatIsNotThereIsRefused() {
        RestAssured.given()
                .header("Authorization", bearer(Role.AUDITOR))
                .get("/api/v1/change-sets/" + id + "/evidence.zip?profile=cis-asw")
                .then()
                .statusCode(400);
    }

    private byte[] zip(String query) {
        return RestAssured.given()
                .header("Authorization", bearer(Role.AUDITOR))
                .get("/api/v1/change-sets/" + id + "/evidence.zip" + query)
                .then()
                .statusCode(200)
                .contentType("application/zip")
                .extract()
                .asByteArray();
    }

    private static Map<String, byte[]> files(byte[] bytes) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    private static String text(Map<String, byte[]> files, String name) {
        return new String(files.get(name), StandardCharsets.UTF_8);
    }

    private String bearer(Role... roles) {
        return "Bearer " + trial.with(roles);
    }
}
