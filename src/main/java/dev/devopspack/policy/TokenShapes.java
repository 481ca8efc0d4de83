package dev.devopspack.policy;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Secrets that are recognised by their own form, wherever they stand.
///
/// The expressions are matched in linear time, and only where one of their keywords occurs.
final class TokenShapes {

    /// @param keywords lower-case; one of them must be in the text
    /// @param group which group is the secret itself
    record Shape(String kind, String title, List<String> keywords, Pattern pattern, int group) {}

    /// What a shape matched.
    record Match(String kind, String title, int start, int end) {}

    /// Also with line ends written as `\n`, and quoted line by line.
    private static final String KEY_BODY = "[\\s\\\\nrt\"A-Za-z0-9+/=:,.-]";

    private static final List<Shape> KNOWN =
            List.of(
                    shape(
                            "private-key",
                            "a private key",
                            "private key-----|private key block-----",
                            "-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----"
                                    + "[\\s\\\\nr\"]*[A-Za-z0-9+/=]{6,}(?:"
                                    + KEY_BODY
                                    + "*?-----END (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----|"
                                    + KEY_BODY
                                    + "*)",
                            0),
                    shape(
                            "aws-access-key",
                            "an AWS access key id",
                            "akia|asia",
                            "\\b((?:AKIA|ASIA)[A-Z2-7]{16})\\b",
                            1),
                    shape(
                            "aws-secret-key",
                            "an AWS secret access key",
                            "secret",
                            "(?i)aws[a-z0-9_. -]{0,20}secret[a-z0-9_. -]{0,20}[\"']?\\s{0,3}(?:=|:|=>)"
                                    + "\\s{0,3}[\"']?([A-Za-z0-9/+]{40})(?:[^A-Za-z0-9/+=]|$)",
                            1),
                    shape(
                            "github-token",
                            "a GitHub token",
                            "ghp_|gho_|ghu_|ghs_|ghr_|github_pat_",
                            "\\b(gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})",
                            1),
                    shape(
                            "gitlab-token",
                            "a GitLab token",
                            "glpat-|gldt-|glrt-",
                            "\\b(gl(?:pat|dt|rt)-[A-Za-z0-9_-]{20,64})",
                            1),
                    shape(
                            "slack-token",
                            "a Slack token",
                            "xox",
                            "\\b(xox[abposr]-[A-Za-z0-9-]{12,})",
                            1),
                    shape(
                            "slack-webhook",
                            "a Slack webhook",
                            "hooks.slack.com",
                            "(https://hooks\\.slack\\.com/services/T[A-Za-z0-9]{6,}/B[A-Za-z0-9]{6,}/[A-Za-z0-9]{20,})",
                            1),
                    shape(
                            "stripe-key",
                            "a Stripe key",
                            "_live_",
                            "\\b([sr]k_live_[A-Za-z0-9]{16,})",
                            1),
                    shape(
                            "google-api-key",
                            "a Google API key",
                            "aiza",
                            "\\b(AIza[0-9A-Za-z_-]{35})",
                            1),
                    shape(
                            "google-client-secret",
                            "a Google client secret",
                            "gocspx-",
                            "\\b(GOCSPX-[A-Za-z0-9_-]{28})",
                            1),
                    shape(
                            "azure-storage-key",
                            "an Azure storage key",
                            "accountkey=",
                            "(?i)AccountKey=([A-Za-z0-9+/]{86}==)",
                            1),
                    shape(
                            "azure-client-secret",
                            "an Azure client secret",
                            "q~",
                            "\\b([A-Za-z0-9_~.]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34})",
                            1),
                    shape("npm-token", "an npm token", "npm_", "\\b(npm_[A-Za-z0-9]{36})\\b", 1),
                    shape(
                            "pypi-token",
                            "a PyPI token",
                            "pypi-ageichlwas5vcmc",
                            "\\b(pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,})",
                            1),
                    shape(
                            "sendgrid-key",
                            "a SendGrid key",
                            "sg.",
                            "\\b(SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43})",
                            1),
                    shape(
                            "vault-token",
                            "a Vault token",
                            "hvs.|hvb.",
                            "\\b(hv[sb]\\.[A-Za-z0-9_-]{24,})",
                            1),
                    shape(
                            "terraform-token",
                            "a Terraform Cloud token",
                            ".atlasv1.",
                            "\\b([A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_-]{60,70})",
                            1),
                    shape(
                            "model-key",
                            "a language model's key",
                            "sk-",
                            "\\b(sk-(?:ant-|proj-|svcacct-)[A-Za-z0-9_-]{20,})",
                            1),
                    shape(
                            "docker-token",
                            "a Docker token",
                            "dckr_pat_",
                            "\\b(dckr_pat_[A-Za-z0-9_-]{27})",
                            1),
                    shape(
                            "digitalocean-token",
                            "a DigitalOcean token",
                            "_v1_",
                            "\\b(do[opr]_v1_[a-f0-9]{64})",
                            1),
                    shape(
                            "databricks-token",
                            "a Databricks token",
                            "dapi",
                            "\\b(dapi[0-9a-f]{32})\\b",
                            1),
                    shape(
                            "age-key",
                            "an age secret key",
                            "age-secret-key-1",
                            "(AGE-SECRET-KEY-1[0-9A-Z]{58})",
                            1),
                    shape(
                            "json-web-token",
                            "a JSON web token",
                            "eyj",
                            "\\b(eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{16,})",
                            1),
                    shape(
                            "authorization-header",
                            "an Authorization header",
                            "authorization",
                            "(?i)authorization[\"']?\\s{0,3}[:=]\\s{0,3}[\"']?(?:bearer|basic|token)\\s{1,3}"
                                    + "([A-Za-z0-9._~+/=-]{12,})",
                            1),
                    shape(
                            "url-password",
                            "a password in a URL",
                            "://",
                            "\\b[a-zA-Z][a-zA-Z0-9+.-]{1,20}://[^\\s/:@'\"<>]{0,100}:([^\\s/@'\"<>]{3,200})@[A-Za-z0-9\\[]",
                            1));

