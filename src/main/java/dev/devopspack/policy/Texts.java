package dev.devopspack.policy;

import com.google.re2j.Pattern;
import dev.cel.runtime.CelUnknownSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What rules ask about texts. Terraform makes a text of a number or a Boolean where one is wanted,
/// and so do these; of what is no text, nothing holds. Of a text that is known in part, what the
/// known parts decide is decided.
final class Texts {

    /// Enough for any pattern a person can read; a counted repetition of repetitions exceeds it.
    private static final int MAX_REGEX_SIZE = 2_000;

    /// Rules have a few hundred patterns; a rule that makes new ones all the time gains nothing.
    private static final int MAX_KEPT = 4_000;

    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private Texts() {}

    private interface Question {
        boolean about(String text, String part);
    }

    private interface PartialQuestion {
        /// Null where the known parts do not tell.
        @Nullable Boolean about(String partial, String part);
    }

    static Object matches(@Nullable Object value, @Nullable Object regex) {
        return ask(
                value,
                regex,
                (text, pattern) -> compiled(pattern).matcher(text).find(),
                (partial, pattern) -> null);
    }

    static Object startsWith(@Nullable Object value, @Nullable Object start) {
        return ask(value, start, String::startsWith, Texts::startsSo);
    }

    static Object endsWith(@Nullable Object value, @Nullable Object end) {
        return ask(value, end, String::endsWith, Texts::endsSo);
    }

    static Object contains(@Nullable Object value, @Nullable Object part) {
        return ask(value, part, String::contains, Texts::holds);
    }

    private static @Nullable Boolean startsSo(String partial, String start) {
        String head = partial.substring(0, partial.indexOf(TerraformValues.STAND_IN));
        return head.length() < start.length() && start.startsWith(head)
                ? null
                : (Boolean) head.startsWith(start);
    }

    private static @Nullable Boolean endsSo(String partial, String end) {
        String tail = partial.substring(partial.lastIndexOf(TerraformValues.STAND_IN) + 1);
        return tail.length() < end.length() && end.endsWith(tail)
                ? null
                : (Boolean) tail.endsWith(end);
    }

    private static @Nullable Boolean holds(String partial, String part) {
        return partial.contains(part) ? Boolean.TRUE : null;
    }

    private static Object ask(
            @Nullable Object value,
            @Nullable Object part,
            Question question,
            PartialQuestion ofParts) {
        if (value instanceof CelUnknownSet unknown) {
            String partial = Unknowns.partialText(unknown);
            Boolean decided =
                    partial != null && part instanceof String text && !text.isEmpty()
                            ? ofParts.about(partial, text)
                            : null;
            return decided == null ? value : decided;
        }
        if (part instanceof CelUnknownSet) {
            return part;
        }
        return isText(value)
                && isText(part)
                && question.about(String.valueOf(value), String.valueOf(part));
    }

    private static boolean isText(@Nullable Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean;
    }

    private static Pattern compiled(String regex) {
        Pattern kept = PATTERNS.get(regex);
        if (kept != null) {
            return kept;
        }
        Pattern pattern = Pattern.compile(regex);
        if (pattern.programSize() > MAX_REGEX_SIZE) {
            throw new IllegalArgumentException("the pattern is too large");
        }
        if (PATTERNS.size() < MAX_KEPT) {
            PATTERNS.put(regex, pattern);
        }
        return pattern;
    }
}
