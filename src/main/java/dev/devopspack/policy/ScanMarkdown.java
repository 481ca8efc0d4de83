package dev.devopspack.policy;

import dev.devopspack.change.Hidden;
import java.util.List;

/// A scan as Markdown, for a comment on a pull request.
public final class ScanMarkdown {

    /// A comment that nobody reads to its end helps nobody; code hosts cut them at 65,536 bytes.
    private static final int MAX_ROWS = 100;

    private ScanMarkdown() {}

    public static String of(ScanResult result) {
        List<Finding> open = result.open();
        StringBuilder out = new StringBuilder("## DevOps Pack\n\n");
        out.append(ScanText.counted(open.size(), "finding"))
                .append(" in ")
                .append(ScanText.counted(result.resources(), "resource"))
                .append(" of ")
                .append(ScanText.counted(result.files(), "file"))
                .append(", ")
                .append(result.unknowns().size())
                .append(" unknown.");
        result.kubernetes()
                .ifPresent(version ->
                        out.append(" Manifests for Kubernetes ")
                                .append(version.text())
                                .append('.'));
        if (!result.complete()) {
            out.append(" **Not everything could be read or judged.**");
        }
        out.append("\n");
        if (!open.isEmpty()) {
            out.append("\n| severity | rule | where | what | mend |\n|---|---|---|---|---|\n");
            open.stream().limit(MAX_ROWS).forEach(finding -> row(out, finding));
        }
        if (open.size() > MAX_ROWS) {
            out.append("\n").append(open.size() - MAX_ROWS).append(" more are not listed.\n");
        }
        result.unreadable().forEach(each -> out.append("\n- ").append(cell(each.text())));
        result.errors().forEach(each -> out.append("\n- ").append(cell(each.text())));
        return out.toString().stripTrailing();
    }

    private static void row(StringBuilder out, Finding finding) {
        out.append("| ")
                .append(finding.severity().label())
                .append(" | ")
                .append(cell(finding.rule()))
                .append(" | ")
                .append(cell(finding.file() + ":" + finding.line()))
                .append(" | ")
                .append(cell(finding.message()))
                .append(" | ")
                .append(cell(finding.mend()))
                .append(" |\n");
    }

    /// What stands in files can be anything: nothing of it may be markup, a mention or a link.
    private static String cell(String text) {
        StringBuilder out = new StringBuilder();
        Hidden.marked(text)
                .codePoints()
                .forEach(c -> {
                    if (c < ' ') {
                        out.append(' ');
                    } else if (c < 0x80 && "\\`*_{}[]<>()#+!|~@&".indexOf(c) >= 0) {
                        out.append("&#").append(c).append(';');
                    } else {
                        out.appendCodePoint(c);
                    }
                });
        return out.toString();
    }
}
