package dev.devopspack.web;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;

/// What changed between two texts, line by line, with some lines around it.
final class LineDifference {

    /// Enough around a change to know where it is.
    private static final int AROUND = 3;

    /// Comparing costs the product of what differs; longer files are compared with their own tools.
    private static final int MAX_LINES = 4_000;

    /// More changed lines are no review but another file.
    private static final int MAX_ROWS = 400;

    private LineDifference() {}

    /// @param sign `+`, `-`, a space, or `…` where lines are left out
    /// @param tone a class of the style sheet
    record Row(String sign, String text, String tone) {}

    static List<Row> of(List<String> before, List<String> after) {
        if (before.size() > MAX_LINES || after.size() > MAX_LINES) {
            return List.of(new Row("…", "The file is too long to be compared here.", "left-out"));
        }
        List<Row> rows = new ArrayList<>();
        int shown = 0;
        for (AbstractDelta<String> delta : DiffUtils.diff(before, after).getDeltas()) {
            int start = delta.getSource().getPosition();
            int context = Math.max(shown, start - AROUND);
            if (!rows.isEmpty()) {
                int tail = Math.min(shown + AROUND, context);
                same(rows, before, shown, tail);
                context = Math.max(context, tail);
                if (context > tail) {
                    rows.add(new Row("…", "", "left-out"));
                }
            }
            same(rows, before, context, start);
            delta.getSource().getLines().forEach(line -> rows.add(new Row("-", line, "gone")));
            delta.getTarget().getLines().forEach(line -> rows.add(new Row("+", line, "new")));
            shown = start + delta.getSource().size();
            if (rows.size() > MAX_ROWS) {
                rows.add(new Row("…", "More is changed than is shown here.", "left-out"));
                return rows;
            }
        }
        same(rows, before, shown, Math.min(before.size(), shown + AROUND));
        return rows;
    }

    private static void same(List<Row> rows, List<String> lines, int from, int to) {
        for (int i = from; i < to; i++) {
            rows.add(new Row(" ", lines.get(i), ""));
        }
    }
}
