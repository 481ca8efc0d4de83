package dev.devopspack.web;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.Hidden;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The files of a change set with their lines, and what is new in them.
final class FileViews {

    /// Lines of one file on the page; the rest is read raw.
    private static final int MAX_LINES = 1_500;

    /// Lines of all files on the page: a browser stays quick.
    private static final int MAX_ALL_LINES = 12_000;

    /// Longer lines are data.
    private static final int MAX_LINE_LENGTH = 600;

    /// Lines above and below a finding's.
    private static final int AROUND = 2;

    private final ChangeSet changeSet;
    private final @Nullable ChangeSet previous;
    private final List<ChangeSetPage.FileView> views = new ArrayList<>();

    FileViews(ChangeSet changeSet, @Nullable ChangeSet previous) {
        this.changeSet = changeSet;
        this.previous = previous;
        int left = MAX_ALL_LINES;
        for (Artifact file : changeSet.artifacts()) {
            ChangeSetPage.FileView view = view(file, Math.min(left, MAX_LINES));
            left -= view.lines().size();
            views.add(view);
        }
    }

    List<ChangeSetPage.FileView> views() {
        return List.copyOf(views);
    }

    /// The anchor of a line on this page; empty where the page does not show it.
    String anchor(String file, int line) {
        return views.stream()
                .filter(view -> view.name().equals(Hidden.marked(file)))
                .filter(view -> line <= view.lines().size())
                .findFirst()
                .map(view -> line > 0 ? view.anchor() + "-" + line : view.anchor())
                .orElse("files");
    }

    /// The lines around a place, with a caret below it.
    List<ChangeSetPage.Line> excerpt(String file, int line, int column) {
        Optional<Artifact> artifact = changeSet.artifacts().find(file);
        if (artifact.isEmpty() || line < 1) {
            return List.of();
        }
        List<String> all = artifact.get().text().lines().toList();
        List<ChangeSetPage.Line> shown = new ArrayList<>();
        for (int at = Math.max(1, line - AROUND); at <= Math.min(all.size(), line + AROUND); at++) {
            String text = shown(all.get(at - 1));
            shown.add(
                    at == line
                            ? new ChangeSetPage.Line(
                                    at, CodeColours.of(file, text), true, caret(text, column))
                            : ChangeSetPage.Line.plain(at, CodeColours.of(file, text)));
        }
        return shown;
    }

    private static String caret(String text, int column) {
        if (column < 1 || column > text.length() + 1) {
            return "";
        }
        String before =
                text.substring(0, column - 1)
                        .chars()
                        .mapToObj(c -> c == '\t' ? "\t" : " ")
                        .collect(Collectors.joining());
        return before + "^";
    }

    ChangeSetPage.Difference difference(@Nullable ChangeSet before) {
        if (before == null) {
            return new ChangeSetPage.Difference(
                    "There is no released change set of this stack to compare with.", List.of());
        }
        List<ChangeSetPage.FileChange> changes =
                changeSet.manifest().filesThatDifferFrom(before.manifest()).stream()
                        .map(name -> fileChange(name, before))
                        .toList();
        String against = "the last release of this stack, " + before.code();
        return new ChangeSetPage.Difference(
                changes.isEmpty()
                        ? "The files are the same as in " + against + "."
                        : "Against " + against + ":",
                changes);
    }

    private ChangeSetPage.FileChange fileChange(String name, ChangeSet before) {
        String shown = Hidden.marked(name);
        Optional<Artifact> now = changeSet.artifacts().find(name);
        Optional<Artifact> then = before.artifacts().find(name);
        if (now.isEmpty()) {
            return new ChangeSetPage.FileChange(shown, "gone", Pill.BAD, List.of());
        }
        return then.isEmpty()
                ? new ChangeSetPage.FileChange(shown, "new", Pill.GOOD, List.of())
                : new ChangeSetPage.FileChange(
                        shown,
                        "changed",
                        Pill.WAIT,
                        LineDifference.of(lines(then.get()), lines(now.get())));
    }

    private static List<String> lines(Artifact file) {
        return file.text().lines().map(FileViews::shown).toList();
    }

    private ChangeSetPage.FileView view(Artifact file, int room) {
        List<String> all = file.text().lines().toList();
        List<ChangeSetPage.Line> lines = new ArrayList<>();
        for (int i = 0; i < Math.min(all.size(), room); i++) {
            lines.add(
                    ChangeSetPage.Line.plain(
                            i + 1, CodeColours.of(file.name().value(), shown(all.get(i)))));
        }
        ChangeSetPage.FileChange change = change(file);
        int more = all.size() - lines.size();
        return new ChangeSetPage.FileView(
                "file-" + (views.size() + 1),
                Hidden.marked(file.name().value()),
                size(file.sizeBytes()),
                DigestMark.of(file.digest()),
                href(file),
                change.change(),
                change.changeTone(),
                lines,
                more > 0 ? more + " more lines." : "");
    }

    private ChangeSetPage.FileChange change(Artifact file) {
        String name = file.name().value();
        if (previous == null) {
            return new ChangeSetPage.FileChange(name, "", "", List.of());
        }
        Optional<Artifact> before = previous.artifacts().find(name);
        if (before.isEmpty()) {
            return new ChangeSetPage.FileChange(name, "new", Pill.GOOD, List.of());
        }
        return before.get().digest().equals(file.digest())
                ? new ChangeSetPage.FileChange(name, "", "", List.of())
                : new ChangeSetPage.FileChange(name, "changed", Pill.WAIT, List.of());
    }

    private String href(Artifact file) {
        String path =
                Stream.of(file.name().value().split("/", -1))
                        .map(part ->
                                URLEncoder.encode(part, StandardCharsets.UTF_8)
                                        .replace("+", "%20")
                                        .replace("%7E", "~"))
                        .collect(Collectors.joining("/"));
        return "/change-sets/" + changeSet.id() + "/files/" + path;
    }

    private static String shown(String line) {
        String cut =
                line.length() > MAX_LINE_LENGTH ? line.substring(0, MAX_LINE_LENGTH) + "…" : line;
        return Hidden.marked(cut);
    }

    private static String size(int bytes) {
        if (bytes < 1_024) {
            return bytes + " bytes";
        }
        int tenths = bytes * 10 / 1_024;
        return tenths < 1_000 ? tenths / 10 + "." + tenths % 10 + " KB" : bytes / 1_024 + " KB";
    }
}
