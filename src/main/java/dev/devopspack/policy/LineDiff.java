package dev.devopspack.policy;

import java.util.ArrayList;
import java.util.List;

/// The difference of two texts by lines, as `diff -u` and `git apply` write and read it.
public final class LineDiff {

    private static final int CONTEXT = 3;

    /// Texts that differ in more places than this are shown as one large change: comparing every
    /// line with every other takes too long.
    private static final long MAX_CELLS = 25_000_000;

    private final List<String> before;
    private final List<String> after;
    private final List<Step> steps = new ArrayList<>();

    private LineDiff(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
    }

    /// @param kind `' '`, `'-'` or `'+'`
    /// @param old how many lines of the old text stand before it
    private record Step(char kind, String line, int old, int fresh) {}

    /// @return empty where the texts are the same
    public static String of(String name, String before, String after) {
        if (before.equals(after)) {
            return "";
        }
        LineDiff diff = new LineDiff(lines(before), lines(after));
        diff.compare();
        StringBuilder out = new StringBuilder("--- a/").append(name).append('\n');
        out.append("+++ b/").append(name).append('\n');
        diff.hunks(out);
        return out.toString();
    }

    /// Lines with their ends, so that a missing end of the last line is a difference.
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            int next = end < 0 ? text.length() : end + 1;
            lines.add(text.substring(from, next));
            from = next;
        }
        return lines;
    }

    private void compare() {
        int start = 0;
        int common = Math.min(before.size(), after.size());
        while (start < common && before.get(start).equals(after.get(start))) {
            start++;
        }
        int tail = 0;
        while (tail < common - start
                && before.get(before.size() - 1 - tail)
                        .equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        for (int i = 0; i < start; i++) {
            steps.add(new Step(' ', before.get(i), i, i));
        }
        middle(start, before.size() - tail, after.size() - tail);
        for (int i = tail; i > 0; i--) {
            int old = before.size() - i;
            steps.add(new Step(' ', before.get(old), old, after.size() - i));
        }
    }

    private void middle(int start, int beforeEnd, int afterEnd) {
        int height = beforeEnd - start;
        int width = afterEnd - start;
        int i = 0;
        int j = 0;
        if ((long) height * width <= MAX_CELLS) {
            int[][] longest = longest(start, height, width);
            while (i < height && j < width) {
                if (before.get(start + i).equals(after.get(start + j))) {
                    steps.add(new Step(' ', before.get(start + i), start + i, start + j));
                    i++;
                    j++;
                } else if (longest[i + 1][j] >= longest[i][j + 1]) {
                    steps.add(new Step('-', before.get(start + i), start + i, start + j));
                    i++;
                } else {
                    steps.add(new Step('+', after.get(start + j), start + i, start + j));
                    j++;
                }
            }
        }
        for (; i < height; i++) {
            steps.add(new Step('-', before.get(start + i), start + i, start + j));
        }
        for (; j < width; j++) {
            steps.add(new Step('+', after.get(start + j), start + i, start + j));
        }
    }

    /// For each pair of places how many lines the rest has in common.
    private int[][] longest(int start, int height, int width) {
        int[][] longest = new int[height + 1][width + 1];
        for (int i = height - 1; i >= 0; i--) {
            for (int j = width - 1; j >= 0; j--) {
                longest[i][j] =
                        before.get(start + i).equals(after.get(start + j))
                                ? longest[i + 1][j + 1] + 1
                                : Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        return longest;
    }

    private void hunks(StringBuilder out) {
        int at = 0;
        while (at < steps.size()) {
            int change = nextChange(at);
            if (change == steps.size()) {
                return;
            }
            int from = Math.max(at, change - CONTEXT);
            int to = change;
            int next = change;
            while (next < steps.size() && next - to <= 2 * CONTEXT) {
                to = next + 1;
                next = nextChange(to);
            }
            to = Math.min(to + CONTEXT, steps.size());
            hunk(out, steps.subList(from, to));
            at = to;
        }
    }

    private int nextChange(int from) {
        int at = from;
        while (at < steps.size() && steps.get(at).kind() == ' ') {
            at++;
        }
        return at;
    }

    private static void hunk(StringBuilder out, List<Step> hunk) {
        long old = hunk.stream().filter(step -> step.kind() != '+').count();
        long fresh = hunk.stream().filter(step -> step.kind() != '-').count();
        Step first = hunk.getFirst();
        out.append("@@ -")
                .append(old == 0 ? first.old() : first.old() + 1)
                .append(',')
                .append(old)
                .append(" +")
                .append(fresh == 0 ? first.fresh() : first.fresh() + 1)
                .append(',')
                .append(fresh)
                .append(" @@\n");
        for (Step step : hunk) {
            out.append(step.kind()).append(step.line());
            if (!step.line().endsWith("\n")) {
                out.append("\n\\ No newline at end of file\n");
            }
        }
    }
}
