package dev.devopspack.approval.secret;

import java.util.List;

/// What makes HashiCorp Vault generate a value and keep it in a key-value store (version 2), and
/// hand it out only wrapped: a token that opens it once, within minutes.
///
/// The steps are for whoever may write there. The value goes from Vault to Vault through a pipe; it
/// is shown by none of them.
final class VaultSteps {

    private VaultSteps() {}

    static List<SecretFile> of(SecretName secret, int version, int length) {
        return List.of(
                new SecretFile(
                        secret.name() + ".password-policy.hcl",
                        "text/x-hcl",
                        passwordPolicy(length)),
                new SecretFile(secret.name() + ".vault-policy.hcl", "text/x-hcl", policy(secret)),
                new SecretFile(
                        secret.name() + ".steps.sh", "text/x-shellscript", steps(secret, version)));
    }

    static SecretFile revoking(SecretName secret, int version) {
        return new SecretFile(
                secret.name() + ".steps.sh",
                "text/x-shellscript",
                "#!/usr/bin/env bash\nset -euo pipefail\nvault kv destroy -mount='%s' -versions=%d '%s'\n"
                        .formatted(mount(secret), version, path(secret)));
    }

    private static String passwordPolicy(int length) {
        return """
        length = %d

        rule "charset" {
          charset   = "abcdefghijklmnopqrstuvwxyz"
          min-chars = 1
        }

        rule "charset" {
          charset   = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
          min-chars = 1
        }

        rule "charset" {
          charset   = "0123456789"
          min-chars = 1
        }
        """
                .formatted(length);
    }

    /// A minimum for wrapping makes Vault refuse whoever asks for the bare value.
    private static String policy(SecretName secret) {
        return """
        path "%s/data/%s" {
          capabilities     = ["read"]
          min_wrapping_ttl = "1s"
          max_wrapping_ttl = "5m"
        }
        """
                .formatted(mount(secret), path(secret));
    }

    /// Every name in it has a checked shape without a quote. `-cas` refuses where another version
    /// is there than the one that was approved.
    private static String steps(SecretName secret, int version) {
        String name = mount(secret) + "-" + path(secret).replace('/', '-');
        return """
        #!/usr/bin/env bash
        # Run where the files lie beside this one, signed in to Vault as somebody who may write there.
        set -euo pipefail
        vault write 'sys/policies/password/%1$s' policy=@'%2$s.password-policy.hcl'
        vault policy write '%1$s-read' '%2$s.vault-policy.hcl'
        vault read 'sys/policies/password/%1$s' > /dev/null
        vault read -field=password 'sys/policies/password/%1$s/generate' |
          vault kv put -mount='%3$s' -cas=%4$d '%5$s' '%6$s'=- > /dev/null
        # To hand it out, once: vault kv get -wrap-ttl=5m -mount='%3$s' '%5$s'
        """
                .formatted(
                        name,
                        secret.name(),
                        mount(secret),
                        version - 1,
                        path(secret),
                        secret.key());
    }

    private static String mount(SecretName secret) {
        return secret.place().split("/", 2)[0];
    }

    private static String path(SecretName secret) {
        String[] parts = secret.place().split("/", 2);
        return parts.length == 1 ? secret.name() : parts[1] + "/" + secret.name();
    }
}
