package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretDetectorTest {

    private static final String LETTERS = "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY1zA3";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password = \"Winter-2041-snow\"",
                "db_password = \"changeme\"",
                "locals { token = \"9f8a7b6c5d4e3f2a1b0c9d8e\" }",
                "variable \"admin_password\" {\n  default = \"hunter22\"\n}",
                "x = { apiKey = \"9f8a7b6c5d4e3f2a1b0c9d8e\" }",
                "url = \"postgres://app:Winter2041@db.internal/app\"",
            })
    void literalInTerraformIsFound(String text) {
        assertEquals(1, SecretDetector.inFile("main.tf", text).size(), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password = var.password",
                "password = random_password.db.result",
                "password = \"${var.password}\"",
                "manage_master_user_password = true",
                "password_length = \"1234\"",
                "minimum_password_length = 14",
                "secret_name = \"payments/production/database\"",
                "token_url = \"https://login.example.com/oauth/token\"",
                "access_key = \"AKIAIOSFODNN7EXAMPLE\"",
                "password = \"<from the store>\"",
                "password = \"REPLACE_ME\"",
                "description = \"The password must have eight characters\"",
                "url = \"postgres://app:${var.password}@db.internal/app\"",
                "secret = \"arn:aws:secretsmanager:eu-central-1:111122223333:secret:db-a1b2c3\"",
            })
    void referencesNamesAndPlaceholdersAreNot(String text) {
        assertEquals(List.of(), SecretDetector.inFile("main.tf", text), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deploy.yaml|env:\\n  - name: DB_PASSWORD\\n    value: Winter2041",
                "app.env|export DB_PASSWORD=Winter2041",
                "settings.json|{\"dbPassword\": \"Winter2041\"}",
                "app.ini|password: Winter2041",
            })
    void literalInOtherFilesIsFound(String file, String text) {
        String lines = text.replace("\\n", "\n");

        assertEquals(1, SecretDetector.inFile(file, lines).size(), lines);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password: ${DB_PASSWORD}",
                "password: {{ .Values.password }}",
                "password: $(cat /run/secrets/db)",
                "passwordSecretRef: db-password",
                "valueFrom:\n  secretKeyRef:\n    name: db\n    key: password",
                "password: process.env.DB_PASSWORD",
            })
    void referencesInOtherFilesAreNot(String text) {
        assertEquals(List.of(), SecretDetector.inFile("app.yaml", text), text);
    }

    @ParameterizedTest
    @CsvSource({
        "github-token,ghp_%s",
        "gitlab-token,glpat-%s",
        "slack-token,xoxb-%s",
        "stripe-key,sk_live_%s",
        "npm-token,npm_%s",
        "vault-token,hvs.%s",
    })
    void tokensAreKnownByTheirForm(String kind, String shape) {
        List<Secret> found = SecretDetector.find("see " + shape.formatted(LETTERS) + " there");

        assertEquals(List.of(kind), found.stream().map(Secret::kind).toList());
    }

    @Test
    void placesInATreeAreJsonPointers() {
        Map<String, Object> tree =
                Map.of(
                        "input",
                        Map.of(
                                "db/main", Map.of("password", "Winter-2041-snow"),
                                "tags", List.of("web", "token ghp_" + LETTERS)));

        assertEquals(
                List.of("/input/db~1main/password", "/input/tags/1"),
                SecretDetector.inTree(tree).stream().map(Secret::pointer).sorted().toList());
    }

    @Test
    void redactionLeavesNoneOfManySecrets() {
        String text = ("password=Winter-2041-snow ok\n").repeat(500);

        Redactor.Redacted redacted = Redactor.redact(text);

        assertEquals(500, redacted.removed());
        assertFalse(redacted.text().contains("Winter"));
        assertTrue(
                redacted.text().startsWith("password=[removed: a literal value of 'password'] ok"));
    }

    @Test
    void sentenceThatGivesAPasswordAwayIsRedacted() {
        assertEquals(
                "the password is [removed: a literal value of 'password'], use it",
                Redactor.redact("the password is hunter2!x, use it").text());
    }

    @Test
    void longHostileTextTakesLinearTime() {
        String text =
                "password=".repeat(20_000)
                        + "\n"
                        + "a://b:".repeat(20_000)
                        + "\n"
                        + "eyJ".repeat(50_000);

        assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> SecretDetector.inFile("app.env", text));
    }
}
