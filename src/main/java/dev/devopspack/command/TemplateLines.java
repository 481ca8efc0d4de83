package dev.devopspack.command;

import java.util.List;

/// Which line of a template made a line of what came of it. A template tells nobody, so it is found
/// by what both share: the same text, or the text around what was filled in, in the same order.
/// Where nothing is shared it is the line before.
final class TemplateLines {

    /// A second's work: templates and what comes of them have some hundred lines.
    private static final long MAX_LOOKS = 20_000_000;

    private final int[] lines;
    private final List<String> template;
    private final List<String> made;

    private TemplateLines(List<String> template, List<String> made) {
        this.template = template;
        this.made = made;
        this.lines = new int[made.size()];
        boolean few = (long) template.size() * made.size() <= MAX_LOOKS;
        int last = 0;
        for (int i = 0; i < lines.length; i++) {
            String text = made.get(i).strip();
            int found = few && !text.isEmpty() ? find(text, last) : -1;
            last = found < 0 ? last : found;
            lines[i] = last;
        }
    }

    static TemplateLines of(String template, String made) {
        return new TemplateLines(template.lines().toList(), made.lines().toList());
    }

    /// @param line of what was made, from 1
    /// @return the template's line, from 1
    int line(int line) {
        return line < 1 || line > lines.length ? Math.max(line, 0) : lines[line - 1] + 1;
    }

    /// The same column where the line was taken as it is, else where the template's line begins.
    int column(int line, int column) {
        if (line < 1 || line > lines.length || template.isEmpty()) {
            return column;
        }
        String text = template.get(lines[line - 1]);
        return text.equals(made.get(line - 1))
                ? column
                : text.length() - text.stripLeading().length() + 1;
    }

    /// After the last line that was found, or, where the template repeats a part, before it.
    private int find(String text, int last) {
        for (int i = last; i < template.size(); i++) {
            if (makes(template.get(i).strip(), text)) {
                return i;
            }
        }
        for (int i = 0; i < last; i++) {
            if (makes(template.get(i).strip(), text)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean makes(String line, String text) {
        int begin = line.indexOf("{{");
        if (begin < 0) {
            return line.equals(text);
        }
        String before = line.substring(0, begin);
        int end = line.lastIndexOf("}}");
        String after = end < begin ? "" : line.substring(end + 2);
        return !before.isBlank()
                && text.length() >= before.length() + after.length()
                && text.startsWith(before)
                && text.endsWith(after);
    }
}
