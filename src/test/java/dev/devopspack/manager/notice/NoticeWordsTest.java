package dev.devopspack.manager.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditHash;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.task.StackName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NoticeWordsTest {

    private static final Instant AT = Instant.parse("2026-07-14T10:12:00Z");

    @Test
    void aRequestIsToldWithWhatAnApproverLooksFor() {
        String digest = "sha256:" + "3fa9".repeat(16);

        Notice notice =
                of(
                        NoticeKind.OPENED,
                        Map.of(
                                "approval", "ap-x",
                                "changeSet", "cs-jfrqcjublbxvwz5l",
                                "digest", digest,
                                "environment", "production",
                                "quorum", "2",
                                "decideBy", "2026-07-15T10:12:00Z",
                                "rendering", digest),
                        Optional.of(new StackName("payments/production")));

        assertEquals(
                new Notice(
                        7,
                        NoticeKind.OPENED,
                        AT,
                        "Somebody must decide: payments/production in production",
                        List.of(
                                new Notice.Line("Code", "H8-WV9"),
                                new Notice.Line("People needed", "2"),
                                new Notice.Line("Decide by", "2026-07-15T10:12:00Z")),
                        "/change-sets/cs-jfrqcjublbxvwz5l",
                        Map.of(
                                "approval", "ap-x",
                                "changeSet", "cs-jfrqcjublbxvwz5l",
                                "code", "H8-WV9",
                                "digest", digest,
                                "environment", "production",
                                "stack", "payments/production",
                                "quorum", "2",
                                "decideBy", "2026-07-15T10:12:00Z")),
                notice);
    }

    @Test
    void whatPeopleWroteStaysInside() {
        Notice notice =
                of(
                        NoticeKind.REVOKED,
                        Map.of("why", "Bob forgot it", "note", "n", "reason", "r"),
                        Optional.empty());

        assertFalse(notice.toString().contains("Bob"), notice::toString);
        assertEquals(Map.of(), notice.facts());
    }

    @Test
    void aPauseIsToldWithWhatIsPaused() {
        assertEquals("Paused: everything", paused(Map.of("scope", "EVERYTHING", "subject", "-")));
        assertEquals(
                "Paused: the agent devops_cicd",
                paused(Map.of("scope", "AGENT", "subject", "devops_cicd")));
        assertEquals(
                "Paused: the environment staging",
                paused(Map.of("scope", "ENVIRONMENT", "subject", "staging")));
    }

    private static String paused(Map<String, String> facts) {
        return of(NoticeKind.PAUSED, facts, Optional.empty()).title();
    }

    private static Notice of(
            NoticeKind kind, Map<String, String> facts, Optional<StackName> stack) {
        return NoticeWords.of(
                kind,
                new StoredEntry(
                        7,
                        AT,
                        AuditEntry.of(kind.kind(), "system", facts),
                        "",
                        AuditHash.BEGINNING,
                        AuditHash.BEGINNING,
                        Map.of()),
                stack);
    }
}
