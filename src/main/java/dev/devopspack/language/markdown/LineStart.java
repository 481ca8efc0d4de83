package dev.devopspack.language.markdown;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What at the start of a line would begin a list, a heading or a quotation is a text here.
final class LineStart {

    private static final Pattern MARK = Pattern.compile("[-+=>#]|\\d{1,9}(?=[.)])");

    private LineStart() {}

    static String escaped(String line) {
        Matcher mark = MARK.matcher(line);
        if (!mark.lookingAt()) {
            return line;
        }
        return Character.isDigit(line.charAt(0))
                ? mark.group() + "\\" + line.substring(mark.end())
                : "\\" + line;
    }
}
