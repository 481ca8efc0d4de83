package dev.devopspack.change;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The canonical JSON form (RFC 8785) of our own small documents: what is hashed and signed.
///
/// Only objects, lists, strings, booleans and integers up to 2^53 − 1 can be written, strings in
/// NFC without lone surrogates, so that every implementation of RFC 8785 gives the same bytes.
/// Foreign JSON is never canonicalised: it is hashed as the bytes it came as.
public final class Canonical {

    /// The largest integer that every JSON reader keeps exactly (RFC 7493).
    private static final long MAX_INTEGER = (1L << 53) - 1;

    /// Our documents nest four or five levels; a deeper one is a mistake of the program.
    private static final int MAX_DEPTH = 32;

    private Canonical() {}

    public static byte[] bytes(Map<String, ?> document) {
        return text(document).getBytes(StandardCharsets.UTF_8);
    }

    public static String text(Map<String, ?> document) {
        StringBuilder out = new StringBuilder();
        write(document, out, 0);
        return out.toString();
    }

    public static Digest digest(Map<String, ?> document) {
        return Digest.of(bytes(document));
    }

    private static void write(Object value, StringBuilder out, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("the document nests deeper than " + MAX_DEPTH);
        }
        switch (value) {
            case Map<?, ?> map -> writeObject(map, out, depth);
            case List<?> list -> writeList(list, out, depth);
            case String text -> writeString(text, out);
            case Boolean flag -> out.append(flag.booleanValue());
            case Integer number -> out.append(number.intValue());
            case Long number -> out.append(checked(number));
            case BigInteger number -> out.append(checked(number.longValueExact()));
            default ->
                    throw new IllegalArgumentException(
                            "a canonical document holds no " + value.getClass().getSimpleName());
        }
    }

    private static void writeObject(Map<?, ?> map, StringBuilder out, int depth) {
        // String.compareTo orders by UTF-16 code units, which is what RFC 8785 asks for.
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put((String) key, value));
        out.append('{');
        boolean first = true;
        for (Map.Entry<String, Object> entry : sorted.entrySet()) {
            if (!first) {
                out.append(',');
            }
            first = false;
            writeString(entry.getKey(), out);
            out.append(':');
            write(entry.getValue(), out, depth + 1);
        }
        out.append('}');
    }

    private static void writeList(List<?> list, StringBuilder out, int depth) {
        out.append('[');
        for (int i = 0; i < list.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            write(list.get(i), out, depth + 1);
        }
        out.append(']');
    }

    private static void writeString(String text, StringBuilder out) {
        if (!Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
            throw new IllegalArgumentException("a string is not in Unicode normal form C");
        }
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else if (isLoneSurrogate(text, i)) {
                        throw new IllegalArgumentException("a string holds half a character");
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean isLoneSurrogate(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c)
                && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }

    private static long checked(long number) {
        if (number > MAX_INTEGER || number < -MAX_INTEGER) {
            throw new IllegalArgumentException(number + " is not exact in every JSON reader");
        }
        return number;
    }
}
