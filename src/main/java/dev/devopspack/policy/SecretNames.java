package dev.devopspack.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Tells by a key's name whether its value is a secret.
final class SecretNames {

    /// How sure the name makes us.
    enum Kind {
        NONE,
        /// Whatever stands there is a password.
        PASSWORD,
        /// A variable that holds a secret: what stands there is one unless it reads like a name.
        LIKELY,
        /// It may also be a name or a reference: the value must look random.
        MAYBE
    }

    private static final Set<String> PASSWORDS =
            Set.of(
                    "password",
                    "passwd",
                    "pwd",
                    "passphrase",
                    "passcode",
                    "pass",
                    "userpassword",
                    "adminpassword",
                    "dbpassword",
                    "masterpassword",
                    "rootpassword",
                    "pw",
                    "dbpass",
                    "sshpass",
                    "userpass",
                    "adminpass",
                    "rootpass",
                    "smtppass",
                    "mysqlpass",
                    "requirepass",
                    "masterauth");
    private static final Set<String> MAYBES =
            Set.of(
                    "secret",
                    "token",
                    "apikey",
                    "accesskey",
                    "privatekey",
                    "secretkey",
                    "authtoken",
                    "clientsecret",
                    "credentials",
                    "credential",
                    "connectionstring",
                    "authkey",
                    "authorization",
                    "webhooksecret",
                    "jwtsecret",
                    "appsecret");
    private static final Set<String> KEY_KINDS =
            Set.of(
                    "api",
                    "access",
                    "secret",
                    "private",
                    "encryption",
                    "signing",
                    "master",
                    "auth",
                    "shared",
                    "account",
                    "storage",
                    "session",
                    "service",
                    "license",
                    "app",
                    "client",
                    "deploy");

    /// Words behind which a name still means the value itself: `db_password_prod`.
    private static final Set<String> TRAILING =
            Set.of(
                    "value",
                    "plain",
                    "plaintext",
                    "text",
                    "base64",
                    "b64",
                    "string",
                    "default",
                    "prod",
                    "production",
                    "dev",
                    "development",
                    "stage",
                    "staging",
                    "test",
                    "base",
                    "wo");

    /// What a token is for that opens nothing: the next page, the same request again.
    private static final Set<String> TURNS =
            Set.of(
                    "next",
                    "page",
                    "pagination",
                    "continuation",
                    "backward",
                    "forward",
                    "client",
                    "request",
                    "idempotency",
                    "creation",
                    "lock",
                    "change",
                    "purchase",
                    "action",
                    "product",
                    "sync",
                    "upload");

    private SecretNames() {}

    static Kind of(String name) {
        List<String> words = words(name);
        while (words.size() > 1
                && (TRAILING.contains(words.getLast()) || isNumber(words.getLast()))) {
            words.removeLast();
        }
        if (words.isEmpty()) {
            return Kind.NONE;
        }
        String last = words.getLast();
        String before = words.size() > 1 ? words.get(words.size() - 2) : "";
        String plain = withoutNumber(last);
        if (isPassword(plain)) {
            return (last.equals("pass") || last.equals("pw")) && words.size() == 1
                    ? Kind.MAYBE
                    : Kind.PASSWORD;
        }
        if (plain.equals("token") && TURNS.contains(before)) {
            return Kind.NONE;
        }
        boolean maybe =
                MAYBES.contains(plain)
                        || (last.equals("key") && KEY_KINDS.contains(before))
                        || (last.equals("string") && before.equals("connection"));
        return maybe ? isVariable(name) ? Kind.LIKELY : Kind.MAYBE : Kind.NONE;
    }

    private static boolean isPassword(String word) {
        return PASSWORDS.contains(word)
                || word.endsWith("password")
                || word.endsWith("passwd")
                || word.endsWith("passphrase");
    }

    /// Whether it is written as variables of an environment are: `JWT_SECRET`.
    static boolean isVariable(String name) {
        return name.indexOf('_') > 0
                && name.chars()
                        .allMatch(
                                c -> c == '_' || Character.isUpperCase(c) || Character.isDigit(c));
    }

    /// `dbPassword`, `DB_PASSWORD` and `db-password` are the same two words.
    private static List<String> words(String name) {
        StringBuilder apart = new StringBuilder(name.length() + 8);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 'A' && c <= 'Z' && i > 0 && isPlain(name.charAt(i - 1))) {
                apart.append('_');
            }
            apart.append(c);
        }
        String lower = apart.toString().toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= lower.length(); i++) {
            if (i == lower.length() || !isPlain(lower.charAt(i))) {
                if (i > start) {
                    words.add(lower.substring(start, i));
                }
                start = i + 1;
            }
        }
        return words;
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || isDigit(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNumber(String word) {
        return withoutNumber(word).isEmpty();
    }

    /// `password2` is a password.
    private static String withoutNumber(String word) {
        int end = word.length();
        while (end > 0 && isDigit(word.charAt(end - 1))) {
            end--;
        }
        return word.substring(0, end);
    }
}
