package dev.devopspack.manager.notice;

import dev.devopspack.approval.Approval;
import dev.devopspack.approval.ApprovalRequest;
import dev.devopspack.approval.secret.AskedSecret;
import dev.devopspack.approval.secret.SecretRequest;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.Digest;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.StackName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Says an audit entry as a message. From the entry alone, so that a message that is sent again is
/// the same.
final class NoticeWords {

    /// What machines get of an entry: no text that somebody wrote freely, no person.
    private static final Set<String> FACTS =
            Set.of(
                    "agent",
                    "approval",
                    "changeSet",
                    "decideBy",
                    "decision",
                    "digest",
                    "environment",
                    "executeBy",
                    "incident",
                    "outcome",
                    "quorum",
                    "roles",
                    "scope",
                    "secret",
                    "secretRequest",
                    "stack",
                    "subject",
                    "version");

    /// What a person reads in a message; the page has all of them.
    private static final int MAX_LISTED = 10;

    private static final String TELL = ". Tell an administrator if it was not you";

    private NoticeWords() {}

    /// @param stack of the change set that the entry is about, where it is about one
    static Notice of(NoticeKind kind, StoredEntry stored, Optional<StackName> stack) {
        Map<String, String> facts = new TreeMap<>(stored.entry().facts());
        facts.keySet().retainAll(FACTS);
        stack.ifPresent(name -> facts.put("stack", name.value()));
        String digest = facts.getOrDefault("digest", "");
        String code = code(digest);
        if (!code.isEmpty()) {
            facts.put("code", code);
        }
        return new Notice(
                stored.sequence(),
                kind,
                stored.at(),
                title(kind, facts),
                lines(facts),
                path(kind, facts),
                facts);
    }

    /// The same to the person whom the entry is about.
    ///
    /// @param hook the name of his hook
    static Notice ofYourself(NoticeKind kind, StoredEntry stored, String hook) {
        Notice notice = of(kind, stored, Optional.empty());
        String title =
                switch (kind) {
                    case ENROLLED -> "A passkey was enrolled in your name" + TELL;
                    case PASSKEY_REMOVED -> "A passkey of yours was removed" + TELL;
                    case ROLES_CHANGED -> "Your roles were changed";
                    default -> notice.title();
                };
        return new Notice(
                notice.sequence(),
                kind,
                notice.at(),
                title,
                notice.lines(),
                notice.path(),
                notice.facts(),
                List.of(),
                hook);
    }

    /// One message about all requests that wait; none where nothing does.
    ///
    /// @param waiting the nearest deadline first
    static Optional<Notice> gathered(StoredEntry first, List<Approval> waiting) {
        return list(
                first,
                NoticeKind.OPENED,
                waiting.stream().map(NoticeWords::waiting).toList(),
                "people",
                null);
    }

    /// One message to a person about all that waits for him; none where nothing does.
    ///
    /// @param hook the name of his hook
    /// @param waiting the nearest deadline first
    /// @param secrets the oldest first
    static Optional<Notice> gatheredForOne(
            StoredEntry first, String hook, List<Approval> waiting, List<AskedSecret> secrets) {
        return list(
                first,
                waiting.isEmpty() ? NoticeKind.SECRET_REQUESTED : NoticeKind.OPENED,
                Stream.concat(
                                waiting.stream().map(NoticeWords::waiting),
                                secrets.stream().map(NoticeWords::waiting))
                        .toList(),
                "you",
                hook);
    }

    private static Notice.Waiting waiting(Approval approval) {
        ApprovalRequest request = approval.request();
        String code = ChangeSetId.code(request.digest());
        return new Notice.Waiting(
                new Notice.Line(
                        code,
                        request.stack()
                                + " in "
                                + request.environment()
                                + ", decide by "
                                + request.decideBy()),
                "/change-sets/" + request.changeSet(),
                Map.of(
                        "approval", request.id().value(),
                        "changeSet", request.changeSet().value(),
                        "code", code,
                        "decideBy", request.decideBy().toString(),
                        "digest", request.digest().value(),
                        "environment", request.environment().value(),
                        "quorum", String.valueOf(request.quorum()),
                        "stack", request.stack().value()));
    }

    private static Notice.Waiting waiting(AskedSecret asked) {
        SecretRequest request = asked.request();
        String secret = request.spec().secret().reference();
        return new Notice.Waiting(
                new Notice.Line(
                        "Secret",
                        request.spec().operation().word()
                                + " "
                                + secret
                                + ", version "
                                + request.version()
                                + ", decide by "
                                + request.decideBy()),
                "/secrets/" + request.id(),
                Map.of(
                        "decideBy", request.decideBy().toString(),
                        "environment", request.spec().secret().environment().value(),
                        "quorum", String.valueOf(request.quorum()),
                        "secret", secret,
                        "secretRequest", request.id().value(),
                        "version", String.valueOf(request.version())));
    }

