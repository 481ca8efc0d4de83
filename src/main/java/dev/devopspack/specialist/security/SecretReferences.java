package dev.devopspack.specialist.security;

import java.util.Locale;

/// What stands in a file in the place of a secret: a reference, in the file's own language.
///
/// @param store where the secret is kept
record SecretReferences(SecretStore store) {

    /// A key longer than this is no name to reuse.
    private static final int MAX_NAME = 40;

    /// @param file its name tells the language
    /// @param text of the file
    /// @param name the key that the secret stands under, from the file
    String of(String file, String text, String name) {
        String lower = file.toLowerCase(Locale.ROOT);
        String base = lower.substring(lower.lastIndexOf('/') + 1);
        String word = word(name);
        if (base.endsWith(".tf") || base.endsWith(".tfvars") || base.endsWith(".tf.json")) {
            return terraform(word, base);
        }
        if (lower.contains(".github/workflows/")) {
            return "`env: "
                    + upper(word)
                    + ": ${{ secrets."
                    + upper(word)
                    + " }}` on the step that needs it, from an environment's secrets";
        }
        if (base.startsWith("dockerfile")
                || base.endsWith(".dockerfile")
                || base.startsWith("containerfile")) {
            return "nothing in the image: `RUN --mount=type=secret,id="
                    + word
                    + " …` while building, the environment when it runs";
        }
        if (base.contains("compose") && isYaml(base)) {
            return "`environment: {"
                    + upper(word)
                    + ": ${"
                    + upper(word)
                    + ":?}}`, or a top-level `secrets:` entry with `file:` outside of the repository";
        }
        if (isYaml(base) && text.contains("apiVersion:")) {
            return kubernetes(word);
        }
        if (base.equals(".env") || base.startsWith(".env.") || base.endsWith(".env")) {
            return "no line: keep the file out of version control (.gitignore, .dockerignore) and"
                    + " commit .env.example with `"
                    + upper(word)
                    + "=`";
        }
        return "the variable `"
                + upper(word)
                + "`, read when the program starts"
                + (store == SecretStore.ENVIRONMENT ? "" : ", filled from " + storeName());
    }

    private static boolean isYaml(String base) {
        return base.endsWith(".yaml") || base.endsWith(".yml");
    }

    private String terraform(String word, String base) {
        if (base.endsWith(".tfvars")) {
            return "no line: set TF_VAR_"
                    + word
                    + " in the pipeline, and declare `variable \""
                    + word
                    + "\" { sensitive = true, ephemeral = true }`";
        }
        return switch (store) {
            case ENVIRONMENT ->
                    "`var."
                            + word
                            + "`, declared with `sensitive = true` (and `ephemeral = true`"
                            + " with a write-only argument, so that the state does not keep it)";
            case AWS_SECRETS_MANAGER ->
                    "`ephemeral \"aws_secretsmanager_secret_version\" \""
                            + word
                            + "\" { secret_id = … }` and the argument's write-only form (`…_wo`)";
            case AZURE_KEY_VAULT ->
                    "`ephemeral \"azurerm_key_vault_secret\" \""
                            + word
                            + "\" { name = …, key_vault_id = … }` and the argument's write-only form";
            case GOOGLE_SECRET_MANAGER ->
                    "`ephemeral \"google_secret_manager_secret_version\" \""
                            + word
                            + "\" { secret = … }` and the argument's write-only form";
            case VAULT ->
                    "`ephemeral \"vault_kv_secret_v2\" \""
                            + word
                            + "\" { mount = …, name = … }` and the argument's write-only form";
        };
    }

    private String kubernetes(String word) {
        String dashed = word.replace('_', '-');
        String reference =
                "`valueFrom: {secretKeyRef: {name: "
                        + dashed
                        + ", key: value}}`, or a mounted file";
        return store == SecretStore.ENVIRONMENT
                ? reference + "; the Secret itself is made by a controller, never committed"
                : reference + "; an ExternalSecret fills the Secret from " + storeName();
    }

    private String storeName() {
        return switch (store) {
            case ENVIRONMENT -> "the environment";
            case AWS_SECRETS_MANAGER -> "AWS Secrets Manager";
            case AZURE_KEY_VAULT -> "Azure Key Vault";
            case GOOGLE_SECRET_MANAGER -> "Google Secret Manager";
            case VAULT -> "Vault";
        };
    }

    /// The key as a name of ours: lower-case letters, digits and `_` only.
    static String word(String name) {
        String plain =
                name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "_")
                        .replaceAll("^_+|_+$", "");
        String cut = plain.length() > MAX_NAME ? plain.substring(0, MAX_NAME) : plain;
        return cut.isEmpty() || Character.isDigit(cut.charAt(0)) ? "secret" : cut;
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
