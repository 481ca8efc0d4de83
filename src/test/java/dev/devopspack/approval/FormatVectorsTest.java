package dev.devopspack.approval;

import static dev.devopspack.approval.ApprovalHouse.signed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.approval.GrantVerifier.Intent;
import dev.devopspack.approval.GrantVerifier.Trust;
import dev.devopspack.approval.act.Act;
import dev.devopspack.approval.act.Acts;
import dev.devopspack.change.Artifact;
import dev.devopspack.change.ArtifactName;
import dev.devopspack.change.Artifacts;
import dev.devopspack.change.Canonical;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.Digest;
import dev.devopspack.change.GateId;
import dev.devopspack.change.GivenPlan;
import dev.devopspack.change.Manifest;
import dev.devopspack.change.Origin;
import dev.devopspack.change.Requester;
import dev.devopspack.change.SecretReference;
import dev.devopspack.change.Target;
import dev.devopspack.identity.PasskeyVerifier;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.Role;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.StackName;
import dev.devopspack.testing.Golden;
import dev.devopspack.testing.InMemorySealing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Holds the formats of what was digested and signed once: a difference here breaks every grant
/// that is out there.
class FormatVectorsTest {

    private static final Path DOCS = Path.of("docs/formats");
    private static final Path GRANT = DOCS.resolve("grant.vector");
    private static final Path GRANT_V2 = DOCS.resolve("grant-v2.vector");
    private static final Path GRANT_V4 = DOCS.resolve("grant-v4.vector");
    private static final Path GRANT_V3 = DOCS.resolve("grant-v3.vector");

    private static final Manifest MANIFEST =
            new Manifest(
                    new Origin.Generated(
                            "devops_terraform",
                            "configuration_generation",
                            Digest.of("a catalogue")),
                    new Artifacts(
                            List.of(
                                    Artifact.of("main.tf", "locals {}\n"),
                                    Artifact.of("übersicht.md", "# Übersicht\n"),
                                    new Artifact(
                                            new ArtifactName("bin/check"),
                                            "text/x-shellscript",
                                            "#!/bin/sh\n".getBytes(StandardCharsets.UTF_8),
                                            true))),
                    new GivenPlan(
                            Digest.of("a plan file"),
                            Digest.of("a plan's meaning"),
                            GivenPlan.Source.DERIVED,
                            "{}"),
                    new Target(
                            new Environment("production"),
                            new StackName("payments/production"),
                            "https://git.example/acme/infra",
                            "0123456789abcdef0123456789abcdef01234567"),
                    Set.of(GateId.values()),
                    List.of(
                            new SecretReference(
                                    "aws_secretsmanager_secret.db", "aws_secretsmanager_secret")),
                    new Requester("token:abcdefghijklmnop", "00000000-0000-4000-8000-000000000001"),
                    Digest.of("a policy"));