    /// @param hook the hook of the one person that it is for, where it is for one
    private static Optional<Notice> list(
            StoredEntry first,
            NoticeKind kind,
            List<Notice.Waiting> waiting,
            String whom,
            @Nullable String hook) {
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        int more = waiting.size() - MAX_LISTED;
        return Optional.of(
                new Notice(
                        first.sequence(),
                        kind,
                        first.at(),
                        waiting.size() == 1
                                ? "One request waits for " + whom
                                : waiting.size() + " requests wait for " + whom,
                        more > 0
                                ? List.of(new Notice.Line("And", more + " more, on the page"))
                                : List.of(),
                        kind == NoticeKind.OPENED ? "/" : "/secrets",
                        Map.of("waiting", String.valueOf(waiting.size())),
                        waiting.stream().limit(MAX_LISTED).toList(),
                        hook));
    }

    private static String path(NoticeKind kind, Map<String, String> facts) {
        if (Hook.OF_HIMSELF.contains(kind)) {
            return "/access";
        }
        if (facts.containsKey("changeSet")) {
            return "/change-sets/" + facts.get("changeSet");
        }
        return facts.containsKey("secretRequest") ? "/secrets/" + facts.get("secretRequest") : "/";
    }

    private static String code(String digest) {
        try {
            return digest.isEmpty() ? "" : ChangeSetId.code(new Digest(digest));
        } catch (InvalidInput e) {
            return "";
        }
    }

    private static String title(NoticeKind kind, Map<String, String> facts) {
        String what = facts.getOrDefault("stack", "a change set");
        String where = facts.getOrDefault("environment", "an environment");
        String of = what + " in " + where;
        return switch (kind) {
            case OPENED -> "Somebody must decide: " + of;
            case ENDS_SOON -> "Nobody has decided yet, and the time ends: " + of;
            case DECIDED ->
                    ("DENY".equals(facts.get("decision")) ? "Denied: " : "Approved by one person: ")
                            + of;
            case EXPIRED -> "The time ran out: " + of;
            case REVOKED -> "Taken back: " + of;
            case ISSUED -> "Approved, the pipeline may go on: " + of;
            case CONSUMED -> "A pipeline is applying: " + of;
            case OUTCOME ->
                    "Applying ended " + facts.getOrDefault("outcome", "unknown") + ": " + of;
            case BREAK_GLASS -> "BREAK-GLASS was used: " + of + ". It must be reviewed";
            case REVIEWED -> "The use of break-glass was reviewed: " + of;
            case WAIVED -> "A finding was waived: " + of;
            case PAUSED -> "Paused: " + scope(facts);
            case RESUMED -> "Going on again: " + scope(facts);
            case SECRET_REQUESTED -> "Somebody must decide on a secret: " + secret(facts);
            case SECRET_MADE -> "A secret was made: " + secret(facts);
            case SECRET_REVOKED -> "A secret was revoked: " + secret(facts);
            case ENROLLED -> "Somebody enrolled a passkey";
            case PASSKEY_REMOVED -> "Somebody's passkey was removed";
            case ROLES_CHANGED -> "Somebody's roles were changed";
            case TEST -> "An administrator tries this hook: it works";
        };
    }

    private static String secret(Map<String, String> facts) {
        return facts.getOrDefault("secret", "one")
                + ", version "
                + facts.getOrDefault("version", "?");
    }

    private static String scope(Map<String, String> facts) {
        String subject = facts.getOrDefault("subject", "");
        return switch (facts.getOrDefault("scope", "")) {
            case "AGENT" -> "the agent " + subject;
            case "ENVIRONMENT" -> "the environment " + subject;
            default -> "everything";
        };
    }

    private static List<Notice.Line> lines(Map<String, String> facts) {
        List<Notice.Line> lines = new ArrayList<>();
        line(lines, "Code", facts.get("code"));
        line(lines, "People needed", facts.get("quorum"));
        line(lines, "Decide by", facts.get("decideBy"));
        line(lines, "To be used by", facts.get("executeBy"));
        line(lines, "Incident", facts.get("incident"));
        line(lines, "Roles", facts.get("roles"));
        return lines;
    }

    private static void line(List<Notice.Line> lines, String label, @Nullable String value) {
        if (value != null) {
            lines.add(new Notice.Line(label, value));
        }
    }
}
