package dev.devopspack.policy;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.devopspack.policy.SecretNames.Kind;
import java.util.ArrayList;
import java.util.List;

/// Literals that stand behind a name that means a secret: YAML, JSON, environment and settings
/// files, scripts, prose.
final class AssignedSecrets {

    /// One of these is in every name that means a secret; lines without are not looked at closely.
    private static final Pattern HINT =
            Pattern.compile("(?i)pass|pwd|secret|token|key|credential|connection");

    /// A quoted or bare value behind `=`, `:`, `=>` or `:=`.
    private static final Pattern ASSIGNMENT =
            Pattern.compile(
                    "([A-Za-z_][A-Za-z0-9_.-]+)[\"']?[ \\t]*(?::=|=>|=|:)[ \\t]*"
                            + "(?:\"([^\"\\n]+)\"|'([^'\\n]+)'|([^\\s\"',;#{}\\[\\]&|>()]+))");

    /// Two lines of a container's environment.
    private static final Pattern NAME_AND_VALUE =
            Pattern.compile(
                    "^[ \\t-]*[\"']?(?:name|key)[\"']?:[ \\t]*[\"']?([A-Za-z_][A-Za-z0-9_.-]+)[\"']?,?[ \\t]*\\r?\\n"
                            + "[ \\t]*[\"']?value[\"']?:[ \\t]*(?:\"([^\"\\n]+)\"|'([^'\\n]+)'|([^\\s\"'#{}\\[\\]]+))");

    /// How people say it in a sentence.
    private static final Pattern SAID =
            Pattern.compile(
                    "(?i)\\b(password|passphrase|passwd|token|secret|api key|access key)[ \\t]+(?:is|was)[ \\t]+"
                            + "[\"'`]?([^\\s\"'`,;]{4,})");

    /// A sentence's password has at least this many characters, one of them no letter.
    private static final int SHORTEST_SAID = 6;

    private final String text;
    private final LineIndex lines;
    private final List<Secret> found = new ArrayList<>();

    private AssignedSecrets(String text) {
        this.text = text;
        this.lines = new LineIndex(text);
    }

    static List<Secret> in(String text) {
        AssignedSecrets secrets = new AssignedSecrets(text);
        secrets.lookAtLines(false);
        return secrets.found;
    }

    /// Like {@link #in}, and what a sentence gives away.
    static List<Secret> anywhereIn(String text) {
        AssignedSecrets secrets = new AssignedSecrets(text);
        secrets.lookAtLines(true);
        return secrets.found;
    }

    private void lookAtLines(boolean sentences) {
        int start = 0;
        while (start < text.length()) {
            int end = endOfLine(start);
            String line = text.substring(start, end);
            if (HINT.matcher(line).find()) {
                int endOfNext = end < text.length() ? endOfLine(end + 1) : end;
                assigned(NAME_AND_VALUE, text.substring(start, endOfNext), start);
                assigned(ASSIGNMENT, line, start);
                if (sentences) {
                    said(line, start);
                }
            }
            start = end + 1;
        }
    }

    private int endOfLine(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private void assigned(Pattern pattern, String part, int offset) {
        Matcher matcher = pattern.matcher(part);
        int from = 0;
        while (from <= part.length() && matcher.find(from)) {
            String name = matcher.group(1);
            int group = matcher.start(2) >= 0 ? 2 : matcher.start(3) >= 0 ? 3 : 4;
            String value = matcher.group(group);
            Kind kind = SecretNames.of(name);
            if (SecretValues.isSecret(kind, value) && !(group == 4 && isCode(value))) {
                add(name, offset + matcher.start(group), offset + matcher.end(group));
            }
            // What follows another name may itself be an assignment: `- DB_PASSWORD=value`.
            from = kind == Kind.NONE ? matcher.end(1) : matcher.end();
        }
    }

    /// A bare word with a dot between two names is a member of something, not a text.
    private static boolean isCode(String value) {
        return value.matches("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)+");
    }

    private void said(String line, int offset) {
        Matcher matcher = SAID.matcher(line);
        while (matcher.find()) {
            String value = matcher.group(2);
            boolean mixed =
                    value.length() >= SHORTEST_SAID
                            && value.chars().anyMatch(c -> !Character.isLetter(c) && c != '.');
            if (mixed && !Placeholders.is(value)) {
                add(matcher.group(1), offset + matcher.start(2), offset + matcher.end(2));
            }
        }
    }

    private void add(String name, int start, int end) {
        found.add(
                new Secret(
                        "password",
                        SecretDetector.titleOf(name),
                        name,
                        start,
                        end,
                        lines.line(start),
                        lines.column(start),
                        ""));
    }
}
