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
                    "rootpassword");
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
                    "authkey");
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
                    "license");

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
                    "wo");

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
        if (PASSWORDS.contains(last)) {
            return last.equals("pass") && words.size() == 1 ? Kind.MAYBE : Kind.PASSWORD;
        }
        boolean maybe =
                MAYBES.contains(last)
                        || (last.equals("key") && KEY_KINDS.contains(before))
                        || (last.equals("string") && before.equals("connection"));
        return maybe ? Kind.MAYBE : Kind.NONE;
    }

    /// `dbPassword`, `DB_PASSWORD` and `db-password` are the same two words.
    private static List<String> words(String name) {
        String apart = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>();
        for (String word : apart.split("[^a-z0-9]+")) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }

    private static boolean isNumber(String word) {
        return word.chars().allMatch(Character::isDigit);
    }
}
