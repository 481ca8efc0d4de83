package dev.devopspack.manager.notice;

import java.util.Arrays;
import java.util.Optional;

/// Which entries of the audit log are told outside. A kind has the name that the log has for it, so
/// whoever appends such an entry has told everybody who wants to know.
public enum NoticeKind {
    OPENED("approval.opened", "People are asked to decide."),
    ENDS_SOON("approval.ends_soon", "A request nears its deadline and nobody has decided."),
    DECIDED("approval.decided", "A person approved or denied."),
    EXPIRED("approval.expired", "A request or a grant ran out of time."),
    REVOKED("approval.revoked", "A request or a grant was taken back."),
    ISSUED("grant.issued", "Enough people approved: the grant can be used."),
    CONSUMED("grant.consumed", "A pipeline used the grant."),
    OUTCOME("grant.outcome", "A pipeline said how it went."),
    BREAK_GLASS("break_glass.used", "One person let something through in an emergency."),
    REVIEWED("break_glass.reviewed", "What was let through in an emergency was reviewed."),
    WAIVED("waiver.signed", "A person waived a finding."),
    PAUSED("pause.began", "An administrator paused work."),
    RESUMED("pause.lifted", "An administrator lifted a pause."),
    SECRET_REQUESTED("secret.requested", "People are asked for a secret."),
    SECRET_MADE("secret.made", "A secret was approved and made."),
    SECRET_REVOKED("secret.revoked", "A version of a secret must not be used any more."),
    TEST("notice.test", "An administrator tries a hook.");

    private final String kind;
    private final String meaning;

    NoticeKind(String kind, String meaning) {
        this.kind = kind;
        this.meaning = meaning;
    }

    /// As the audit log names it, for example `approval.opened`.
    public String kind() {
        return kind;
    }

    /// A sentence for people.
    public String meaning() {
        return meaning;
    }

    public static Optional<NoticeKind> of(String kind) {
        return Arrays.stream(values()).filter(each -> each.kind.equals(kind)).findFirst();
    }
}
