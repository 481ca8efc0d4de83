package dev.devopspack.language.hcl.function;

import dev.devopspack.language.hcl.value.Conversions;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.ListValue;
import dev.devopspack.language.hcl.value.Value.Str;
import dev.devopspack.language.hcl.value.Value.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// Functions of text. Characters are what a reader sees as one, as in Terraform.
final class StringFunctions {

    private StringFunctions() {}

    static void addTo(Registry all) {
        all.whole("lower", 1, a -> new Str(each(a.text(0), Character::toLowerCase)));
        all.whole("upper", 1, a -> new Str(each(a.text(0), Character::toUpperCase)));
        all.whole("title", 1, a -> new Str(title(a.text(0))));
        all.whole("chomp", 1, a -> new Str(chomp(a.text(0))));
        all.whole("trimspace", 1, a -> new Str(Blanks.strip(a.text(0))));
        all.whole("trim", 2, a -> new Str(trim(a.text(0), a.text(1))));
        all.whole("trimprefix", 2, a -> new Str(withoutPrefix(a.text(0), a.text(1))));
        all.whole("trimsuffix", 2, a -> new Str(withoutSuffix(a.text(0), a.text(1))));
        all.whole("startswith", 2, a -> Value.of(a.text(0).startsWith(a.text(1))));
        all.whole("endswith", 2, a -> Value.of(a.text(0).endsWith(a.text(1))));
        all.whole("strcontains", 2, a -> Value.of(a.text(0).contains(a.text(1))));
        all.whole("strrev", 1, a -> new Str(reversed(a.text(0))));
        all.whole("substr", 3, StringFunctions::substring);
        all.whole("indent", 2, StringFunctions::indented);
        all.whole("split", 2, StringFunctions::split);
        all.shaped("join", 1, Function.ANY, StringFunctions::join);
        all.whole("basename", 1, a -> new Str(baseName(a.text(0))));
        all.whole("dirname", 1, a -> new Str(folderName(a.text(0))));
    }

    /// Character by character, so that a text keeps its length.
    private static String each(String text, IntUnaryOperator change) {
        return text.codePoints()
                .map(change)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String title(String text) {
        StringBuilder result = new StringBuilder(text.length());
        boolean starts = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            result.append(starts ? Character.toTitleCase(c) : c);
            starts = c < 128 ? !Character.isLetterOrDigit(c) && c != '_' : Blanks.isBlank(c);
        }
        return result.toString();
    }

    private static String chomp(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(0, end);
    }

    private static String trim(String text, String characters) {
        int start = 0;
        int end = text.length();
        while (start < end && characters.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && characters.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    private static String withoutPrefix(String text, String prefix) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private static String withoutSuffix(String text, String suffix) {
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }

    private static String reversed(String text) {
        return String.join("", Graphemes.of(text).reversed());
    }

    private static Value substring(Arguments arguments) {
        List<String> characters = Graphemes.of(arguments.text(0));
        int size = characters.size();
        int offset = arguments.integer(1);
        int length = arguments.integer(2);
        int start = Math.clamp(offset < 0 ? (long) offset + size : offset, 0, size);
        long end = length < 0 ? size : Math.min((long) start + length, size);
        return new Str(String.join("", characters.subList(start, (int) end)));
    }

    private static Value indented(Arguments arguments) {
        int spaces = arguments.integer(0);
        String text = arguments.text(1);
        if (spaces < 0) {
            throw arguments.problem("the number of spaces is negative", "Give it 0 or more");
        }
        long lines = text.chars().filter(c -> c == '\n').count();
        arguments.budget().chargeText(text.length() + lines * spaces);
        return new Str(text.replace("\n", "\n" + " ".repeat(lines == 0 ? 0 : spaces)));
    }

    private static Value split(Arguments arguments) {
        String separator = arguments.text(0);
        String text = arguments.text(1);
        if (separator.isEmpty()) {
            return Value.list(Graphemes.codePoints(text).stream().map(Str::new).toList());
        }
        List<Value> pieces = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
            pieces.add(new Str(text.substring(from, at)));
            from = at + separator.length();
        }
        pieces.add(new Str(text.substring(from)));
        return Value.list(pieces);
    }

    /// Known pieces of a text that is known in parts are kept.
    private static Value join(Arguments arguments) {
        String separator = arguments.text(0);
        List<Value> items = new ArrayList<>();
        for (int i = 1; i < arguments.count(); i++) {
            items.addAll(arguments.items(i));
        }
        List<Value> pieces = new ArrayList<>();
        List<Unknown> unknown = new ArrayList<>();
        long length = 0;
        for (Value item : items) {
            String text = Conversions.text(item).orElse("");
            if (item instanceof Unknown u) {
                unknown.add(u);
            } else if (Conversions.text(item).isEmpty()) {
                throw arguments.problem("an item is " + item.kind(), "Join strings");
            }
            length += text.length() + separator.length();
            arguments.budget().chargeText(length);
            if (!pieces.isEmpty()) {
                pieces.add(new Str(separator));
            }
            pieces.add(item instanceof Unknown ? item : new Str(text));
        }
        if (!unknown.isEmpty()) {
            return Unknown.from(unknown, new Value.Hint.Text(pieces));
        }
        StringBuilder joined = new StringBuilder();
        pieces.forEach(piece -> joined.append(Conversions.text(piece).orElse("")));
        return new Str(joined.toString());
    }

    private static String baseName(String path) {
        if (path.isEmpty()) {
            return ".";
        }
        String trimmed = withoutTrailingSlashes(path);
        return trimmed.isEmpty() ? "/" : trimmed.substring(trimmed.lastIndexOf('/') + 1);
    }

    private static String folderName(String path) {
        int slash = path.lastIndexOf('/');
        if (slash < 0) {
            return ".";
        }
        String folder = withoutTrailingSlashes(path.substring(0, slash + 1));
        return folder.isEmpty() ? "/" : folder;
    }

    private static String withoutTrailingSlashes(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    static ListValue texts(List<String> texts) {
        return Value.list(texts.stream().map(Str::new).toList());
    }
}
