package dev.devopspack.language.kubernetes;

import dev.devopspack.language.CelWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How the rules in CEL of a definition name fields: those that are no names in CEL are written in
/// another way.
final class RuleNames {

    private RuleNames() {}

    /// The name of a field: `a-b` is `a__dash__b`.
    ///
    /// @return empty where rules cannot name it
    static Optional<String> of(String key) {
        if (CelWords.MEANING.contains(key) || CelWords.KEPT.contains(key)) {
            return Optional.of("__" + key + "__");
        }
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c == '_' && key.startsWith("__", i)) {
                name.append("__underscores__");
                i++;
            } else if (isPart(c) && (i > 0 || c < '0' || c > '9')) {
                name.append(c);
            } else {
                switch (c) {
                    case '.' -> name.append("__dot__");
                    case '-' -> name.append("__dash__");
                    case '/' -> name.append("__slash__");
                    default -> {
                        return Optional.empty();
                    }
                }
            }
        }
        return Optional.of(name.toString()).filter(each -> !each.isEmpty());
    }

    /// Whether a word stands in an expression.
    static boolean mentions(String expression, String word) {
        for (int at = expression.indexOf(word); at >= 0; at = expression.indexOf(word, at + 1)) {
            int end = at + word.length();
            boolean alone =
                    (at == 0 || !isPart(expression.charAt(at - 1)))
                            && (end == expression.length() || !isPart(expression.charAt(end)));
            if (alone) {
                return true;
            }
        }
        return false;
    }

    /// The keys of a path such as `.spec.ports` or `.spec['a-b']`; as far as it is one.
    static List<String> path(String text) {
        List<String> keys = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            boolean quoted = text.startsWith("['", at);
            if (!quoted && text.charAt(at) != '.') {
                break;
            }
            int from = at + (quoted ? 2 : 1);
            int end = quoted ? text.indexOf("']", from) : endOfName(text, from);
            if (end < 0) {
                break;
            }
            keys.add(text.substring(from, end));
            at = quoted ? end + 2 : end;
        }
        return keys;
    }

    private static int endOfName(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
            end++;
        }
        return end;
    }

    private static boolean isPart(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_';
    }
}
