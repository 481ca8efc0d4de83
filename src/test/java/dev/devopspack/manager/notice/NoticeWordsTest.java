package dev.devopspack.manager.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.devopspack.approval.secret.AskedSecret;
import dev.devopspack.approval.secret.SecretFlow;
import dev.devopspack.approval.secret.SecretName;
import dev.devopspack.approval.secret.SecretOperation;
import dev.devopspack.approval.secret.SecretRequest;
import dev.devopspack.approval.secret.SecretRequestId;
import dev.devopspack.approval.secret.SecretSpec;
import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditHash;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.identity.PersonId;
import dev.devopspack.task.Environment;
import dev.devopspack.task.StackName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
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

    @Test
    void whatBecameOfAnAccountIsToldWithoutSayingWhose() {
        Map<String, String> facts =
                Map.of("person", "6f0c7c0e", "credential", "c2VjcmV0", "roles", "APPROVER, VIEWER");
        List<Notice.Line> roles = List.of(new Notice.Line("Roles", "APPROVER, VIEWER"));
        Map<String, String> told = Map.of("roles", "APPROVER, VIEWER");

        assertEquals(
                new Notice(
                        7,
                        NoticeKind.ENROLLED,
                        AT,
                        "Somebody enrolled a passkey",
                        roles,
                        "/access",
                        told),
                of(NoticeKind.ENROLLED, facts, Optional.empty()));
        assertEquals(
                new Notice(
                        7,
                        NoticeKind.ENROLLED,
                        AT,
                        "A passkey was enrolled in your name. Tell an administrator if it was not"
                                + " you",
                        roles,
                        "/access",
                        told,
                        List.of(),
                        "ada"),
                NoticeWords.ofYourself(
                        NoticeKind.ENROLLED, stored(NoticeKind.ENROLLED, facts), "ada"));
    }

    @Test
    void aPersonIsToldOfHisSecretsInOneMessageAndOfNothingWhereNothingWaits() {
        assertEquals(
                Optional.of(
                        new Notice(
                                7,
                                NoticeKind.SECRET_REQUESTED,
                                AT,
                                "2 requests wait for you",
                                List.of(),
                                "/secrets",
                                Map.of("waiting", "2"),
                                List.of(waiting("database"), waiting("queue")),
                                "ada")),
                NoticeWords.gatheredForOne(
                        stored(NoticeKind.SECRET_REQUESTED, Map.of()),
                        "ada",
                        List.of(),
                        List.of(secret("database"), secret("queue"))));
        assertEquals(
                Optional.empty(),
                NoticeWords.gatheredForOne(
                        stored(NoticeKind.OPENED, Map.of()), "ada", List.of(), List.of()));
    }

    @Test
    void aListNamesTenAndSaysHowManyMoreThereAre() {
        Notice notice =
                NoticeWords.gatheredForOne(
                                stored(NoticeKind.SECRET_REQUESTED, Map.of()),
                                "ada",
                                List.of(),
                                IntStream.range(0, 13).mapToObj(i -> secret("s" + i)).toList())
                        .orElseThrow();

        assertEquals("13 requests wait for you", notice.title());
        assertEquals(
                IntStream.range(0, 10).mapToObj(i -> waiting("s" + i)).toList(), notice.waiting());
        assertEquals(List.of(new Notice.Line("And", "3 more, on the page")), notice.lines());
        assertEquals(Map.of("waiting", "13"), notice.facts());
    }

    private static Notice.Waiting waiting(String name) {
        String secret = "secret://production/payments/" + name + "#password";
        return new Notice.Waiting(
                new Notice.Line(
                        "Secret",
                        "create " + secret + ", version 1, decide by 2026-07-14T10:12:00Z"),
                "/secrets/sr-" + "a".repeat(26),
                Map.of(
                        "decideBy", "2026-07-14T10:12:00Z",
                        "environment", "production",
                        "quorum", "1",
                        "secret", secret,
                        "secretRequest", "sr-" + "a".repeat(26),
                        "version", "1"));
    }

    private static AskedSecret secret(String name) {
        return new AskedSecret(
                new SecretRequest(
                        new SecretRequestId("sr-" + "a".repeat(26)),
                        new SecretSpec(
                                SecretOperation.CREATE,
                                SecretFlow.CLUSTER,
                                new SecretName(
                                        new Environment("production"),
                                        "payments",
                                        name,
                                        "password"),
                                null,
                                32),
                        1,
                        "token:t",
                        PersonId.parse("6f0c7c0e-5d0b-4c8e-9d51-0f6a3f2b8c11"),
                        "what somebody wrote",
                        "",
                        1,
                        AT,
                        AT),
                AskedSecret.Status.PENDING,
                List.of(),
                "",
                "",
                AT);
    }

    private static Notice of(
            NoticeKind kind, Map<String, String> facts, Optional<StackName> stack) {
        return NoticeWords.of(kind, stored(kind, facts), stack);
    }

    private static StoredEntry stored(NoticeKind kind, Map<String, String> facts) {
        return new StoredEntry(
                7,
                AT,
                AuditEntry.of(kind.kind(), "system", facts),
                "",
                AuditHash.BEGINNING,
                AuditHash.BEGINNING,
                Map.of());
    }
}
