package dev.devopspack.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The editor: a task to run, a file to scan, and what came of the scan.
///
/// @param examples a task of each capability, to begin with
/// @param helpHref what the task's capability takes, where it is one of the examples
record TryIt(
        String task,
        List<Example> examples,
        @Nullable String helpHref,
        String note,
        String scanName,
        String scanText,
        @Nullable Problem error,
        @Nullable ScanResult scan) {

    /// @param title for example `configuration generation`
    record Example(String agent, String title, String href, boolean current) {}

    record ScanResult(String headline, List<ChangeSetPage.FindingView> findings) {}
}
