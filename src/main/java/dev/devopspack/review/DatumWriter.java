package dev.devopspack.review;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Writes JSON in one form of our own, which keeps what RFC 8785 would lose of foreign JSON.
///
/// No spaces; names sorted by UTF-16 code units; numbers as they were written; in strings only `"`,
/// `\`, controls below U+0020 and halves of surrogate pairs are escaped, the last two with four
/// lower-case hexadecimal digits. No Unicode normalisation: what differs stays different.
final class DatumWriter {

    private DatumWriter() {}

    static String write(Datum value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(Datum value, StringBuilder out) {
        switch (value) {
            case Datum.Text text -> writeText(text.value(), out);
            case Datum.Number number -> out.append(number.source());
            case Datum.Flag flag -> out.append(flag.value());
            case Datum.Nothing _ -> out.append("null");
            case Datum.Unknown unknown -> writeText(Marks.of(unknown), out);
            case Datum.Masked masked -> writeText(Marks.of(masked), out);
            case Datum.Items items -> writeItems(items.list(), out);
            case Datum.Members members -> writeMembers(members.map(), out);
        }
    }

    private static void writeItems(List<Datum> items, StringBuilder out) {
        out.append('[');
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            write(items.get(i), out);
        }
        out.append(']');
    }

    private static void writeMembers(Map<String, Datum> members, StringBuilder out) {
        out.append('{');
        boolean first = true;
        for (Map.Entry<String, Datum> member : members.entrySet()) {
            if (!first) {
                out.append(',');
            }
            first = false;
            writeText(member.getKey(), out);
            out.append(':');
            write(member.getValue(), out);
        }
        out.append('}');
    }

    private static void writeText(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || isHalf(text, i)) {
                out.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static boolean isHalf(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c)
                && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
