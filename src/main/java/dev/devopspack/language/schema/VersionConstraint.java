package dev.devopspack.language.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A version constraint as Terraform writes it: `~> 6.9`, `>= 1.10, < 2.0.0`, `6.66.0`.
public final class VersionConstraint {
    /// Operator, then up to three numbers, then a pre-release. Every repetition is bounded.
    private static final Pattern TERM =
            Pattern.compile(
                    "\\s{0,8}(=|!=|>=|<=|>|<|~>)?\\s{0,8}v?(\\d{1,6})(?:\\.(\\d{1,6}))?(?:\\.(\\d{1,6}))?(-[0-9A-Za-z.-]{1,40})?\\s{0,8}");

    private static final Pattern VERSION =
            Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6}).{0,40}");

    /// More terms than any constraint has.
    private static final int MAX_TERMS = 20;

    private final List<Term> terms;

    /// One comparison.
    ///
    /// @param numbers one to three, as many as were written
    private record Term(String operator, List<Integer> numbers) {
        boolean admits(List<Integer> version) {
            int order = compare(version, padded(numbers));
            return switch (operator) {
                case "=" -> order == 0;
                case "!=" -> order != 0;
                case ">" -> order > 0;
                case ">=" -> order >= 0;
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                default ->
                        order >= 0
                                && version.subList(0, fixed()).equals(numbers.subList(0, fixed()));
            };
        }

        /// `~> 6.9` lets the second number grow: the first is fixed. `~> 6` lets every later one
        /// in.
        private int fixed() {
            return numbers.size() - 1;
        }

        boolean bounds() {
            return switch (operator) {
                case "=", "<", "<=" -> true;
                case "~>" -> numbers.size() > 1;
                default -> false;
            };
        }
    }

    private VersionConstraint(List<Term> terms) {
        this.terms = terms;
    }

    /// @return nothing if it is not a constraint
    public static Optional<VersionConstraint> parse(String text) {
        String[] written = text.split(",", MAX_TERMS + 1);
        List<Term> terms = new ArrayList<>();
        for (String term : written) {
            Matcher matcher = TERM.matcher(term);
            if (written.length > MAX_TERMS || !matcher.matches()) {
                return Optional.empty();
            }
            List<Integer> numbers = new ArrayList<>();
            for (int group = 2; group <= 4 && matcher.group(group) != null; group++) {
                numbers.add(Integer.parseInt(matcher.group(group)));
            }
            String operator = matcher.group(1) == null ? "=" : matcher.group(1);
            terms.add(new Term(operator, List.copyOf(numbers)));
        }
        return Optional.of(new VersionConstraint(List.copyOf(terms)));
    }

    /// @param version three numbers; what follows them is not looked at
    public boolean admits(String version) {
        Matcher matcher = VERSION.matcher(version);
        if (!matcher.matches()) {
            return false;
        }
        List<Integer> numbers =
                List.of(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        Integer.parseInt(matcher.group(3)));
        return terms.stream().allMatch(term -> term.admits(numbers));
    }

    /// True if it keeps a version of the next major line out, so that an upgrade is a decision.
    public boolean bounded() {
        return terms.stream().anyMatch(Term::bounds);
    }

    private static List<Integer> padded(List<Integer> numbers) {
        List<Integer> three = new ArrayList<>(numbers);
        while (three.size() < 3) {
            three.add(0);
        }
        return three;
    }

    private static int compare(List<Integer> a, List<Integer> b) {
        for (int i = 0; i < 3; i++) {
            int order = Integer.compare(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