    private static final Challenge CHALLENGE =
            new Challenge(
                    new ApprovalId("ap-abcdefghijklmnopqrstuvwxyz"),
                    Digest.of("a manifest"),
                    Digest.of("the verdicts"),
                    Digest.of("the text"),
                    Decision.Choice.APPROVE,
                    new Environment("production"),
                    PersonId.parse("00000000-0000-4000-8000-000000000002"),
                    1,
                    Instant.parse("2026-11-23T10:00:00.987Z"),
                    Instant.parse("2026-11-23T10:30:00Z"),
                    Digest.of("a policy"),
                    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");

    @Test
    void aManifestIsDigestedAsWrittenDown() throws IOException {
        Golden.assertDocument("formats/manifest.vector.json", Canonical.text(MANIFEST.document()));
        assertNamed("manifest.md", MANIFEST.digest().value());
    }

    @Test
    void aChallengeIsHashedAsWrittenDown() throws IOException {
        Golden.assertDocument("formats/challenge.vector.json", CHALLENGE.text());
        assertNamed("challenge.md", HexFormat.of().formatHex(CHALLENGE.hash()));
        assertEquals(CHALLENGE, Challenge.parse(CHALLENGE.text()));
    }

    @Test
    void aBatchIsHashedAsWrittenDown() throws IOException {
        List<Challenge> challenges =
                List.of(
                        CHALLENGE,
                        about("ap-bbcdefghijklmnopqrstuvwxyz"),
                        about("ap-cbcdefghijklmnopqrstuvwxyz"));
        Batch batch = new Batch(challenges);
        int index = batch.challenges().indexOf(CHALLENGE);

        Golden.assertDocument("formats/batch.vector.json", batch.text());
        Golden.assertDocument("formats/batch-proof.vector.json", batch.proof(index).text());
        assertNamed("batch.md", batch.root().value());
        assertNamed("batch.md", HexFormat.of().formatHex(batch.hash()));
        assertEquals(batch.text(), Batch.parse(batch.text()).text());
        String proof = batch.proof(index).text();
        assertEquals(batch.proof(index), BatchProof.parse(proof));
        assertThrows(InvalidInput.class, () -> BatchProof.parse(proof.replace(",", ", ")));
    }

    private static Challenge about(String request) {
        return new Challenge(
                new ApprovalId(request),
                CHALLENGE.digest(),
                CHALLENGE.verdicts(),
                CHALLENGE.rendering(),
                CHALLENGE.decision(),
                CHALLENGE.environment(),
                CHALLENGE.approver(),
                CHALLENGE.uses(),
                CHALLENGE.notBefore(),
                CHALLENGE.executeBy(),
                CHALLENGE.policy(),
                CHALLENGE.nonce());
    }

    @Test
    void anActIsHashedAndShownAsWrittenDown() throws IOException {
        Act act =
                new Act(
                        Act.Kind.PAUSE,
                        PersonId.parse("00000000-0000-4000-8000-000000000002"),
                        Map.of(
                                "scope",
                                "ENVIRONMENT",
                                "subject",
                                "production",
                                "reason",
                                "a \"freeze\"\nuntil Monday ‹U+202E›"),
                        Instant.parse("2026-11-23T10:00:00.987Z"),
                        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");

        Golden.assertDocument("formats/act.vector.json", act.text());
        assertNamed("act.md", HexFormat.of().formatHex(act.hash()));
        assertNamed("act.md", act.shownDigest().value());
        assertNamed("act.md", "```\n" + act.shown() + "```");
        assertEquals(act, Act.parse(act.text()));
    }

    @Test
    void thePoliciesDigestsAreWrittenDown() throws IOException {
        assertNamed("challenge.md", ApprovalPolicy.TRIAL.digest().value());
        assertNamed("challenge.md", ApprovalPolicy.STRICT.digest().value());
        ApprovalPolicy adapted =
                ApprovalPolicyFile.read(
                        "policy.yaml",
                        """
                        environments:
                          production: {kind: production, approvers: 2, approversIfAnonymous: 3,
                                       decideWithin: 8h, executeWithin: 15m}
                          staging: {kind: other}
                        """,
                        ApprovalPolicy.STRICT);
        assertNamed("challenge.md", adapted.digest().value());
    }

    @Test
    void theGrantOfVersionOneStillHolds() throws IOException {
        assertHolds(GRANT);
    }

    @Test
    void theGrantOfVersionTwoStillHolds() throws IOException {
        assertHolds(GRANT_V2);
    }

    @Test
    void theGrantOfVersionThreeStillHoldsAndIsInItsLog() throws IOException {
        makeTheGrantIfThereIsNone();

        Grant grant = assertHolds(GRANT_V3);

        assertEquals(
                List.of(),
                LogEvidence.of(
                        grant,
                        List.of(),
                        new LogEvidence.Signers(InMemorySealing.KEY.open(), null)));
        assertNamed("grant.md", InMemorySealing.KEY.open().text());
    }

    @Test
    void theGrantOfVersionFourStillHolds() throws IOException {
        makeTheGrantOfABatchIfThereIsNone();

        assertHolds(GRANT_V4);
    }

    private static void makeTheGrantOfABatchIfThereIsNone() throws IOException {
        if (Files.exists(GRANT_V4) || !"update".equals(System.getProperty("golden"))) {
            return;
        }
        ApprovalHouse house = new ApprovalHouse();
        ApprovalHouse.Somebody alice = house.enrolled("Alice", Role.APPROVER);
        ApprovalHouse.Somebody bob = house.enrolled("Bob", Role.APPROVER);
        ChangeSet changeSet = house.changeSet(null);
        Approval approval = house.opened(changeSet);
        Approval other = house.opened(house.changeSet(null, "# another\n"));
        Approval third = house.opened(house.changeSet(null, "# a third\n"));
        house.approve(approval, alice);
        house.approveTogether(bob, approval, other, third);
        write(
                house.grants.envelope(approval.request().id()).orElseThrow(),
                house,
                changeSet,
                GRANT_V4);
    }

    private static Grant assertHolds(Path folder) throws IOException {
        String envelope = Files.readString(folder.resolve("grant.json"));
        KeySet keys = KeySet.parse(Files.readString(folder.resolve("keys.json")));

        Verification verification =
                new GrantVerifier(new PasskeyVerifier())
                        .verify(
                                envelope,
                                new Intent(
                                        new Environment("production"),
                                        PresentedFiles.read(folder.resolve("files"), Set.of()),
                                        PresentedFiles.hash(folder.resolve("plan.bin"))),
                                Trust.in(keys),
                                Instant.parse("2026-11-23T10:05:00Z"));

        assertNamed("grant.md", Digest.of(envelope).value());
        return assertInstanceOf(
                        Verification.Verified.class, verification, () -> verification.toString())
                .grant();
    }

    /// What one person let through alone.
    static String brokenGlass(ApprovalHouse house, Approval approval, ApprovalHouse.Somebody who) {
        ApprovalId id = approval.request().id();
        Acts.Prepared prepared =
                house.breakGlass.prepare(
                        id,
                        who.session(),
                        ApprovalHouse.SHOWN.digest(),
                        "INC-4711",
                        "the shop is down");
        house.breakGlass.use(who.session(), signed(who, prepared));
        return house.grants.envelope(id).orElseThrow();
    }

    /// A vector was made once and is never made again: it stands for what is out there.
    private static void makeTheGrantIfThereIsNone() throws IOException {
        if (Files.exists(GRANT_V3) || !"update".equals(System.getProperty("golden"))) {
            return;
        }
        ApprovalHouse house = new ApprovalHouse();
        ApprovalHouse.Somebody alice = house.enrolled("Alice", Role.APPROVER);
        ApprovalHouse.Somebody bob = house.enrolled("Bob", Role.APPROVER);
        ChangeSet changeSet = house.changeSet(null);
        Approval approval = house.opened(changeSet);
        house.approve(approval, alice);
        write(house.approve(approval, bob).grant(), house, changeSet, GRANT_V3);
    }

    static void write(String grant, ApprovalHouse house, ChangeSet changeSet, Path folder)
            throws IOException {
        for (Artifact artifact : changeSet.artifacts()) {
            Path file = folder.resolve("files").resolve(artifact.name().value());
            Files.createDirectories(file.getParent());
            Files.write(file, artifact.bytes());
        }
        Files.writeString(folder.resolve("plan.bin"), "the plan file");
        Files.writeString(folder.resolve("keys.json"), house.keys.published().jwks());
        Files.writeString(folder.resolve("grant.json"), grant);
    }

    private static void assertNamed(String page, String value) throws IOException {
        assertTrue(
                Files.readString(DOCS.resolve(page)).contains(value),
                () -> "docs/formats/" + page + " does not name " + value);
    }
}
