package dev.devopspack.manager;

/// The steps of a run, as progress counts them.
final class Steps {

    /// Read, write, security, quality, compliance, store.
    static final int COUNT = 6;

    private Steps() {}
}
