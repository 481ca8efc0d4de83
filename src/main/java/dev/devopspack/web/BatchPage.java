package dev.devopspack.web;

import dev.devopspack.web.ChangeSetPage.GlanceRow;
import java.util.List;

/// The page on which several requests are decided with one signature: of each the facts and the
/// whole text that is signed.
///
/// @param only the stack that the reader asked for; empty for all
/// @param more how many more wait than the page shows
/// @param most how many can be signed together
record BatchPage(List<Row> rows, String only, int more, int most) {

    /// @param text the exact text that is signed
    record Row(
            String request,
            String changeSet,
            String code,
            String stack,
            String environment,
            String askedBy,
            Moment createdAt,
            Moment decideBy,
            List<GlanceRow> glance,
            String text,
            DigestMark digest) {}
}
