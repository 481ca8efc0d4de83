package dev.devopspack.web;

import java.util.List;

/// What was asked for, and which secrets there are: by reference, never by value.
record SecretsPage(List<RequestRow> requests, List<VersionRow> versions) {

    record RequestRow(
            String id,
            String secret,
            String operation,
            int version,
            String flow,
            String who,
            Moment at,
            Pill state) {}

    /// @param why it was revoked, else empty
    record VersionRow(
            String secret, int version, String flow, Moment madeAt, Pill state, String why) {}
}
