package dev.devopspack.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The editor: a task to run, a file to scan, and what came of the scan.
record TryIt(
        String task,
        String note,
        String scanName,
        String scanText,
        @Nullable Problem error,
        @Nullable ScanResult scan) {

    record ScanResult(String headline, List<ChangeSetPage.FindingView> findings) {}
}
