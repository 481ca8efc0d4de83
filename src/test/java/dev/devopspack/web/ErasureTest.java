package dev.devopspack.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.AuditVerifier;
import dev.devopspack.audit.Checkpoints;
import dev.devopspack.audit.Erasure;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Role;
import dev.devopspack.testing.PersonAtBrowser;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What the log knows of people goes when somebody asks for it, and every proof stays.
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErasureTest {

    @TestHTTPResource("/")
    URI server;

    @Inject People people;
    @Inject AuditLog log;
    @Inject Checkpoints checkpoints;
    @Inject Erasure erasure;

    private PersonAtBrowser admin;

    @BeforeAll
    void anAdminWhoReadsTheLog() {
        RestAssured.port = server.getPort();
        admin = person("Erin Example", Role.ADMIN, Role.AUDITOR);
    }

    @Test
    void anAdminErasesWhatOneEntrySaysOfAPerson() {
        long sequence = entry("token:erased-one", "Zacharias Forgettable");
        long other = entry("token:erased-one", "Zacharias Forgettable");
        assertTrue(page(sequence).contains("Zacharias Forgettable"));

        Response done = erase(admin, Map.of("entry", "" + sequence, "reason", "he asked for it"));

        assertEquals(200, done.statusCode(), done.asString());
        String page = page(sequence);
        assertFalse(page.contains("Zacharias Forgettable"), page);
        assertTrue(page.contains("(erased)"), page);
        assertFalse(page.contains("action=\"/audit/erase\""), "there is nothing left to erase");
        assertTrue(page(other).contains("Zacharias Forgettable"));
        StoredEntry told = log.head().orElseThrow();
        assertEquals("personal.erased", told.entry().kind());
        assertEquals(
                Map.of("entry", "" + sequence, "fields", "1", "reason", "he asked for it"),
                told.entry().facts());
        assertTrue(told.entry().actor().startsWith("person:"), told.leaf());
        assertProofsHold(sequence);
    }

    @Test
    void anAdminErasesWhatAllEntriesOfAnActorSay() {
        long one = entry("token:erased-all", "Zacharias Forgettable");
        long two = entry("token:erased-all", "Zacharias Forgettable");
        long anothers = entry("token:kept", "Anna Kept");

        erase(admin, Map.of("entry", "" + two, "reason", "he left", "all", "yes"));

        assertEquals(Map.of(), log.find(one).orElseThrow().entry().personal());
        assertEquals(Map.of(), log.find(two).orElseThrow().entry().personal());
        assertEquals(
                Map.of("caller", "Anna Kept"), log.find(anothers).orElseThrow().entry().personal());
        assertEquals(
                Map.of("of", "token:erased-all", "fields", "2", "reason", "he left"),
                log.head().orElseThrow().entry().facts());
        assertProofsHold(one);
    }

    @Test
    void nobodyElseErasesAndNothingIsErasedWithoutAReason() {
        long sequence = entry("token:guarded", "Zacharias Guarded");
        PersonAtBrowser auditor = person("Otto Example", Role.AUDITOR, Role.APPROVER);

        assertEquals(
                403, erase(auditor, Map.of("entry", "" + sequence, "reason", "x")).statusCode());
        assertFalse(
                auditor.page("/audit?at=" + sequence).contains("action=\"/audit/erase\""),
                "an auditor is not offered it");
        assertEquals(400, erase(admin, Map.of("entry", "" + sequence, "reason", " ")).statusCode());
        assertEquals(404, erase(admin, Map.of("entry", "99999999", "reason", "x")).statusCode());
        assertEquals(
                Map.of("caller", "Zacharias Guarded"),
                log.find(sequence).orElseThrow().entry().personal());
    }

    @Test
    void whatIsOlderThanItIsKeptGoesAndIsToldOnce() {
        long old = entry("token:old", "Zacharias Old");
        StoredEntry border = log.find(entry("token:young", "Anna Young")).orElseThrow();

        long erased = erasure.before(border.at());

        assertTrue(erased >= 1, () -> "erased " + erased);
        assertEquals(Map.of(), log.find(old).orElseThrow().entry().personal());
        assertEquals(
                Map.of("caller", "Anna Young"),
                log.find(border.sequence()).orElseThrow().entry().personal());
        StoredEntry told = log.head().orElseThrow();
        assertEquals("personal.pruned", told.entry().kind());
        assertEquals(0, erasure.before(border.at()));
        assertEquals(told, log.head().orElseThrow());
        assertProofsHold(old);
    }

    private void assertProofsHold(long sequence) {
        while (checkpoints.newest().map(each -> each.checkpoint().size()).orElse(0L)
                < log.head().orElseThrow().sequence()) {
            checkpoints.make();
        }
        long size = checkpoints.newest().orElseThrow().checkpoint().size();
        assertTrue(checkpoints.inclusion(sequence, size).holds());
        AuditVerifier verifier = AuditVerifier.fromTheBeginning();
        List<StoredEntry> batch = log.read(0, 500);
        while (!batch.isEmpty()) {
            batch.forEach(verifier::add);
            batch = log.read(batch.getLast().sequence(), 500);
        }
        assertInstanceOf(AuditVerifier.Result.Intact.class, verifier.result());
    }

    private long entry(String actor, String name) {
        return log.append(new AuditEntry("test.personal", actor, Map.of(), Map.of("caller", name)));
    }

    private String page(long sequence) {
        return admin.page("/audit?at=" + sequence);
    }

    private static Response erase(PersonAtBrowser by, Map<String, String> fields) {
        return by.submit("/audit", "/audit/erase", fields);
    }

    private PersonAtBrowser person(String name, Role... roles) {
        PersonAtBrowser person = PersonAtBrowser.enrolled(server, people, name, roles);
        person.signIn();
        return person;
    }
}
