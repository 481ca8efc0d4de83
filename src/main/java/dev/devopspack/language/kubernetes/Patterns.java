package dev.devopspack.language.kubernetes;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Regular expressions that somebody else wrote, with what they cost. For one thread.
public final class Patterns {

    /// Real patterns with their counts written out, such as those of host names, are below it.
    static final long MAX_SIZE = 1_000_000;

    /// Longer texts are files inside of a field, for which nobody writes patterns.
    private static final int MAX_MATCHED = 4_096;

    /// A matcher looks at about so many pairs of a pattern's and a text's characters in the time of
    /// one step.
    private static final int CHARACTERS_OF_A_STEP = 1_000;

    private final long largest;
    private final Map<String, Optional<Pattern>> compiled = new HashMap<>();

    /// @param largest size of a pattern once its counts are written out
    public Patterns(long largest) {
        this.largest = largest;
    }

    /// What a match costs in steps.
    ///
    /// @return empty where it is more than is done
    public OptionalInt cost(String pattern, String text) {
        long size = size(pattern);
        return size > largest || text.length() > MAX_MATCHED
                ? OptionalInt.empty()
                : OptionalInt.of((int) (size * (text.length() + 1) / CHARACTERS_OF_A_STEP));
    }

    /// Whether the pattern matches a part of the text.
    ///
    /// @return empty where it is none of this kind of regular expressions
    public Optional<Boolean> isIn(String pattern, String text) {
        return compiled.computeIfAbsent(pattern, Patterns::compiled)
                .map(each -> each.matcher(text).find());
    }

    private static Optional<Pattern> compiled(String pattern) {
        try {
            return Optional.of(Pattern.compile(pattern));
        } catch (PatternSyntaxException _) {
            return Optional.empty();
        }
    }

    /// How large the pattern is once its counts are written out, at most: `(a{9}){9}` is 81 times
    /// as large. Of the two numbers of a count, as in `a{2,9}` and `a{9,}`, the larger one tells.
    private long size(String pattern) {
        long size = pattern.length();
        long count = 1;
        long number = 0;
        for (int i = 0; i < pattern.length() && size <= largest; i++) {
            char c = pattern.charAt(i);
            if (c >= '0' && c <= '9') {
                number = Math.min(number * 10 + (c - '0'), MAX_SIZE);
                continue;
            }
            count = c == '{' ? 1 : Math.max(count, number);
            size *= c == '}' ? count : 1;
            number = 0;
        }
        return size;
    }
}
