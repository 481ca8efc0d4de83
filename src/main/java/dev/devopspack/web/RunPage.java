package dev.devopspack.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A task while it runs: which step of how many, and where it leads.
///
/// @param editHref the editor with this task in it
/// @param now the present step in words
record RunPage(
        String href,
        String editHref,
        String title,
        String now,
        int step,
        int total,
        List<Step> steps,
        boolean done,
        @Nullable Problem error,
        @Nullable String resultHref) {

    /// @param href what it came to, where that has a page
    record Step(String mark, String word, String tone, String text, @Nullable String href) {}
}
