package dev.devopspack.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.ExportedEntry;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.Role;
import dev.devopspack.testing.FixedCheckpointKey;
import dev.devopspack.testing.InMemorySealing;
import dev.devopspack.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What this program writes, a program in another language checks that shares no code with it.
class OtherVerifierTest {

    private final ApprovalHouse house = new ApprovalHouse();
    private final GrantChecks checks = new GrantChecks(house);
    private Grant grant;

    @TempDir Path folder;

    @BeforeEach
    void aGrantOnDisk() throws IOException {
        Tools.require("node");
        ApprovalHouse.Somebody alice = house.enrolled("Alice", Role.APPROVER);
        ApprovalHouse.Somebody requester = house.enrolled("Requester", Role.REQUESTER);
        ChangeSet changeSet = house.changeSet(requester.id());
        String envelope = house.approve(house.opened(changeSet), alice).grant();
        FormatVectorsTest.write(envelope, house, changeSet, folder);
        grant = GrantChecks.parsed(envelope);
    }

    @Test
    void bothAcceptTheGrant() throws Exception {
        assertEquals(
                Optional.ofNullable(grant.checkpoint()),
                Grant.checkpointIn(Files.readString(folder.resolve("grant.json"))));
        assertTrue(grant.proven());
        assertEquals("{\"ok\":true,\"problems\":[]}", verifyGrant("production"));
    }

    @Test
    void bothAcceptTheWrittenDownVectors() throws Exception {
        Path vector = Path.of("docs/formats/grant.vector");

        assertEquals("{\"ok\":true,\"problems\":[]}", verifyGrant(vector, "production"));
        assertEquals(
                "{\"ok\":true,\"problems\":[]}",
                verifyGrant(Path.of("docs/formats/grant-v2.vector"), "production"));
        assertEquals(
                "{\"ok\":true,\"problems\":[]}",
                verifyGrant(Path.of("docs/formats/grant-v3.vector"), "production"));
        assertEquals(
                "{\"ok\":true,\"problems\":[]}",
                verifyGrant(Path.of("docs/formats/grant-v4.vector"), "production"));
        assertEquals(
                "{\"ok\":true,\"problems\":[]}",
                node("log", "docs/formats/audit-leaf.vectors.jsonl"));
    }

    @Test
    void bothRefuseADecisionThatWasNotSignedTogetherWithTheOthers() throws Exception {
        ApprovalHouse.Somebody carol = house.enrolled("Carol", Role.APPROVER);
        ChangeSet changeSet = house.changeSet(null, "# one\n");
        Approval one = house.opened(changeSet);
        Approval other = house.opened(house.changeSet(null, "# other\n"));
        house.approve(one, house.enrolled("Dan", Role.APPROVER));
        house.approveTogether(carol, one, other);
        String envelope = house.grants.envelope(one.request().id()).orElseThrow();
        FormatVectorsTest.write(envelope, house, changeSet, folder);
        assertEquals(
                "{\"ok\":true,\"problems\":[]}",
                verifyGrant(folder, "production", "--log-key", InMemorySealing.KEY.open().text()));

        Grant whole = GrantChecks.parsed(envelope);
        Grant.Approved signed = whole.decisions().getLast();
        BatchProof proof = signed.batch();
        write(
                ChangedGrant.of(whole)
                        .decisions(
                                whole.decisions().getFirst(),
                                ChangedDecision.placed(
                                        signed,
                                        new BatchProof(
                                                proof.root(), 2, 1 - proof.index(), proof.path())))
                        .grant());

        assertRefused("not among those that were signed together", verifyGrant("production"));
    }

    @Test
    void theOtherRefusesAnotherEnvironment() throws Exception {
        assertRefused("another environment was approved", verifyGrant("staging"));
    }

    @Test
    void theOtherRefusesAChangedFile() throws Exception {
        Files.writeString(folder.resolve("files/main.tf"), "# one byte more\n");

        assertRefused("main.tf was changed", verifyGrant("production"));
    }

    @Test
    void theOtherRefusesAnAddedFile() throws Exception {
        Files.writeString(folder.resolve("files/evil.tf"), "");

        assertRefused("evil.tf was not approved", verifyGrant("production"));
    }

    @Test
    void theOtherRefusesAnotherPlan() throws Exception {
        Files.writeString(folder.resolve("plan.bin"), "another plan");

        assertRefused("the plan is not the approved one", verifyGrant("production"));
    }

    @Test
    void bothFindTheDecisionsInThePinnedLogOnly() throws Exception {
        String other = new FixedCheckpointKey("other.example.com/audit").open().text();

        assertEquals(
                "{\"ok\":true,\"problems\":[]}",
                verifyGrant(folder, "production", "--log-key", InMemorySealing.KEY.open().text()));
        assertRefused(
                "the pinned key did not sign it",
                verifyGrant(folder, "production", "--log-key", other));
    }

