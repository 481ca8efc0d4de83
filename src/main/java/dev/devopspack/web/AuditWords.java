package dev.devopspack.web;

import dev.devopspack.audit.AuditEntry;
import java.util.Locale;
import java.util.Map;

/// An audit entry as a short sentence. A kind without one of its own is shown as it is.
final class AuditWords {

    private AuditWords() {}

    /// @param actor who did it, as people call him
    static String sentence(AuditEntry entry, String actor) {
        Map<String, String> facts = entry.facts();
        return switch (entry.kind()) {
            case "task.received" -> "a task came in from " + actor;
            case "submission.received" -> "files came in from " + actor;
            case "task.refused" ->
                    "refused to "
                            + actor
                            + ": "
                            + facts.getOrDefault("policy", "not allowed").replace('-', ' ');
            case "run.started" ->
                    facts.getOrDefault("tasks", "several") + " tasks as one run for " + actor;
            case "change_set.stored" ->
                    "stored with " + files(facts.getOrDefault("files", "its")) + " for " + actor;
            case "change_set.authors_named" ->
                    facts.getOrDefault("authors", "further") + " authors named by " + actor;
            case "gate.judged" ->
                    facts.getOrDefault("gate", "a gate")
                            + ": "
                            + facts.getOrDefault("status", "judged")
                                    .toLowerCase(Locale.ROOT)
                                    .replace('_', ' ');
            case "approval.opened" -> "people were asked";
            case "approval.not_opened" ->
                    "people were not asked: "
                            + facts.getOrDefault("code", "refused")
                                    .toLowerCase(Locale.ROOT)
                                    .replace('_', ' ');
            case "approval.decided" ->
                    facts.getOrDefault("decision", "").equals("DENY")
                            ? "denied by " + actor
                            : "approved by " + actor;
            case "approval.decision_refused" ->
                    "a decision was refused: " + facts.getOrDefault("code", "not valid");
            case "approval.expired" -> "the approval expired";
            case "approval.revoked" -> "the approval was taken back";
            case "grant.issued" -> "the grant was signed";
            case "grant.reserved" -> "a pipeline reserved the grant";
            case "grant.released" -> "the pipeline gave the grant back";
            case "grant.consumed" -> "the grant was consumed by " + actor;
            case "grant.use_refused" ->
                    "a use of the grant was refused: " + facts.getOrDefault("code", "not valid");
            case "grant.outcome" -> "the pipeline reports " + facts.getOrDefault("outcome", "back");
            case "tool.called" ->
                    actor
                            + " called "
                            + facts.getOrDefault("tool", "a tool")
                            + times(facts)
                            + (facts.getOrDefault("outcome", "answered").equals("answered")
                                    ? ""
                                    : ": " + facts.get("outcome"));
            case "pause.began" -> actor + " paused " + paused(facts) + why(facts);
            case "pause.lifted" -> actor + " lifted the pause of " + paused(facts) + why(facts);
            case "waiver.signed" ->
                    actor + " waived " + facts.getOrDefault("rule", "a rule") + why(facts);
            case "waiver.ended" -> actor + " took the waiver back" + why(facts);
            case "delegation.signed" ->
                    actor
                            + " lets "
                            + facts.getOrDefault("name", "somebody")
                            + " decide in his place in "
                            + facts.getOrDefault("environment", "an environment")
                            + why(facts);
            case "delegation.ended" -> actor + " took a delegation back" + why(facts);
            case "break_glass.used" ->
                    actor
                            + " let it through alone for "
                            + facts.getOrDefault("incident", "an incident")
                            + why(facts);
            case "break_glass.skipped" ->
                    "an approver was skipped for " + facts.getOrDefault("incident", "an incident");
            case "break_glass.reviewed" ->
                    actor
                            + " reviewed it: "
                            + (facts.getOrDefault("justified", "").equals("yes")
                                    ? "justified"
                                    : "not justified");
            case "act.refused" ->
                    "what "
                            + actor
                            + " signed ("
                            + facts.getOrDefault("kind", "an act")
                            + ") was refused: "
                            + facts.getOrDefault("code", "not valid");
            case "secret.requested" -> actor + " asked for " + secret(facts);
            case "secret.typed" -> actor + " typed " + secret(facts) + ", sealed in the browser";
            case "secret.approved" -> actor + " approved " + secret(facts);
            case "secret.denied" -> actor + " denied " + secret(facts);
            case "secret.expired" -> "nobody decided on " + secret(facts) + " in time";
            case "secret.made" -> secret(facts) + " was made";
            case "secret.revoked" -> secret(facts) + " was revoked";
            case "approval.ends_soon" -> "nobody has decided, and the time ends soon";
            case "notice.given_up" ->
                    "a message to " + facts.getOrDefault("hook", "a hook") + " was given up";
            case "person.added" -> "a person was added by " + actor;
            case "person.invited" -> "a link to enrol was made by " + actor;
            case "person.enrolled" -> actor + " enrolled a passkey";
            case "person.signed_in" -> actor + " signed in";
            case "person.sign_in_refused" -> "a sign-in was refused";
            case "person.passkey_removed" -> "a passkey was removed by " + actor;
            case "person.roles_changed" -> "roles of a person were changed by " + actor;
            case "person.disabled" -> "a person was switched off by " + actor;
            case "person.enabled" -> "a person was switched on by " + actor;
            case "token.issued" -> "a token was made by " + actor;
            case "token.revoked" -> "a token was revoked by " + actor;
            case "notice.test" -> actor + " tried " + facts.getOrDefault("hook", "a hook");
            default -> entry.kind().replace('_', ' ').replace('.', ' ');
        };
    }

    private static String times(Map<String, String> facts) {
        String times = facts.getOrDefault("times", "1");
        return times.equals("1") ? "" : " " + times + " times";
    }

    private static String files(String count) {
        return count.equals("1") ? "1 file" : count + " files";
    }

    private static String paused(Map<String, String> facts) {
        String scope = facts.getOrDefault("scope", "").toLowerCase(Locale.ROOT);
        return scope.equals("everything")
                ? scope
                : "the " + scope + " " + facts.getOrDefault("subject", "");
    }

    private static String why(Map<String, String> facts) {
        String reason = facts.get("reason");
        return reason == null ? "" : ": " + reason;
    }

    private static String secret(Map<String, String> facts) {
        return facts.getOrDefault("secret", "a secret")
                + ", version "
                + facts.getOrDefault("version", "?");
    }
}
