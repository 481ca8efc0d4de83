package dev.devopspack.language.hcl.evaluation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Paths inside the files handed in, with `/`, without dot segments.
final class Paths {

    private Paths() {}

    /// A path relative to a folder; empty if it is absolute or leaves the files handed in.
    static Optional<String> join(String folder, String path) {
        if (path.startsWith("/") || path.contains("\\") || path.contains(":")) {
            return Optional.empty();
        }
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : (folder + "/" + path).split("/", -1)) {
            if (segment.equals("..")) {
                if (segments.isEmpty()) {
                    return Optional.empty();
                }
                segments.removeLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        return Optional.of(String.join("/", segments));
    }

    /// The folder a file is in; empty for a file at the top.
    static String folder(String file) {
        int slash = file.lastIndexOf('/');
        return slash < 0 ? "" : file.substring(0, slash);
    }

    /// A folder as seen from another, as `path.module` gives it.
    static String relative(String from, String to) {
        if (from.equals(to)) {
            return ".";
        }
        String[] a = from.isEmpty() ? new String[0] : from.split("/", -1);
        String[] b = to.isEmpty() ? new String[0] : to.split("/", -1);
        int shared = 0;
        while (shared < a.length && shared < b.length && a[shared].equals(b[shared])) {
            shared++;
        }
        StringBuilder path = new StringBuilder();
        for (int i = shared; i < a.length; i++) {
            path.append("../");
        }
        for (int i = shared; i < b.length; i++) {
            path.append(b[i]).append('/');
        }
        path.setLength(path.length() - 1);
        return path.toString();
    }
}
