package dev.devopspack.command;

import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditHash;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.Checkpoints;
import dev.devopspack.audit.CosignerKey;
import dev.devopspack.audit.LogKey;
import dev.devopspack.audit.MerkleTree;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.audit.Tile;
import dev.devopspack.audit.TlogProof;
import dev.devopspack.change.Digest;
import dev.devopspack.command.CommandsAtServer.Said;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Role;
import dev.devopspack.testing.FixedCheckpointKey;
import dev.devopspack.testing.PersonAtBrowser;
import dev.devopspack.testing.Tools;
import dev.devopspack.testing.TrialToken;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The signed log from outside: what anybody may take, what an auditor may ask, and what is noticed
/// by those who kept a checkpoint.
@QuarkusTest
class SignedLogTest {

    @TestHTTPResource("/")
    URI server;

    @Inject TrialToken trial;
    @Inject AuditLog log;
    @Inject Checkpoints checkpoints;
    @Inject People people;

    @TempDir Path folder;

    private String auditor = "";
    private CommandsAtServer commands;

    @BeforeEach
    void aLogWithACheckpoint() throws Exception {
        RestAssured.port = server.getPort();
        auditor = trial.with(Role.AUDITOR);
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve(ServerOptions.TOKEN_FILE), auditor);
        commands = new CommandsAtServer(server.getPort(), data);
        signedGrowth();
    }

    /// Appends entries and waits until they are signed, by the server's own timer or at once.
    private SignedCheckpoint signedGrowth() {
        long last = 0;
        for (int i = 0; i < 5; i++) {
            last = log.append(AuditEntry.of("test.signed", "system", Map.of()));
        }
        while (checkpoints.newest().map(newest -> newest.checkpoint().size()).orElse(0L) < last) {
            checkpoints.make();
        }
        return checkpoints.newest().orElseThrow();
    }

    @Test
    void anybodyTakesTheNewestCheckpointAndNothingElseOfTheLog() {
        Response open = given().redirects().follow(false).get("/audit/checkpoint");

        assertEquals(200, open.statusCode());
        assertTrue(open.contentType().startsWith("text/plain"), open.contentType());
        SignedCheckpoint newest = SignedCheckpoint.parse(open.asString());
        JsonObject told = new JsonObject(asked("/api/v1/audit/checkpoint").asString());
        assertTrue(newest.signedBy(LogKey.parse(told.getString("key"))));
        for (String closed :
                List.of(
                        "/audit",
                        "/audit/",
                        "/audit/checkpoint/x",
                        "/audit/checkpoints",
                        "/audit/export",
                        "/Audit/checkpoint",
                        "/api/v1/audit/checkpoint",
                        "/api/v1/audit/proof/inclusion?sequence=1",
                        "/api/v1/audit/proof/consistency?from=1")) {
            int status =
                    given().urlEncodingEnabled(false)
                            .redirects()
                            .follow(false)
                            .get(closed)
                            .statusCode();
            assertTrue(Set.of(302, 303, 400, 401, 404).contains(status), closed + " " + status);
        }
        // Other spellings are refused, or show no more than the plain one.
        for (String spelled :
                List.of(
                        "/audit//checkpoint",
                        "/audit/%63heckpoint",
                        "/audit/checkpoint;x",
                        "/audit/checkpoint/",
                        "/audit/./checkpoint",
                        "/audit/x/../checkpoint")) {
            Response answer =
                    given().urlEncodingEnabled(false).redirects().follow(false).get(spelled);
            if (answer.statusCode() == 200) {
                assertTrue(
                        SignedCheckpoint.parse(answer.asString()).signedBy(checkpoints.key()),
                        spelled);
            } else {
                assertTrue(Set.of(302, 303, 400, 401, 404).contains(answer.statusCode()), spelled);
            }
        }
        assertNotEquals(200, given().post("/audit/checkpoint").statusCode());
        assertEquals(
                403,
                given().header("Authorization", "Bearer " + trial.with(Role.REQUESTER))
                        .get("/api/v1/audit/proof/inclusion?sequence=1")
                        .statusCode());
    }

    @Test
    void aProofOfWhatIsNotThereIsRefused() {
        long size = checkpoints.newest().orElseThrow().checkpoint().size();
        for (String wrong :
                List.of(
                        "0",
                        "-1",
                        "-9223372036854775808",
                        "9223372036854775807",
                        "9223372036854775808",
                        "1e3",
                        "%20",
                        "x",
                        "1%00",
                        "99999999999999999999999")) {
            for (String path :
                    List.of(
                            "inclusion?sequence=" + wrong,
                            "inclusion?sequence=1&size=" + wrong,
                            "consistency?from=" + wrong,
                            "consistency?from=1&to=" + wrong)) {
                Response answer = asked("/api/v1/audit/proof/" + path);
                assertEquals(400, answer.statusCode(), path + ": " + answer.asString());
            }
        }
        assertEquals(400, asked("/api/v1/audit/proof/inclusion?sequence=").statusCode());
        assertEquals(400, asked("/api/v1/audit/proof/inclusion").statusCode());
        assertEquals(400, asked("/api/v1/audit/proof/consistency").statusCode());
        assertEquals(400, asked("/api/v1/audit/proof/inclusion?sequence=5&size=4").statusCode());
        assertEquals(400, asked("/api/v1/audit/proof/consistency?from=5&to=4").statusCode());
        assertEquals(
                200,
                asked("/api/v1/audit/proof/inclusion?sequence=" + size + "&size=" + size)
                        .statusCode());
    }

    @Test
    void anotherProgramVerifiesCheckpointAndProofs() throws Exception {
        SignedCheckpoint older = checkpoints.newest().orElseThrow();
        SignedCheckpoint newer = signedGrowth();
        String key = checkpoints.key().text();
        long size = newer.checkpoint().size();
        String old = file("older", older.note());
        String now = file("newer", newer.note());
        String entries = file("log.jsonl", asked("/api/v1/audit/export").asString());
        String inclusion =
                asked("/api/v1/audit/proof/inclusion?sequence=3&size=" + size).asString();
        String consistency =
                asked(
                                "/api/v1/audit/proof/consistency?from="
                                        + older.checkpoint().size()
                                        + "&to="
                                        + size)
                        .asString();
        String included = file("inclusion.json", inclusion);
        String consistent = file("consistency.json", consistency);

        String second = checkpoints.secondKey().orElseThrow().text();
        assertTrue(checkpoints.secondKey().orElseThrow().signed(newer));
        assertHolds(true, "checkpoint", key, now, entries);
        assertHolds(true, "checkpoint", key, now, entries, "--second", second);
        assertHolds(
                false,
                "checkpoint",
                key,
                file("one-line", newer.note().lines().limit(5).collect(joining("\n", "", "\n"))),
                entries,
                "--second",
                second);
        assertHolds(true, "inclusion", key, now, included, entries);
        assertHolds(true, "consistency", key, old, now, consistent);

        assertHolds(
                false,
                "checkpoint",
                key,
                file("flipped", newer.note().replace("\n" + size, "\n" + (size - 1))),
                entries);
        assertHolds(
                false,
                "checkpoint",
                LogKey.parse(key).text().replace("/audit/", "/audit."),
                now,
                entries);
        assertHolds(false, "inclusion", key, old, included, entries);
        assertHolds(
                false,
                "inclusion",
                key,
                now,
                file("other-entry", inclusion.replace("\"sequence\":3", "\"sequence\":4")),
                entries);
        assertHolds(false, "inclusion", key, now, file("bad", changedHash(inclusion)), entries);
        assertHolds(false, "consistency", key, old, now, file("forked", changedHash(consistency)));
        assertHolds(false, "consistency", key, now, old, consistent);
    }

    @Test
    void theCommandHoldsTheLogAgainstWhatItSawBefore() throws Exception {
        Path seen = folder.resolve("seen");

        Said first = commands.run("verify-audit", "--state", seen.toString());
        long before = signedGrowth().checkpoint().size() - 5;
        Said second = commands.run("verify-audit", "--state", seen.toString());

        assertEquals(List.of(0, 0), List.of(first.exitCode(), second.exitCode()), second.err());
        assertTrue(first.out().startsWith("INTACT  "), first.out());
        assertTrue(first.out().contains("SIGNED  the first "), first.out());
        String id = checkpoints.secondKey().orElseThrow().id();
        assertTrue(first.out().contains(" and ML-DSA-44+" + id), first.out());
        assertTrue(second.out().contains("CONTINUES  what was seen before, "), second.out());
        assertTrue(before > 3);

        // Without its end the chain of an export is whole all the same.
        List<String> entries = asked("/api/v1/audit/export").asString().lines().toList();
        Path cut = Files.write(folder.resolve("cut.jsonl"), entries.subList(0, 3));
        assertEquals(0, commands.run("verify-audit", cut.toString()).exitCode());
        Said named = commands.run("verify-audit", cut.toString(), "--state", seen.toString());
        assertEquals(2, named.exitCode(), named.out());
        assertTrue(named.out().startsWith("BROKEN  entry 4: the log ends before it"), named.out());
    }

    @Test
    void theLogIsExportedWithACursorInEveryForm() throws Exception {
        signedGrowth();
        List<String> whole = asked("/api/v1/audit/export").asString().lines().toList();
        Response first = asked("/api/v1/audit/export?format=jsonl&limit=3");
        String next = first.header("Audit-Next-After");
        Response rest = asked("/api/v1/audit/export?after=" + next);

        assertEquals("3", next);
        assertEquals(whole.subList(0, 3), first.asString().lines().toList());
        assertEquals(
                whole.subList(3, whole.size()),
                rest.asString().lines().limit(whole.size() - 3L).toList());
        assertEquals("", asked("/api/v1/audit/export?after=999999999").asString());
        Response csv = asked("/api/v1/audit/export?format=csv&limit=2");
        assertEquals(
                "text/csv;charset=utf-8",
                csv.contentType().replace(" ", "").toLowerCase(Locale.ROOT));
        assertEquals(3, csv.asString().lines().count());
        assertTrue(csv.asString().startsWith("sequence,at,kind,"), csv.asString());
        assertEquals(
                2, asked("/api/v1/audit/export?format=cef&limit=2").asString().lines().count());
        JsonObject ocsf =
                new JsonObject(asked("/api/v1/audit/export?format=ocsf&limit=1").asString());
        assertEquals(6_003, ocsf.getInteger("class_uid"));
        for (String wrong : List.of("format=xml", "after=-1", "limit=0", "limit=-5", "limit=x")) {
            int status = asked("/api/v1/audit/export?" + wrong).statusCode();
            assertTrue(Set.of(400, 404).contains(status), wrong + " " + status);
        }
    }

    @Test
    void theCommandWritesAnExportThatGoesOnWhereTheLastOneEnded() throws Exception {
        signedGrowth();
        Path out = folder.resolve("audit.jsonl");

        Said first = commands.run("export-audit", "--out", out.toString());
        String next = first.err().strip().substring("Next: --after ".length());
        signedGrowth();
        Said second = commands.run("export-audit", "--out", out.toString(), "--after", next);
        Said verified = commands.run("verify-audit", out.toString());
        Said csv = commands.run("export-audit", "--format", "csv");

        assertEquals(List.of(0, 0), List.of(first.exitCode(), second.exitCode()), second.err());
        assertTrue(verified.out().startsWith("INTACT  "), verified.out());
        assertTrue(csv.out().startsWith("sequence,at,kind,"), csv.out());
        assertEquals(64, commands.run("export-audit", "--format", "xml").exitCode());
    }

    @Test
    void whatWasRememberedCannotBeChangedUnnoticed() throws Exception {
        Path seen = folder.resolve("data").resolve("seen-checkpoints");
        assertEquals(0, commands.run("verify-audit").exitCode());
        String kept = Files.readString(seen);

        Files.writeString(seen, kept.replaceFirst("\n[0-9]+\n", "\n1\n"));
        assertEquals(64, commands.run("verify-audit").exitCode());
        CosignerKey other =
                new CosignerKey(
                        checkpoints.key().name(),
                        CosignerKey.Algorithm.ML_DSA_44,
                        Base64.getEncoder().encodeToString(new byte[1_312]));
        Files.writeString(
                seen, kept.replace(checkpoints.secondKey().orElseThrow().text(), other.text()));
        assertEquals(64, commands.run("verify-audit").exitCode());
        Files.writeString(seen, kept.substring(0, kept.length() - 1));
        assertEquals(64, commands.run("verify-audit").exitCode());
        Files.writeString(seen, kept);
        assertEquals(0, commands.run("verify-audit").exitCode());
    }

    @Test
    void thePageShowsTheCheckpointAndAnEntrysProof() {
        PersonAtBrowser person =
                PersonAtBrowser.enrolled(
                        server, people, "Grace Example", Role.AUDITOR, Role.VIEWER);
        person.signIn();

        String page = person.page("/audit?at=2");

        assertTrue(page.contains(checkpoints.key().text()), page);
        assertTrue(page.contains("Inclusion proof in the signed checkpoint"), page);
        assertTrue(page.contains("sha256:"), page);
        assertTrue(page.contains("href=\"/audit/entries/2/proof\""), page);
        assertTrue(TlogProof.looksLike(person.page("/audit/entries/2/proof")));
    }

    @Test
    void anybodyComputesTheSignedRootFromTilesAndAuditorsReadTheEntries() {
        SignedCheckpoint newest = signedGrowth();
        long size = newest.checkpoint().size();
        MerkleTree tree = new MerkleTree();
        for (long first = 0; first < size; first += Tile.FULL) {
            int width = (int) Math.min(Tile.FULL, size - first);
            String path = tilePath(first / Tile.FULL, width);
            Response hashes = given().redirects().follow(false).get("/audit/tile/0/" + path);
            assertEquals(200, hashes.statusCode(), path);
            assertEquals("application/octet-stream", hashes.contentType());
            assertEquals(
                    List.of("public, max-age=31536000, immutable"),
                    hashes.headers().getValues("Cache-Control"));
            List<Digest> leaves = digests(hashes.asByteArray());
            assertEquals(width, leaves.size());
            leaves.forEach(tree::add);

            Response entries = asked("/api/v1/audit/tile/entries/" + path);
            assertEquals(200, entries.statusCode(), path);
            assertEquals(leaves, leafHashes(entries.asByteArray()));
            assertEquals(
                    List.of("private, max-age=31536000, immutable"),
                    entries.headers().getValues("Cache-Control"));
        }
        assertEquals(newest.checkpoint().root(), tree.root());

        String first = tilePath(0, (int) Math.min(Tile.FULL, size));
        for (String closed :
                List.of(
                        "/audit/tile/entries/" + first,
                        "/api/v1/audit/tile/entries/" + first,
                        "/api/v1/audit/tile/0/" + first,
                        "/audit/entries/1/proof")) {
            int status = given().redirects().follow(false).get(closed).statusCode();
            assertTrue(Set.of(303, 401).contains(status), closed + " " + status);
        }
        for (String missing :
                List.of("0/x001/000", "0/000.p/0", "0/0", "5/000.p/1", "64/000.p/1", "0/000/")) {
            int status =
                    given().redirects().follow(false).get("/audit/tile/" + missing).statusCode();
            assertTrue(Set.of(400, 404).contains(status), missing + " " + status);
        }
    }

    @Test
    void whatAWitnessSignedIsPublishedAndGoesIntoProofs() throws Exception {
        CosignerKey witness =
                new CosignerKey(
                        "w.example.com/1",
                        CosignerKey.Algorithm.ED25519,
                        new FixedCheckpointKey("w").open().x());
        SignedCheckpoint newest = signedGrowth();
        long size = newest.checkpoint().size();
        checkpoints.cosigned(
                size,
                witness.sign(
                        newest.checkpoint(),
                        Instant.parse("2026-11-23T10:00:00Z"),
                        new FixedCheckpointKey("w")::sign));

        SignedCheckpoint witnessed = checkpoints.witnessed().orElseThrow();
        TlogProof proof =
                TlogProof.parse(asked("/api/v1/audit/proof/tlog?sequence=" + size).asString());

        assertEquals(newest.checkpoint(), witnessed.checkpoint());
        assertTrue(witness.signed(witnessed));
        assertTrue(witnessed.signedBy(checkpoints.key()));
        assertTrue(witness.signed(proof.checkpoint()));
        SignedCheckpoint open = SignedCheckpoint.parse(given().get("/audit/checkpoint").asString());
        assertTrue(witness.signed(open) || open.checkpoint().size() > size);
    }

    @Test
    void anEntrysProofIsAFileThatNeedsNothingButTheKey() throws Exception {
        signedGrowth();
        String key = checkpoints.key().text();
        String text = asked("/api/v1/audit/proof/tlog?sequence=3").asString();
        String proof = file("entry-3.tlog-proof", text);

        Said proven = commands.run("verify-audit", proof, "--key", key);

        assertEquals(0, proven.exitCode(), proven.err());
        assertTrue(proven.out().startsWith("PROVEN  entry 3 of the first "), proven.out());
        assertTrue(proven.out().contains(log.find(3).orElseThrow().leaf()), proven.out());
        assertHolds(true, "proof", key, proof);

        String other = file("other.tlog-proof", text.replace("\nindex 2\n", "\nindex 3\n"));
        Said refused = commands.run("verify-audit", other, "--key", key);
        assertEquals(2, refused.exitCode(), refused.out());
        assertTrue(refused.out().startsWith("REFUSED  "), refused.out());
        assertHolds(false, "proof", key, other);
        assertEquals(64, commands.run("verify-audit", proof).exitCode());
    }

    @Test
    void whatWasKeptElsewhereShowsThatAnExportWasCut() throws Exception {
        SignedCheckpoint newest = signedGrowth();
        String key = checkpoints.key().text();
        String checkpoint = file("kept", newest.note());
        String proof =
                file("kept.tlog-proof", asked("/api/v1/audit/proof/tlog?sequence=1").asString());
        List<String> entries = asked("/api/v1/audit/export").asString().lines().toList();
        String whole = file("whole.jsonl", String.join("\n", entries) + "\n");
        String cut = file("cut.jsonl", String.join("\n", entries.subList(0, 3)) + "\n");

        for (String kept : List.of(checkpoint, proof)) {
            Said holds = commands.run("verify-audit", whole, "--key", key, "--kept", kept);
            assertEquals(0, holds.exitCode(), holds.err());
            assertTrue(holds.out().contains("CONTINUES  "), holds.out());
            Said broken = commands.run("verify-audit", cut, "--key", key, "--kept", kept);
            assertEquals(2, broken.exitCode(), broken.out());
            assertTrue(broken.out().startsWith("BROKEN  entry 4: "), broken.out());
        }
        assertEquals(64, commands.run("verify-audit", whole, "--kept", checkpoint).exitCode());
    }

    private static String tilePath(long index, int width) {
        String path = String.format(Locale.ROOT, "%03d", index % 1_000);
        for (long rest = index / 1_000; rest > 0; rest /= 1_000) {
            path = String.format(Locale.ROOT, "x%03d/", rest % 1_000) + path;
        }
        return width == Tile.FULL ? path : path + ".p/" + width;
    }

    private static List<Digest> digests(byte[] tile) {
        List<Digest> digests = new ArrayList<>();
        for (int at = 0; at < tile.length; at += 32) {
            digests.add(Digest.ofHash(Arrays.copyOfRange(tile, at, at + 32)));
        }
        return digests;
    }

    private static List<Digest> leafHashes(byte[] bundle) {
        List<Digest> hashes = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(bundle);
        while (rest.hasRemaining()) {
            byte[] leaf = new byte[rest.getShort() & 0xFFFF];
            rest.get(leaf);
            hashes.add(AuditHash.leaf(new String(leaf, StandardCharsets.UTF_8)));
        }
        return hashes;
    }

    private Response asked(String path) {
        return given().urlEncodingEnabled(false)
                .header("Authorization", "Bearer " + auditor)
                .get(path);
    }

    private String file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static String changedHash(String proof) {
        int at = proof.indexOf("\"hashes\":[\"sha256:") + "\"hashes\":[\"sha256:".length();
        char other = proof.charAt(at) == '0' ? '1' : '0';
        return proof.substring(0, at) + other + proof.substring(at + 1);
    }

    private static void assertHolds(boolean holds, String... words) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Tools.require("node").toString());
        command.add("src/test/node/verify.mjs");
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "node did not end");
        assertTrue(said.startsWith("{\"ok\":" + holds), String.join(" ", words) + ": " + said);
    }
}
