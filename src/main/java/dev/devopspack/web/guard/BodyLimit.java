package dev.devopspack.web.guard;

/// How large a request's body may be.
final class BodyLimit {

    /// All files of a change set (16 MiB) in base64, with a plan beside them.
    static final long SUBMISSION_BYTES = 40L * 1_024 * 1_024;

    /// A form or a signed decision. A task or a pasted file has at most 200,000 characters, each up
    /// to nine bytes in a form's encoding.
    static final long PAGE_BYTES = 2L * 1_024 * 1_024;

    /// What a cluster asks about: an object twice, each at most 1.5 MB in etcd and larger as JSON.
    static final long HOOK_BYTES = 12L * 1_024 * 1_024;

    private BodyLimit() {}

    static long of(Realm realm) {
        return switch (realm) {
            case TOKENS -> SUBMISSION_BYTES;
            case PAGES -> PAGE_BYTES;
            case HOOKS -> HOOK_BYTES;
            case OPEN -> 0;
        };
    }
}
