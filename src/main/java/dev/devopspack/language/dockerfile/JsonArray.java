package dev.devopspack.language.dockerfile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A JSON array of texts, which is how instructions name programs without a shell.
final class JsonArray {

    /// @param offset where the text's quote stands
    record Item(String text, int offset) {}

    private final String line;
    private int at;

    private JsonArray(String line, int at) {
        this.line = line;
        this.at = at;
    }

    /// @return null where what stands at the offset, up to the end, is no array of texts
    static @Nullable List<Item> read(String line, int from) {
        return new JsonArray(line, from).items();
    }

    private @Nullable List<Item> items() {
        List<Item> items = new ArrayList<>();
        if (!next('[')) {
            return null;
        }
        if (next(']')) {
            return ended() ? items : null;
        }
        do {
            skipBlanks();
            int start = at;
            String text = text();
            if (text == null) {
                return null;
            }
            items.add(new Item(text, start));
        } while (next(','));
        return next(']') && ended() ? items : null;
    }

    private boolean ended() {
        skipBlanks();
        return at == line.length();
    }

    private @Nullable String text() {
        if (!next('"')) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c == '"') {
                return text.toString();
            }
            if (c != '\\') {
                text.append(c);
            } else if (!escaped(text)) {
                return null;
            }
        }
        return null;
    }

    private boolean escaped(StringBuilder text) {
        if (at >= line.length()) {
            return false;
        }
        char c = line.charAt(at++);
        switch (c) {
            case '"', '\\', '/' -> text.append(c);
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'u' -> {
                int code = hex();
                if (code < 0) {
                    return false;
                }
                text.append((char) code);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private int hex() {
        if (at + 4 > line.length()) {
            return -1;
        }
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(line.charAt(at++), 16);
            if (digit < 0) {
                return -1;
            }
            code = code * 16 + digit;
        }
        return code;
    }

    private boolean next(char c) {
        skipBlanks();
        if (at < line.length() && line.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void skipBlanks() {
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
    }
}