    /// They have several lines.
    private static final Set<String> SPREAD = Set.of("private-key", "putty-key");

    private static final List<Shape> SHAPES =
            Stream.concat(KNOWN.stream(), ServiceTokens.shapes().stream()).toList();

    /// Each shape's keywords are a group.
    private static final KeywordFinder KEYWORDS =
            new KeywordFinder(SHAPES.stream().map(Shape::keywords).toList());

    /// No token that a service made repeats a character so often.
    private static final int REPEATED = 10;

    private static final Pattern LOCAL_HOST =
            Pattern.compile("(?i)(localhost|127\\.[0-9.]{5,11}|\\[::1\\])([:/?#\\s\"']|$)");

    private TokenShapes() {}

    static List<Match> in(String text) {
        return in(text, new KeywordLines(text));
    }

    /// @param keywords of the same text
    static List<Match> in(String text, KeywordLines keywords) {
        List<Match> matches = new ArrayList<>();
        boolean[] occurs = keywords.with(KEYWORDS);
        for (int i = 0; i < occurs.length; i++) {
            if (!occurs[i]) {
                continue;
            }
            Shape shape = SHAPES.get(i);
            if (SPREAD.contains(shape.kind())) {
                add(shape, text, 0, matches);
            } else {
                for (int start : keywords.starts(shape.keywords())) {
                    add(shape, keywords.line(start), start, matches);
                }
            }
        }
        return matches;
    }

    private static void add(Shape shape, String part, int offset, List<Match> matches) {
        Matcher matcher = shape.pattern().matcher(part);
        while (matcher.find()) {
            String secret = matcher.group(shape.group());
            boolean real =
                    !Placeholders.is(secret)
                            && !isKnownExample(secret)
                            && (SPREAD.contains(shape.kind()) || !repeats(secret));
            if (real) {
                matches.add(
                        new Match(
                                kind(shape, secret, part.substring(matcher.end() - 1)),
                                shape.title(),
                                offset + matcher.start(shape.group()),
                                offset + matcher.end(shape.group())));
            }
        }
    }

    /// `https://user:password@host` is how manuals write it; what listens on `localhost` is reached
    /// from the same machine alone.
    ///
    /// @param host the text that begins with the host, for a URL
    private static String kind(Shape shape, String secret, String host) {
        if (!shape.kind().equals("url-password")) {
            return shape.kind();
        }
        if (SecretDetector.kindOf(secret).equals("default-password")) {
            return "default-password";
        }
        return LOCAL_HOST.matcher(host).lookingAt() ? "local-password" : shape.kind();
    }

    /// AWS writes `EXAMPLE` into every key of its documentation.
    private static boolean isKnownExample(String secret) {
        return secret.contains("EXAMPLE");
    }

    /// `ghp_xxxxxxxxxxxx` shows where a token goes. Zeros in base64 are many `A` in a row.
    private static boolean repeats(String secret) {
        int row = 1;
        for (int i = 1; i < secret.length(); i++) {
            char c = secret.charAt(i);
            row = c == secret.charAt(i - 1) && c != 'A' ? row + 1 : 1;
            if (row >= REPEATED) {
                return true;
            }
        }
        return false;
    }

    static Shape shape(String kind, String title, String keywords, String pattern, int group) {
        return new Shape(
                kind, title, List.of(keywords.split("\\|")), Pattern.compile(pattern), group);
    }
}
