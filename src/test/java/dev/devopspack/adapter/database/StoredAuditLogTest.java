package dev.devopspack.adapter.database;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.AuditQuery;
import dev.devopspack.audit.AuditVerifier;
import dev.devopspack.audit.AuditVerifier.Result.Intact;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.change.Transactions;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StoredAuditLogTest {

    @Inject AuditLog log;
    @Inject Transactions transactions;

    private final String changeSet = "cs-" + UUID.randomUUID();

    @Test
    void whatIsAppendedIsReadAndVerifies() {
        AuditEntry entry =
                new AuditEntry(
                        "test.whole",
                        "token:abc",
                        Map.of("changeSet", changeSet, "environment", "production", "x", "é\n"),
                        Map.of("displayName", "Ada", "agent", "Mozilla"));

        long sequence = log.append(entry);

        StoredEntry stored = log.find(sequence).orElseThrow();
        assertEquals(entry, stored.entry());
        assertEquals(stored, log.search(AuditQuery.ofChangeSet(changeSet, 10)).getFirst());
        assertFalse(stored.leaf().contains("Ada"));
        assertInstanceOf(Intact.class, verify());
    }

    @Test
    void whatIsRolledBackNeverHappened() {
        long before = log.append(AuditEntry.of("test.before", "system", Map.of()));

        assertThrows(
                IllegalStateException.class,
                () ->
                        transactions.allOrNothing(() -> {
                            log.append(AuditEntry.of("test.lost", "system", Map.of()));
                            throw new IllegalStateException("and then it failed");
                        }));

        assertEquals(before, log.head().orElseThrow().sequence());
        assertEquals(before + 1, log.append(AuditEntry.of("test.after", "system", Map.of())));
        assertInstanceOf(Intact.class, verify());
    }

    @Test
    void severalEntriesOfOneTransactionStandTogether() {
        long last =
                transactions.inOne(() -> {
                    log.append(AuditEntry.of("test.one", "system", Map.of()));
                    return log.append(AuditEntry.of("test.two", "system", Map.of()));
                });

        assertEquals(
                List.of("test.one", "test.two"),
                log.read(last - 2, 2).stream().map(entry -> entry.entry().kind()).toList());
    }

    @Test
    void searchNarrowsByEveryField() {
        log.append(fact("test.search", "system", "staging"));
        long wanted = log.append(fact("test.search", "token:t", "production"));
        StoredEntry stored = log.find(wanted).orElseThrow();
        log.append(fact("test.other", "token:t", "production"));

        assertEquals(
                List.of(stored),
                log.search(
                        new AuditQuery(
                                "test.search",
                                "token:t",
                                changeSet,
                                "production",
                                stored.at(),
                                stored.at().plusSeconds(1),
                                wanted + 1,
                                10)));
        assertEquals(
                List.of(),
                log.search(
                        new AuditQuery(
                                null, null, changeSet, "production", null, null, wanted, 10)));
        assertEquals(2, log.search(AuditQuery.ofChangeSet(changeSet, 2)).size());
    }

    @Test
    void searchFindsWhatAnAgentReceivedAndWrote() {
        long received =
                log.append(AuditEntry.of("test.agent", "system", Map.of("agent", "devops_cicd")));
        log.append(AuditEntry.of("test.agent", "system", Map.of("agent", "devops_cicdx")));
        long wrote =
                log.append(
                        AuditEntry.of(
                                "test.agent",
                                "system",
                                Map.of("origin", "devops_cicd/pipeline_generation")));
        log.append(AuditEntry.of("test.agent", "system", Map.of("note", "devops_cicd/")));

        assertEquals(
                List.of(wrote, received),
                log
                        .search(
                                new AuditQuery("test.agent", null, null, null, null, null, null, 10)
                                        .ofAgent("devops_cicd"))
                        .stream()
                        .map(StoredEntry::sequence)
                        .toList());
    }

    @Test
    void erasingPersonalFieldsKeepsTheProof() {
        long sequence =
                log.append(
                        new AuditEntry(
                                "test.erase", "system", Map.of(), Map.of("displayName", "Ada")));

        log.erasePersonal(sequence);

        StoredEntry stored = log.find(sequence).orElseThrow();
        assertEquals(Map.of(), stored.entry().personal());
        assertEquals(Map.of(), stored.salts());
        assertInstanceOf(Intact.class, verify());
    }

    @Test
    void aSecretDoesNotReachTheLog() {
        String secret = "ghp_" + "k3Jx9QpLm2Zr8TvWn5YcBd7HgFs1Ea4Ru6Io";

        long sequence =
                log.append(
                        new AuditEntry(
                                "test.secret",
                                "system",
                                Map.of("text", "token " + secret),
                                Map.of("agent", secret)));

        StoredEntry stored = log.find(sequence).orElseThrow();
        assertFalse(stored.toString().contains(secret));
    }

    @Test
    void healthSaysThatDatabaseAndAuditAreReady() {
        given().get("/q/health/live").then().statusCode(200).body("status", is("UP"));
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("status", is("UP"))
                .body(
                        "checks.name.sort()",
                        is(
                                List.of(
                                        "Graceful Shutdown",
                                        "audit",
                                        "checkpoints",
                                        "database",
                                        "grants")));
    }

    private AuditEntry fact(String kind, String actor, String environment) {
        return AuditEntry.of(
                kind, actor, Map.of("changeSet", changeSet, "environment", environment));
    }

    private AuditVerifier.Result verify() {
        AuditVerifier verifier = AuditVerifier.fromTheBeginning();
        List<StoredEntry> page = log.read(0, 100);
        while (!page.isEmpty()) {
            page.forEach(verifier::add);
            page = log.read(page.getLast().sequence(), 100);
        }
        StoredEntry head = log.head().orElseThrow();
        return verifier.result(head.sequence(), head.chainHash());
    }
}
