package dev.devopspack.language.hcl.function;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.ObjectValue;
import dev.devopspack.language.hcl.value.Value.Str;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Regular expressions, in time linear to the text whatever the pattern.
final class RegexFunctions {

    /// Characters of a pattern: the time to match grows with it.
    private static final int PATTERN_CHARS = 2000;

    /// Product of all counts such as `{8}`: the pattern is written out that often.
    private static final int REPEATS = 20_000;

    private static final Pattern COUNT = Pattern.compile("\\{([0-9]{1,9})(?:,([0-9]{0,9}))?\\}");

    private RegexFunctions() {}

    static void addTo(Registry all) {
        all.whole("regex", 2, RegexFunctions::regex);
        all.whole("regexall", 2, RegexFunctions::all);
        all.whole("replace", 3, RegexFunctions::replace);
    }

    private static Pattern pattern(Arguments arguments, String text) {
        if (text.length() > PATTERN_CHARS) {
            throw arguments.problem(
                    "the pattern has more than " + PATTERN_CHARS + " characters", "Shorten it");
        }
        if (repeats(text) > REPEATS) {
            throw arguments.problem(
                    "the pattern repeats more than " + REPEATS + " times", "Use smaller counts");
        }
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException notAPattern) {
            throw arguments.problem(
                    "the pattern cannot be read: " + notAPattern.getDescription(),
                    "Write it in the syntax of RE2");
        }
    }

    private static long repeats(String pattern) {
        long product = 1;
        Matcher counts = COUNT.matcher(pattern);
        while (counts.find() && product <= REPEATS) {
            String most = counts.group(2);
            String count = most == null || most.isEmpty() ? counts.group(1) : most;
            product *= Math.max(1, Long.parseLong(count));
        }
        return product;
    }

    /// Steps to match a text against a pattern.
    private static long cost(String pattern, String text) {
        return 1L + text.length() * (1L + pattern.length() / 20 + repeats(pattern) / 20);
    }

    private static Value regex(Arguments arguments) {
        Matcher matcher = matcher(arguments);
        if (!matcher.find()) {
            throw arguments.problem(
                    "the pattern does not match", "Use regexall, or try, where it may not match");
        }
        return captured(arguments, matcher);
    }

    private static Matcher matcher(Arguments arguments) {
        String text = arguments.text(1);
        Pattern pattern = pattern(arguments, arguments.text(0));
        arguments.budget().charge(cost(arguments.text(0), text));
        return pattern.matcher(text);
    }

    private static Value all(Arguments arguments) {
        Matcher matcher = matcher(arguments);
        List<Value> found = new ArrayList<>();
        while (matcher.find()) {
            arguments.budget().charge(1);
            found.add(captured(arguments, matcher));
        }
        return Value.list(found);
    }

    /// The whole match, a list of its groups, or an object of its named groups.
    private static Value captured(Arguments arguments, Matcher matcher) {
        Map<String, Integer> names = matcher.pattern().namedGroups();
        if (matcher.groupCount() == 0) {
            return new Str(matcher.group());
        }
        if (names.isEmpty()) {
            List<Value> groups = new ArrayList<>();
            for (int i = 1; i <= matcher.groupCount(); i++) {
                groups.add(group(matcher.group(i)));
            }
            return Value.list(groups);
        }
        if (names.size() != matcher.groupCount()) {
            throw arguments.problem(
                    "the pattern has groups with and without names", "Name all of them or none");
        }
        Map<String, Value> groups = new TreeMap<>();
        names.forEach((name, index) -> groups.put(name, group(matcher.group(index))));
        return new ObjectValue(groups, null);
    }

    private static Value group(@Nullable String text) {
        return text == null ? Value.Null.VALUE : new Str(text);
    }

    private static Value replace(Arguments arguments) {
        String text = arguments.text(0);
        String wanted = arguments.text(1);
        String replacement = arguments.text(2);
        boolean regex = wanted.length() > 1 && wanted.startsWith("/") && wanted.endsWith("/");
        if (regex) {
            return new Str(
                    replaced(
                            arguments,
                            wanted.substring(1, wanted.length() - 1),
                            text,
                            replacement));
        }
        long grown = (long) text.length();
        if (replacement.length() > wanted.length()) {
            grown += (text.length() / Math.max(1L, wanted.length()) + 1) * replacement.length();
        }
        arguments.budget().chargeText(grown);
        return new Str(text.replace(wanted, replacement));
    }

    private static String replaced(
            Arguments arguments, String pattern, String text, String replacement) {
        Matcher matcher = pattern(arguments, pattern).matcher(text);
        arguments.budget().charge(cost(pattern, text));
        StringBuilder result = new StringBuilder();
        int from = 0;
        while (matcher.find()) {
            result.append(text, from, matcher.start());
            expand(matcher, replacement, result);
            arguments.budget().chargeText(result.length());
            from = matcher.end();
        }
        return result.append(text, from, text.length()).toString();
    }

    /// `$1`, `$name`, `${name}` and `$$`, where a name is as long as it can be.
    private static void expand(Matcher matcher, String replacement, StringBuilder result) {
        int at = 0;
        while (at < replacement.length()) {
            char c = replacement.charAt(at++);
            if (c != '$' || at >= replacement.length()) {
                result.append(c);
                continue;
            }
            if (replacement.charAt(at) == '$') {
                result.append('$');
                at++;
                continue;
            }
            boolean braced = replacement.charAt(at) == '{';
            int start = braced ? at + 1 : at;
            int end = start;
            while (end < replacement.length() && isNamePart(replacement.charAt(end))) {
                end++;
            }
            boolean closed =
                    !braced || (end < replacement.length() && replacement.charAt(end) == '}');
            if (end == start || !closed) {
                result.append('$');
                continue;
            }
            result.append(groupOf(matcher, replacement.substring(start, end)));
            at = braced ? end + 1 : end;
        }
    }

    private static boolean isNamePart(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    private static String groupOf(Matcher matcher, String name) {
        Integer index = matcher.pattern().namedGroups().get(name);
        if (index == null
                && name.length() < 5
                && name.chars().allMatch(c -> c >= '0' && c <= '9')) {
            index = Integer.valueOf(name);
        }
        String group = index != null && index <= matcher.groupCount() ? matcher.group(index) : null;
        return group == null ? "" : group;
    }
}
