package dev.devopspack.policy;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Locale;

/// Tells a value from what only stands for one.
///
/// A weak password such as `changeme` is a value: applied as it stands, it lets people in. What
/// cannot be meant as one (`<password>`, `REPLACE_ME`, `xxxx`) or names where the value is kept is
/// none.
final class Placeholders {

    private static final List<String> REFERENCE_STARTS =
            List.of(
                    "$",
                    "<",
                    "var.",
                    "local.",
                    "data.",
                    "module.",
                    "each.",
                    "self.",
                    "random_",
                    "aws_",
                    "azurerm_",
                    "google_",
                    "arn:",
                    "vault:",
                    "ssm:",
                    "secretsmanager:",
                    "op://",
                    "ref+",
                    "enc[",
                    "env:",
                    "!ref",
                    "!sub",
                    "!vault",
                    "@microsoft.keyvault",
                    "process.env",
                    "os.environ",
                    "getenv",
                    "projects/",
                    "file:",
                    "/run/secrets",
                    "kms:",
                    "age:",
                    "sops:",
                    "env.",
                    "secrets.",
                    "valuefrom");

    private static final List<String> REFERENCE_PARTS =
            List.of("${", "$(", "{{", "%(", "<%", "%{", "((");

    /// `::add-mask::$PASSWORD`: a variable that is a part of its own, at the end.
    private static final Pattern ENDS_IN_VARIABLE =
            Pattern.compile("[^A-Za-z0-9$]\\$[A-Z_][A-Z0-9_]{2,}$");

    private static final Pattern STANDS_FOR_ONE =
            Pattern.compile(
                    "(?i)^(<.*>|\\[.*\\]|\\{.*\\}|[x*.\\-_#?0]+|.*(replace[-_ ]?(me|with|this)|placeholder|redacted"
                            + "|your[-_ ].*|insert[-_ ].*|fill[-_ ]?me.*|todo|fixme|tbd|dummy|example"
                            + "|fake|not[-_ ]?a[-_ ]?(real|secret)).*|none|null|nil|true|false|yes|no|undefined"
                            + "|required|optional|enabled|disabled|default|string|sensitive)$");

    private Placeholders() {}

    static boolean is(String value) {
        String text = value.strip();
        String lower = text.toLowerCase(Locale.ROOT);
        return text.isEmpty()
                || REFERENCE_STARTS.stream().anyMatch(lower::startsWith)
                || REFERENCE_PARTS.stream().anyMatch(lower::contains)
                || ENDS_IN_VARIABLE.matcher(text).find()
                || STANDS_FOR_ONE.matches(text);
    }
}
