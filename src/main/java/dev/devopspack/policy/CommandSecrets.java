package dev.devopspack.policy;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Passwords that programs, statements and settings take by their place instead of behind a sign:
/// `--password x`, `curl -u user:x`, `IDENTIFIED BY 'x'`, `requirepass x`.
final class CommandSecrets {

    /// A value up to a blank, in quotes or not.
    private static final String VALUE =
            "(?:\"([^\"\\n]{1,300})\"|'([^'\\n]{1,300})'|([^\\s\"'`<>\\[\\](),;|&-][^\\s\"'`<>\\[\\](),;|&]{0,300}))";

    /// A value in quotes. The third group, a bare value's, never matches.
    private static final String QUOTED = "(?:\"([^\"\\n]+)\"|'([^'\\n]+)'|(\\z\\z))";

    private static final String SKIPPED = "[^\\n|;&]{0,300}?";

    /// @param keyword in lower case; the line must hold it
    /// @param named whether the first group is the name, which must mean a password
    private record Form(String keyword, boolean named, Pattern pattern) {}

    private static final List<Form> FORMS =
            List.of(
                    named("--", "--([A-Za-z][A-Za-z0-9_-]{1,60})[\"']?[ \\t,]+" + VALUE),
                    named(
                            "env",
                            "(?i)^[ \\t]*(?:ENV|ARG)[ \\t]+([A-Za-z_][A-Za-z0-9_]*)[ \\t]+"
                                    + VALUE
                                    + "[ \\t]*$"),
                    named("'", "'([A-Za-z_][A-Za-z0-9_.-]+)'\\][ \\t]*=[ \\t]*" + QUOTED),
                    named("\"", "\"([A-Za-z_][A-Za-z0-9_.-]+)\"\\][ \\t]*=[ \\t]*" + QUOTED),
                    named(
                            "define",
                            "define\\([ \\t]*[\"']([A-Za-z_][A-Za-z0-9_]+)[\"'][ \\t]*,[ \\t]*"
                                    + VALUE),
                    named("(", "\\b((?:set|with)[A-Z_][A-Za-z0-9_]*|password)\\([ \\t]*" + QUOTED),
                    form(
                            "curl",
                            "\\bcurl\\b"
                                    + SKIPPED
                                    + "[ \\t](?:-u|--user)[ =]?[ \\t]*[\"']?[^\\s:\"'$]{1,60}:"
                                    + VALUE),
                    form("wget", "\\bwget\\b" + SKIPPED + "--(?:http-|ftp-)?password[ =]" + VALUE),
                    form("mysql", "\\bmysql(?:dump|admin)?\\b" + SKIPPED + "[ \\t]-p" + VALUE),
                    form("sshpass", "\\bsshpass[ \\t]+-p[ \\t]*" + VALUE),
                    form("login", "\\blogin\\b" + SKIPPED + "[ \\t]-p[ =]?" + VALUE),
                    form(
                            "htpasswd",
                            "\\bhtpasswd\\b[ \\t]+-[a-zA-Z]*b[a-zA-Z]*[ \\t]+\\S+[ \\t]+\\S+[ \\t]+"
                                    + VALUE),
                    form("redis-cli", "\\bredis-cli\\b" + SKIPPED + "[ \\t]-a[ \\t]+" + VALUE),
                    form("requirepass", "\\b(?:requirepass|masterauth)[\"']?[ \\t,]+" + VALUE),
                    form(
                            "machine",
                            "\\bmachine[ \\t]+\\S+[ \\t]" + SKIPPED + "password[ \\t]+" + VALUE),
                    form(
                            "chpasswd",
                            "echo[ \\t]+(?:-e[ \\t]+)?[\"']?[A-Za-z_][A-Za-z0-9_-]{0,31}:(?:(\\z\\z)|(\\z\\z)|([^\\s\"'|$`]{1,200}))[\"']?[ \\t]*\\|[ \\t]*(?:sudo[ \\t]+)?chpasswd"),
                    form(
                            "identified",
                            "(?i)\\bidentified[ \\t]+(?:with[ \\t]+\\S+[ \\t]+)?by[ \\t]+(?:password[ \\t]+)?"
                                    + QUOTED),
                    form(
                            "password",
                            "(?i)\\b(?:user|role|login)\\b"
                                    + SKIPPED
                                    + "\\bpassword[ \\t]*=?[ \\t]*N?(?:(\\z\\z)|'([^'\\n]+)'|(\\z\\z))"),
                    form(
                            "securestring",
                            "(?i)ConvertTo-SecureString[ \\t]+(?:-String[ \\t]+)?"
                                    + "(?:\"([^\"\\n$]+)\"|'([^'\\n]+)'|(\\z\\z))"));

    /// What the help of a program shows in place of a value.
    private static final Set<String> SHOWN =
            Set.of(
                    "string",
                    "text",
                    "value",
                    "str",
                    "file",
                    "path",
                    "password",
                    "stdin",
                    "prompt",
                    "is",
                    "and",
                    "or",
                    "options",
                    "option",
                    "flag",
                    "flags",
                    "parameter",
                    "argument");

    private CommandSecrets() {}

    private static Form named(String keyword, String pattern) {
        return new Form(keyword, true, Pattern.compile(pattern));
    }

    private static Form form(String keyword, String pattern) {
        return new Form(keyword, false, Pattern.compile(pattern));
    }

    /// The secrets of a line, with offsets from `offset` on.
    ///
    /// @param lower the line in lower case
    static List<Found> in(String line, String lower, int offset) {
        List<Found> found = new ArrayList<>();
        for (Form form : FORMS) {
            if (lower.contains(form.keyword())) {
                Matcher matcher = form.pattern().matcher(line);
                int from = 0;
                while (from <= line.length() && matcher.find(from)) {
                    from = add(form, matcher, offset, found);
                }
            }
        }
        return found;
    }

    /// @return where to look on
    private static int add(Form form, Matcher matcher, int offset, List<Found> found) {
        int first = form.named() ? 2 : 1;
        int group = first;
        while (group < first + 2 && matcher.start(group) < 0) {
            group++;
        }
        String value = matcher.group(group);
        String name = form.named() ? matcher.group(1) : "password";
        boolean bare = group == first + 2;
        boolean code = bare && (value.startsWith("$") || value.contains("(") || isUpper(value));
        boolean secret =
                !code
                        && !SHOWN.contains(value.toLowerCase(Locale.ROOT))
                        && SecretValues.isSecret(SecretNames.of(name), value);
        if (secret) {
            found.add(new Found(name, offset + matcher.start(group), offset + matcher.end(group)));
        }
        return secret || !form.named() ? matcher.end() : matcher.end(1);
    }

    /// `PASSWORD` stands for one.
    private static boolean isUpper(String value) {
        return value.chars().allMatch(c -> Character.isUpperCase(c) || c == '_');
    }

    /// @param name what it stands for
    record Found(String name, int start, int end) {}
}
