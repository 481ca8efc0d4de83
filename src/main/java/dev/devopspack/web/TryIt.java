package dev.devopspack.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The editor: a task to run, a file to scan, and what came of the scan.
///
/// @param examples the tasks that most people begin with
/// @param more a task of each other capability
/// @param agent, capability whose example the editor began with
/// @param helpHref what the task's capability takes, where it is one of the examples
record TryIt(
        String task,
        List<Example> examples,
        List<Example> more,
        String agent,
        String capability,
        @Nullable String helpHref,
        String note,
        String scanName,
        String scanText,
        @Nullable Problem error,
        @Nullable Problem scanError,
        @Nullable ScanResult scan) {

    /// Whether the editor began with one of the others.
    public boolean another() {
        return more.stream().anyMatch(Example::current);
    }

    /// @param title for example `configuration generation`
    record Example(String agent, String title, String href, boolean current) {}

    record ScanResult(String headline, List<ChangeSetPage.FindingView> findings) {}
}
