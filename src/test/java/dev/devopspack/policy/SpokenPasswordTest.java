package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpokenPasswordTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "put the password hunter2 into the secret",
                "The password is hunter2.",
                "the database password should be Tulip#Garden and nothing else",
                "Set the admin password to Sommer2026!",
                "password: s3cr3t-horse",
                "password=letmein1",
                "Password = \"monkey77\"",
                "use hunter2 as the password",
                "use hunter2 as the database password for staging",
                "Use Sommer2024! as the production database password in the tf file.",
                "db password in prod is hunter22, put it straight into values-prod.yaml",
                "the password for our cluster should be tulip4711",
                "nimm Sommer2026 als Passwort",
                "das Passwort lautet tulpe4711",
                "Das Datenbankpasswort ist Tulpe-4711, bitte eintragen",
                "das Kennwort soll 'garten99' sein",
                "the pass\u200bword is hun\u200bter2",
                "the \uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff44 is hunter2",
                "the p\u0430ssw\u043erd is hunter2",
                "first the password of the pool is stale, then the password is hunter2",
                "the passphrase is correct_horse_9931",
                "The password is password123",
            })
    void aPasswordThatIsToldIsFound(String text) {
        assertTrue(SpokenPassword.in(text), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rotate the database password every 90 days",
                "the password is wrong",
                "the password policy must require 12 characters and 2 digits",
                "read the password from secretsmanager",
                "the password is in vault at secret/data/db1",
                "the password is var.db_password",
                "the password comes from the secret db-password-2",
                "name the password db-password-2",
                "set the password to ${{ secrets.DB_PASSWORD1 }}",
                "set the password to $DB_PASSWORD1",
                "the password should be hashed with argon2id",
                "store the password of postgres16 in Vault",
                "hash the password: argon2id, 64 MiB",
                "a 24-character password",
                "the password for db1 is in the vault",
                "the password for the cluster eks2024a expires",
                "the password of the user app2 is rotated",
                "the password in staging is var.db_password",
                "the password in prod is ${{ secrets.DB_PASSWORD1 }}",
                "use pbkdf2 for the admin user password",
                "use ed25519 for passwordless login",
                "rotate db1 and db2 as the password expires",
                "the password must be 16-characters long",
                "password rotation for orders-db-2 and api01",
                "das Passwort ist abgelaufen",
                "lies das Passwort aus dem Secret app-db-1",
                "use arn:aws:secretsmanager:eu-central-1:123456789012:secret:db1 as the password",
                "use vault2 as the password store",
                "write to the owner of the password: ops2@example.com",
                "deploy version 1.27.3 with a new password",
                "Runbook: database_connection_failure, password 2.0 format",
            })
    void aSentenceAboutPasswordsIsNone(String text) {
        assertFalse(SpokenPassword.in(text), text);
    }
}
