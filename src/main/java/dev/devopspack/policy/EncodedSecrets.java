package dev.devopspack.policy;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Secrets in base64, which hides nothing: keys and addresses in Kubernetes secrets, start scripts,
/// the sign-in of a registry.
final class EncodedSecrets {

    /// What is shorter in base64 holds no secret that has a form.
    private static final int SHORTEST = 24;

    /// `"auth": "dXNlcjpwYXNz"`, which is a user and a password.
    private static final Pattern SIGN_IN =
            Pattern.compile("\\b_?auth[\"']?[ \\t]*[:=][ \\t]*[\"']?([A-Za-z0-9+/]{8,}={0,2})");

    /// Texts are shorter; what is longer is an image or a program.
    private static final int LONGEST = 128 * 1024;

    /// Base64 in base64 in base64; people write two.
    private static final int MAX_DEPTH = 2;

    private static final int MAX_RUNS = 2_000;

    private EncodedSecrets() {}

    /// @param keywords of the same text
    static List<TokenShapes.Match> in(String text, KeywordLines keywords) {
        return in(text, keywords, 0);
    }

    private static List<TokenShapes.Match> in(String text, KeywordLines keywords, int depth) {
        List<TokenShapes.Match> found = new ArrayList<>();
        for (int start : keywords.starts(List.of("auth"))) {
            signIn(keywords.line(start), start, found);
        }
        int at = 0;
        for (int runs = 0; runs < MAX_RUNS && at < text.length(); at++) {
            int end = at;
            while (end < text.length() && isBase64(text.charAt(end))) {
                end++;
            }
            if (end - at >= SHORTEST) {
                runs++;
                int padded = end;
                while (padded < text.length() && padded < end + 2 && text.charAt(padded) == '=') {
                    padded++;
                }
                String decoded = end - at > LONGEST ? "" : decoded(text.substring(at, padded));
                if (!decoded.isEmpty()) {
                    first(decoded, depth, at, padded, found);
                }
            }
            at = end;
        }
        return found;
    }

    private static boolean isBase64(char c) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || c == '+'
                || c == '/';
    }

    private static void signIn(String line, int offset, List<TokenShapes.Match> found) {
        Matcher signIn = SIGN_IN.matcher(line);
        while (signIn.find()) {
            String decoded = decoded(signIn.group(1));
            int colon = decoded.indexOf(':');
            if (colon > 0 && !Placeholders.is(decoded.substring(colon + 1))) {
                found.add(
                        new TokenShapes.Match(
                                "registry-password",
                                "a user and a password in base64",
                                offset + signIn.start(1),
                                offset + signIn.end(1)));
            }
        }
    }

    private static void first(
            String decoded, int depth, int start, int end, List<TokenShapes.Match> found) {
        List<TokenShapes.Match> inside = new ArrayList<>(TokenShapes.in(decoded));
        AssignedSecrets.in(decoded)
                .forEach(
                        each -> inside.add(new TokenShapes.Match(each.kind(), each.title(), 0, 0)));
        if (inside.isEmpty() && depth < MAX_DEPTH) {
            inside.addAll(in(decoded, new KeywordLines(decoded), depth + 1));
        }
        if (!inside.isEmpty()) {
            TokenShapes.Match match = inside.getFirst();
            String title =
                    match.title().endsWith("in base64")
                            ? match.title()
                            : match.title() + " in base64";
            found.add(new TokenShapes.Match(match.kind(), title, start, end));
        }
    }

    /// The text behind base64; empty where it is none or no text.
    static String decoded(String encoded) {
        if (encoded.replace("=", "").length() % 4 == 1) {
            return "";
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException _) {
            return "";
        }
        for (byte each : bytes) {
            boolean printable =
                    (each >= ' ' && each < 127) || each == '\n' || each == '\r' || each == '\t';
            if (!printable) {
                return "";
            }
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
