package dev.devopspack.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.approval.GrantVerifier;
import dev.devopspack.approval.KeySet;
import dev.devopspack.approval.PresentedFiles;
import dev.devopspack.approval.SigningKeys;
import dev.devopspack.approval.Statements;
import dev.devopspack.approval.Verification;
import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.Digest;
import dev.devopspack.change.GateId;
import dev.devopspack.change.Manifest;
import dev.devopspack.change.Origin;
import dev.devopspack.change.Requester;
import dev.devopspack.change.Target;
import dev.devopspack.gate.Verdict;
import dev.devopspack.gate.Verdict.Status;
import dev.devopspack.gate.Verdicts;
import dev.devopspack.identity.PasskeyVerifier;
import dev.devopspack.policy.Score;
import dev.devopspack.task.Environment;
import dev.devopspack.task.StackName;
import dev.devopspack.testing.FixedCheckpointKey;
import dev.devopspack.testing.Golden;
import dev.devopspack.testing.Tools;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictStatementsTest {

    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
    private static final Digest RULES = Digest.of("rules");
    private static final Path VECTOR = Path.of("docs/formats/verdict-statements.vector");

    @TempDir Path folder;

    /// A key that everybody knows, so that the written-down statements stay the same.
    private static final class KnownKey implements SigningKeys {

        private final FixedCheckpointKey key = new FixedCheckpointKey("known");

        @Override
        public String currentKeyId() {
            return published().keys().getFirst().keyId();
        }

        @Override
        public Signed sign(byte[] message) {
            return new Signed(currentKeyId(), key.sign(message));
        }

        @Override
        public KeySet published() {
            byte[] x = Base64.getDecoder().decode(key.open().x());
            return new KeySet(
                    List.of(
                            new KeySet.Key(
                                    Base64.getUrlEncoder().withoutPadding().encodeToString(x),
                                    NOW.minusSeconds(60),
                                    null)));
        }
    }

    private final SigningKeys keys = new KnownKey();
    private final VerdictStatements statements =
            new VerdictStatements(
                    new Statements(keys),
                    "https://devops-pack.example.com",
                    Clock.fixed(NOW, ZoneOffset.UTC));

    private final ChangeSet changeSet =
            ChangeSet.of(
                    new Manifest(
                            new Origin.Submitted(),
                            Artifacts.of(Artifact.of("main.tf", "# nothing\n")),
                            null,
                            Target.of(
                                    new Environment("production"),
                                    new StackName("payments/production")),
                            Set.of(GateId.values()),
                            List.of(),
                            new Requester("token:abc", null),
                            Digest.of("policy")),
                    "test",
                    List.of(),
                    NOW);

    private Verdict verdict(GateId gate, Status status) {
        return new Verdict(
                gate,
                changeSet.digest(),
                RULES,
                new Score(95, 100),
                95,
                List.of(),
                List.of(),
                "",
                status);
    }

    private Verdicts verdicts(Status approval) {
        return new Verdicts(
                List.of(
                        verdict(GateId.SECURITY, new Status.Passed()),
                        verdict(GateId.QUALITY, new Status.NotApplicable("no terraform")),
                        verdict(GateId.COMPLIANCE, new Status.Passed()),
                        verdict(GateId.APPROVAL, approval)));
    }

    private static JsonObject statement(String envelope) {
        return new JsonObject(
                new String(
                        Base64.getDecoder().decode(new JsonObject(envelope).getString("payload")),
                        StandardCharsets.UTF_8));
    }

    private String of(VerdictStatements.Kind kind, Status approval) {
        return statements.of(kind, changeSet, verdicts(approval));
    }

    @Test
    void theWrittenDownStatementsAreWhatTheProgramSigns() {
        Golden.assertDocument(
                "formats/verdict-statements.vector/keys.json", keys.published().jwks());
        Golden.assertDocument("formats/verdict-statements.vector/files/main.tf", "# nothing\n");
        Golden.assertDocument(
                "formats/verdict-statements.vector/svr.json",
                of(VerdictStatements.Kind.SVR, new Status.Passed()));
        Golden.assertDocument(
                "formats/verdict-statements.vector/vsa.json",
                of(VerdictStatements.Kind.VSA, new Status.Passed()));
    }

    @Test
    void whatHoldsIsAPropertyAndWhatWaitsIsNone() {
        JsonObject waiting =
                statement(of(VerdictStatements.Kind.SVR, new Status.Waiting("for people")));

        assertEquals(
                new JsonArray()
                        .add("DEVOPS_PACK_GATE_SECURITY_INFRA_PASSED")
                        .add("DEVOPS_PACK_GATE_QUALITY_TERRAFORM_NOT_APPLICABLE")
                        .add("DEVOPS_PACK_GATE_COMPLIANCE_AUDIT_PASSED"),
                waiting.getJsonObject("predicate").getJsonArray("properties"));
        assertEquals(
                "FAILED",
                statement(of(VerdictStatements.Kind.VSA, new Status.Waiting("for people")))
                        .getJsonObject("predicate")
                        .getString("verificationResult"));
        assertEquals(
                "PASSED",
                statement(of(VerdictStatements.Kind.VSA, new Status.Passed()))
                        .getJsonObject("predicate")
                        .getString("verificationResult"));
    }

    @Test
    void theFilesAndTheManifestAreTheSubjects() {
        assertEquals(
                Map.of(
                        "main.tf", Digest.of("# nothing\n").hex(),
                        "change-set:manifest", changeSet.digest().hex()),
                statement(of(VerdictStatements.Kind.SVR, new Status.Passed()))
                        .getJsonArray("subject")
                        .stream()
                        .map(JsonObject.class::cast)
                        .collect(
                                Collectors.toMap(
                                        subject -> subject.getString("name"),
                                        subject ->
                                                subject.getJsonObject("digest")
                                                        .getString("sha256"))));
    }

    @Test
    void verdictsOnSomethingElseAreNotSigned() {
        Verdict other =
                new Verdict(
                        GateId.SECURITY,
                        Digest.of("another change set"),
                        RULES,
                        Score.FULL,
                        95,
                        List.of(),
                        List.of(),
                        "",
                        new Status.Passed());

        assertThrows(
                IllegalArgumentException.class,
                () ->
                        statements.of(
                                VerdictStatements.Kind.SVR,
                                changeSet,
                                new Verdicts(List.of(other))));
    }

    @Test
    void aStatementIsNoGrantAndAGrantIsNoStatement() {
        Verification verification =
                new GrantVerifier(new PasskeyVerifier())
                        .verify(
                                of(VerdictStatements.Kind.VSA, new Status.Passed()),
                                new GrantVerifier.Intent(
                                        new Environment("production"),
                                        PresentedFiles.of(changeSet.artifacts()),
                                        null),
                                GrantVerifier.Trust.in(keys.published()),
                                NOW);

        Verification.Rejected rejected =
                assertInstanceOf(Verification.Rejected.class, verification);
        assertEquals(Verification.Code.BAD_GRANT, rejected.problems().getFirst().code());
        for (String version : List.of("v1", "v2", "v3")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () ->
                            new Statements(keys)
                                    .sign(
                                            changeSet,
                                            "https://devopspack.dev/grant/" + version,
                                            Map.of()));
        }
    }

    @Test
    void aProgramInAnotherLanguageChecksTheWrittenDownStatements() throws IOException {
        for (String name : List.of("svr.json", "vsa.json")) {
            assertEquals("{\"ok\":true,\"problems\":[]}", node(VECTOR.resolve(name), "files"));
            JsonObject changed = new JsonObject(Files.readString(VECTOR.resolve(name)));
            String payload = changed.getString("payload");
            changed.put("payload", payload.replaceFirst("^ey", "ez"));
            Path forged = Files.writeString(folder.resolve(name), changed.encode());
            assertTrue(node(forged, "files").startsWith("{\"ok\":false"));
        }
        Files.writeString(folder.resolve("main.tf"), "# something else\n");
        Files.delete(folder.resolve("svr.json"));
        Files.delete(folder.resolve("vsa.json"));
        assertEquals(
                "{\"ok\":false,\"problems\":[\"main.tf is no subject as it is\"]}",
                node(VECTOR.resolve("svr.json"), folder.toString()));
    }

    private String node(Path statement, String files) throws IOException {
        Path of = Path.of(files).isAbsolute() ? Path.of(files) : VECTOR.resolve(files);
        Process process =
                new ProcessBuilder(
                                Tools.require("node").toString(),
                                "src/test/node/verify.mjs",
                                "statement",
                                statement.toString(),
                                VECTOR.resolve("keys.json").toString(),
                                of.toString())
                        .redirectErrorStream(true)
                        .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
