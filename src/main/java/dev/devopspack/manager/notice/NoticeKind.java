package dev.devopspack.manager.notice;

import java.util.Arrays;
import java.util.Optional;

/// Which entries of the audit log are told outside. A kind has the name that the log has for it, so
/// whoever appends such an entry has told everybody who wants to know. The page "Be told what
/// happens" says when each of them comes.
public enum NoticeKind {
    OPENED("approval.opened"),
    ENDS_SOON("approval.ends_soon"),
    DECIDED("approval.decided"),
    EXPIRED("approval.expired"),
    REVOKED("approval.revoked"),
    ISSUED("grant.issued"),
    CONSUMED("grant.consumed"),
    OUTCOME("grant.outcome"),
    BREAK_GLASS("break_glass.used"),
    REVIEWED("break_glass.reviewed"),
    WAIVED("waiver.signed"),
    PAUSED("pause.began"),
    RESUMED("pause.lifted"),
    SECRET_REQUESTED("secret.requested"),
    SECRET_MADE("secret.made"),
    SECRET_REVOKED("secret.revoked"),
    ENROLLED("person.enrolled"),
    PASSKEY_REMOVED("person.passkey_removed"),
    ROLES_CHANGED("person.roles_changed"),
    TEST("notice.test");

    private final String kind;

    NoticeKind(String kind) {
        this.kind = kind;
    }

    /// As the audit log names it, for example `approval.opened`.
    public String kind() {
        return kind;
    }

    public static Optional<NoticeKind> of(String kind) {
        return Arrays.stream(values()).filter(each -> each.kind.equals(kind)).findFirst();
    }
}
