package dev.devopspack.language.markdown;

import java.util.ArrayList;
import java.util.List;

/// A sentence of our own with marks, and values from outside that stay texts.
///
/// In the sentence `` `code` `` and `**strong**` are marks and `{}` is the place of the next value.
/// The sentence is read before any value is put in, so a value cannot hold a mark.
public final class Prose {

    private Prose() {}

    /// Reads the marks and puts the values in.
    ///
    /// @param sentence a constant of the program
    /// @param values texts, or pieces that are taken as they are
    public static List<Inline> of(String sentence, Object... values) {
        Reading reading = new Reading(sentence, values);
        List<Inline> content = reading.until("");
        if (reading.used != values.length) {
            throw new IllegalArgumentException("the sentence has no place for every value");
        }
        return content;
    }

    private static final class Reading {

        private final String text;
        private final Object[] values;
        private int at;
        private int used;

        Reading(String text, Object[] values) {
            this.text = text;
            this.values = values;
        }

        List<Inline> until(String end) {
            List<Inline> content = new ArrayList<>();
            StringBuilder plain = new StringBuilder();
            while (at < text.length() && (end.isEmpty() || !text.startsWith(end, at))) {
                if (text.startsWith("{}", at)) {
                    flush(plain, content);
                    at += 2;
                    content.add(value());
                } else if (text.charAt(at) == '`') {
                    flush(plain, content);
                    at++;
                    content.add(code());
                } else if (text.startsWith("**", at)) {
                    flush(plain, content);
                    at += 2;
                    content.add(new Inline.Strong(until("**")));
                } else {
                    plain.append(text.charAt(at++));
                }
            }
            if (!end.isEmpty() && at == text.length()) {
                throw new IllegalArgumentException("a mark is not closed in: " + text);
            }
            at += end.length();
            flush(plain, content);
            return content;
        }

        private static void flush(StringBuilder plain, List<Inline> content) {
            if (!plain.isEmpty()) {
                content.add(new Inline.Text(plain.toString()));
                plain.setLength(0);
            }
        }

        private Inline code() {
            int close = text.indexOf('`', at);
            if (close < 0) {
                throw new IllegalArgumentException("a mark is not closed in: " + text);
            }
            StringBuilder code = new StringBuilder();
            while (at < close) {
                if (text.startsWith("{}", at)) {
                    at += 2;
                    code.append(value().plain());
                } else {
                    code.append(text.charAt(at++));
                }
            }
            at++;
            return new Inline.Code(code.toString());
        }

        private Inline value() {
            if (used == values.length) {
                throw new IllegalArgumentException("the sentence has more places than values");
            }
            Object value = values[used++];
            return value instanceof Inline inline ? inline : new Inline.Text(value.toString());
        }
    }
}
