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
    private static final List<String> HINTS =
            List.of("pass", "pwd", "_pw", "secret", "token", "key", "credential", "connection");

    /// What passwords without a sign stand behind.
    private static final List<String> OTHER_HINTS =
            List.of(
                    "pass",
                    "pwd",
                    "_pw",
                    "secret",
                    "token",
                    "key",
                    "curl",
                    "mysql",
                    "login",
                    "redis-cli",
                    "machine",
                    "identified",
                    "securestring",
                    "masterauth");

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

    /// The same on one line, as JSON has it.
    private static final Pattern NAME_AND_VALUE_INLINE =
            Pattern.compile(
                    "\\b(?i:name|key)[\"']?[ \\t]*[:=][ \\t]*[\"']([A-Za-z_][A-Za-z0-9_.-]+)[\"'][ \\t]*,"
                            + "[ \\t]*[\"']?(?i:value)[\"']?[ \\t]*[:=][ \\t]*"
                            + "(?:\"([^\"\\n]+)\"|'([^'\\n]+)'|([^\\s\"'#{}\\[\\],]+))");

    /// How people say it in a sentence.
    private static final Pattern SAID =
            Pattern.compile(
                    "(?i)\\b(password|passphrase|passwd|token|secret|api key|access key)[ \\t]+(?:is|was)[ \\t]+"
                            + "[\"'`]?([^\\s\"'`,;]{4,})");

    /// A sentence's password has at least this many characters, one of them no letter.
    private static final int SHORTEST_SAID = 6;

    private static final int LONGEST_PORT = 5;

    private final String text;
    private final LineIndex lines;
    private final List<Secret> found = new ArrayList<>();

    private final boolean code;

    private AssignedSecrets(String text, boolean code) {
        this.text = text;
        this.code = code;
        this.lines = new LineIndex(text);
    }

    static List<Secret> in(String text) {
        return in(text, false);
    }

    /// @param code whether it is a program: a word without quotes is a variable there
    static List<Secret> in(String text, boolean code) {
        AssignedSecrets secrets = new AssignedSecrets(text, code);
        secrets.lookAtLines(false);
        return secrets.found;
    }

    /// PostgreSQL's file of passwords: the last of five fields of a line.
    static List<Secret> inPasswordFile(String text) {
        AssignedSecrets secrets = new AssignedSecrets(text, false);
        int start = 0;
        for (String line : text.split("\n", -1)) {
            String[] fields = line.split(":", 5);
            if (fields.length == 5 && !line.startsWith("#") && !Placeholders.is(fields[4])) {
                secrets.add(
                        "password",
                        start + line.length() - fields[4].length(),
                        start + line.length());
            }
            start += line.length() + 1;
        }
        return secrets.found;
    }

    /// Like {@link #in}, and what a sentence gives away.
    static List<Secret> anywhereIn(String text) {
        AssignedSecrets secrets = new AssignedSecrets(text, false);
        secrets.lookAtLines(true);
        return secrets.found;
    }

    private void lookAtLines(boolean sentences) {
        KeywordLines keywords = new KeywordLines(text);
        for (int start : keywords.starts(OTHER_HINTS)) {
            CommandSecrets.in(keywords.line(start), keywords.lowerLine(start), start)
                    .forEach(this::add);
        }
        for (int start : keywords.starts(HINTS)) {
            String line = keywords.line(start);
            MarkupSecrets.in(line, start).forEach(this::add);
            int end = keywords.end(start);
            int endOfNext = end < text.length() ? keywords.end(end + 1) : end;
            assigned(NAME_AND_VALUE, text.substring(start, endOfNext), start);
            assigned(NAME_AND_VALUE_INLINE, line, start);
            assigned(ASSIGNMENT, line, start);
            if (sentences) {
                said(line, start);
            }
        }
    }

    private void assigned(Pattern pattern, String part, int offset) {
        Matcher matcher = pattern.matcher(part);
        int from = 0;
        while (from <= part.length() && matcher.find(from)) {
            String name = matcher.group(1);
            int group = matcher.start(2) >= 0 ? 2 : matcher.start(3) >= 0 ? 3 : 4;
            String value = matcher.group(group);
            Kind kind = SecretNames.of(name);
            boolean bare = group == 4;
            boolean variable = bare && (code || isCode(value));
            boolean secret =
                    SecretValues.isSecret(kind, value)
                            && !variable
                            && !(bare && isProse(part, matcher.end(), value))
                            && !isPartOfName(part, matcher.start(1))
                            && !isPort(part, matcher.end(1), matcher.start(group), value);
            if (secret) {
                add(name, offset + matcher.start(group), offset + matcher.end(group));
            }
            // What follows may itself be an assignment: `- DB_PASSWORD=value`, `"...;Password=x;"`.
            from = secret ? matcher.end() : matcher.end(1);
        }
    }

    /// `arn:aws:secretsmanager:...:secret:x`, `/etc/passwd: x`.
    private static boolean isPartOfName(String part, int start) {
        return start > 0
                && part.charAt(start) != '_'
                && (part.charAt(start - 1) == ':' || part.charAt(start - 1) == '/');
    }

    /// `redis-password:6379`: a host whose name means a secret, and its port.
    private static boolean isPort(String part, int endOfName, int start, String value) {
        return start == endOfName + 1
                && part.charAt(endOfName) == ':'
                && value.length() <= LONGEST_PORT
                && value.chars().allMatch(Character::isDigit);
    }

    /// A word that others follow belongs to a sentence.
    private static boolean isProse(String part, int end, String value) {
        boolean followed =
                end + 1 < part.length()
                        && part.charAt(end) == ' '
                        && Character.isLetter(part.charAt(end + 1));
        return followed && value.chars().allMatch(Character::isLetter);
    }

    /// A bare word with a dot between two names is a member of something, not a text.
    private static boolean isCode(String value) {
        return value.matches("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)+");
    }

    private void add(CommandSecrets.Found each) {
        add(each.name(), each.start(), each.end());
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
                        SecretDetector.kindOf(text.substring(start, end)),
                        SecretDetector.titleOf(name),
                        name,
                        start,
                        end,
                        lines.line(start),
                        lines.column(start),
                        ""));
    }
}
