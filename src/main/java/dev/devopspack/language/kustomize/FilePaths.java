package dev.devopspack.language.kustomize;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Paths as kustomizations write them.
final class FilePaths {

    private FilePaths() {}

    /// `overlays/live` and `../../base/x.yaml` are `base/x.yaml`; nothing where the path leads out
    /// of the files.
    ///
    /// @param folder without a slash at its end; empty for the uppermost
    static Optional<String> resolved(String folder, String path) {
        if (path.startsWith("/")) {
            return Optional.empty();
        }
        Deque<String> steps = new ArrayDeque<>();
        for (String step : (folder + "/" + path).split("/", -1)) {
            if (step.equals("..")) {
                if (steps.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!step.equals(".") && !step.isEmpty()) {
                steps.addLast(step);
            }
        }
        return Optional.of(String.join("/", steps));
    }

    static String folder(String file) {
        int slash = file.lastIndexOf('/');
        return slash < 0 ? "" : file.substring(0, slash);
    }
}
