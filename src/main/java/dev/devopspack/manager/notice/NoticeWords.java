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
                    "scope",
                    "secret",
                    "secretRequest",
                    "stack",
                    "subject",
                    "version");

    /// What a message shows without being a list; the page has all of them. Slack takes ten fields.
    private static final int MAX_LISTED = 10;

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
                path(facts),
                facts);
    }

    /// One message about all requests that wait; none where nothing does.
    ///
    /// @param waiting the nearest deadline first
    static Optional<Notice> gathered(StoredEntry first, List<Approval> waiting) {
        return list(first, waiting.stream().map(NoticeWords::line).toList(), "people", "/");
    }

    /// One message to a person about all that waits for him; none where nothing does.
    ///
    /// @param waiting the nearest deadline first
    /// @param secrets the oldest first
    static Optional<Notice> gatheredForOne(
            StoredEntry first, List<Approval> waiting, List<AskedSecret> secrets) {
        List<Notice.Line> lines =
                Stream.concat(
                                waiting.stream().map(NoticeWords::line),
                                secrets.stream().map(NoticeWords::line))
                        .toList();
        return list(first, lines, "you", waiting.isEmpty() ? "/secrets" : "/");
    }

    private static Notice.Line line(Approval approval) {
        ApprovalRequest request = approval.request();
        return new Notice.Line(
                ChangeSetId.code(request.digest()),
                request.stack()
                        + " in "
                        + request.environment()
                        + ", decide by "
                        + request.decideBy());
    }

    private static Notice.Line line(AskedSecret asked) {
        SecretRequest request = asked.request();
        return new Notice.Line(
                "Secret",
                request.spec().operation().word()
                        + " "
                        + request.spec().secret().reference()
                        + ", version "
                        + request.version()
                        + ", decide by "
                        + request.decideBy());
    }

    private static Optional<Notice> list(
            StoredEntry first, List<Notice.Line> waiting, String whom, String path) {
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Notice(
                        first.sequence(),
                        NoticeKind.OPENED,
                        first.at(),
                        waiting.size() == 1
                                ? "One request waits for " + whom
                                : waiting.size() + " requests wait for " + whom,
                        waiting.stream().limit(MAX_LISTED).toList(),
                        path,
                        Map.of("waiting", String.valueOf(waiting.size()))));
    }

    private static String path(Map<String, String> facts) {
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
        return lines;
    }

    private static void line(List<Notice.Line> lines, String label, @Nullable String value) {
        if (value != null) {
            lines.add(new Notice.Line(label, value));
        }
    }
}
