package dev.devopspack.specialist;

import dev.devopspack.change.Hidden;

/// Places in a task, as JSON pointers (RFC 6901).
public final class Pointer {

    /// A pointer is shown to people; a name longer than this only hides what it points at.
    private static final int LONGEST_NAME = 80;

    private Pointer() {}

    public static String child(String parent, String name) {
        return parent + "/" + shown(name).replace("~", "~0").replace("/", "~1");
    }

    public static String item(String parent, int index) {
        return parent + "/" + index;
    }

    /// A text from outside as it may stand in a message: cut short, invisible characters as marks.
    public static String shown(String text) {
        if (text.codePointCount(0, text.length()) <= LONGEST_NAME) {
            return Hidden.marked(text).replace("\n", "‹U+000A›").replace("\t", "‹U+0009›");
        }
        return shown(text.substring(0, text.offsetByCodePoints(0, LONGEST_NAME - 1))) + "…";
    }
}