    @Test
    void theOtherRefusesADecisionWhoseEntryIsAboutSomethingElse() throws Exception {
        Grant.Approved decision = grant.decisions().getFirst();
        long sequence = house.log.append(AuditEntry.of("approval.decided", "system", Map.of()));
        SignedCheckpoint sealed = house.sealing.seal();
        LogProof another =
                new Trail(house.log).proof(sequence, house.sealing, sealed.checkpoint().size());
        write(
                ChangedGrant.of(grant)
                        .decisions(ChangedDecision.logged(decision, another))
                        .checkpoint(sealed)
                        .grant());

        assertRefused("the entry is about something else", verifyGrant("production"));
    }

    @Test
    void theOtherRefusesAnotherServersGrant() throws Exception {
        Envelope forged =
                Envelope.sign(grant.payload(), new MemorySigningKeys(ApprovalHouse.START));
        Files.writeString(folder.resolve("grant.json"), forged.text());

        assertRefused("no pinned key signed it", verifyGrant("production"));
    }

    @Test
    void theOtherRefusesWhatTheServerChangedBelowAPersonsSignature() throws Exception {
        write(ChangedGrant.of(grant).verdicts(Digest.of("other verdicts")).unproven());

        assertRefused("the person signed another 'verdicts'", verifyGrant("production"));
    }

    @Test
    void theOtherRefusesAGrantWithoutEnoughPeople() throws Exception {
        write(ChangedGrant.of(grant).quorum(2).unproven());

        assertRefused("1 of 2 people approved", verifyGrant("production"));
    }

    @Test
    void theOtherRefusesAFlagThatIsAboutSomethingElse() throws Exception {
        ChangeSet urgent = house.changeSet(null, "# urgent\n");
        ApprovalHouse.Somebody bob = house.enrolled("Bob", Role.APPROVER);
        Grant alone =
                GrantChecks.parsed(FormatVectorsTest.brokenGlass(house, house.opened(urgent), bob));
        write(
                ChangedGrant.of(grant)
                        .quorum(2)
                        .checkpoint(null)
                        .breakGlass(alone.breakGlass())
                        .grant());

        assertRefused("the person signed another 'request'", verifyGrant("production"));
    }

    @Test
    void bothReadTheLogAlike() throws Exception {
        List<String> lines = house.log.read(0, 100).stream().map(OtherVerifierTest::line).toList();
        List<String> edited = new ArrayList<>(lines);
        edited.set(2, edited.get(2).replace("Alice", "Mallory").replace("person", "nobody"));
        List<String> deleted = new ArrayList<>(lines);
        deleted.remove(3);
        List<String> reordered = new ArrayList<>(lines);
        Collections.swap(reordered, 1, 2);

        assertEquals("{\"ok\":true,\"problems\":[]}", log(lines));
        assertRefused("entry 3 was edited", log(edited));
        assertRefused("entry 4 is missing", log(deleted));
        assertRefused("entry 2 is missing", log(reordered));
    }

    /// What the server itself signs.
    private void write(Grant changed) throws IOException {
        Files.writeString(folder.resolve("grant.json"), checks.signed(changed));
    }

    private static String line(StoredEntry entry) {
        return new ExportedEntry(
                        entry.sequence(), entry.leaf(), entry.leafHash(), entry.chainHash())
                .line();
    }

    private String log(List<String> lines) throws Exception {
        Path file = folder.resolve("log.jsonl");
        Files.write(file, lines);
        return node("log", file.toString());
    }

    private String verifyGrant(String environment) throws Exception {
        return verifyGrant(folder, environment);
    }

    private static String verifyGrant(Path folder, String environment, String... more)
            throws Exception {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "grant",
                                folder.resolve("grant.json").toString(),
                                folder.resolve("keys.json").toString(),
                                folder.resolve("files").toString(),
                                "--environment",
                                environment,
                                "--plan",
                                folder.resolve("plan.bin").toString(),
                                "--at",
                                "2026-11-23T10:05:00Z"));
        arguments.addAll(List.of(more));
        return node(arguments.toArray(String[]::new));
    }

    private static String node(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(Tools.require("node").toString(), "src/test/node/verify.mjs"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "node did not end");
        assertEquals(output.contains("\"ok\":true"), process.exitValue() == 0);
        return output.strip();
    }

    private static void assertRefused(String problem, String answer) {
        assertTrue(
                answer.startsWith("{\"ok\":false,") && answer.contains(problem),
                () -> "expected '" + problem + "' in " + answer);
    }
}
