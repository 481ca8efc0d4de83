package dev.devopspack.specialist.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.specialist.Work;
import dev.devopspack.testing.Golden;
import dev.devopspack.testing.InMemoryChangeSets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretManagementTest {

    private static final String PASSWORD = "Winter-2041-snow";
    private static final String TOKEN = "ghp_" + "k2J7xQ9vLm4Nr8Tz3Wp6Yb1Cd5Fg0HsAeUi7";

    private static final List<Map<String, Object>> FILES =
            List.of(
                    MixedFiles.file(
                            "main.tf",
                            """
                            resource "aws_db_instance" "data" {
                              username = "app"
                              password = "%s"
                            }
                            """
                                    .formatted(PASSWORD)),
                    MixedFiles.file("prod.tfvars", "db_password = \"%s\"\n".formatted(PASSWORD)),
                    MixedFiles.file("app.env", "GITHUB_TOKEN=%s\n".formatted(TOKEN)),
                    MixedFiles.file(
                            "deploy.yaml",
                            """
                            apiVersion: v1
                            kind: Pod
                            metadata:
                              name: web
                            spec:
                              containers:
                                - name: web
                                  image: web:1
                                  env:
                                    - name: DB_PASSWORD
                                      value: %s
                            """
                                    .formatted(PASSWORD)),
                    MixedFiles.file(
                            "compose.yaml",
                            """
                            services:
                              db:
                                image: postgres:17.2
                                environment:
                                  POSTGRES_PASSWORD: %s
                            """
                                    .formatted(PASSWORD)),
                    MixedFiles.file(
                            ".github/workflows/deploy.yml",
                            """
                            on: push
                            jobs:
                              deploy:
                                runs-on: ubuntu-24.04
                                env:
                                  DEPLOY_PASSWORD: %s
                                steps:
                                  - run: ./deploy
                            """
                                    .formatted(PASSWORD)),
                    MixedFiles.file(
                            "Dockerfile",
                            "FROM debian:12.9\nENV DB_PASSWORD=%s\nUSER app\n"
                                    .formatted(PASSWORD)));

    private final SecretManagement management =
            new SecretManagement(RuleCatalog.builtIn(), new InMemoryChangeSets());

    @Test
    void eachLiteralHasItsReferenceInTheLanguageOfItsFileAndItsRotation() {
        Outcome.Report report = report(Map.of("files", FILES, "store", "aws_secrets_manager"));

        Golden.assertMatches("security/secrets.txt", String.join("\n", report.summary()) + "\n");
    }

    @Test
    void noValueIsRepeated() {
        for (SecretStore store : SecretStore.values()) {
            String said =
                    report(Map.of("files", FILES, "store", store.name().toLowerCase(Locale.ROOT)))
                            .toString();

            assertFalse(said.contains(PASSWORD), said);
            assertFalse(said.contains(TOKEN), said);
        }
    }

    @Test
    void referencesAndPlaceholdersAreNoLiterals() {
        Outcome.Report report = report(management.example());

        assertEquals(List.of(), report.facts().get("literals"));
        assertEquals("No literal secret was found in 1 file.", report.summary().getFirst());
    }

    @Test
    void aNameOutOfAFileBecomesNothingButAName() {
        assertEquals(
                List.of("db_password", "a_b", "secret", "secret", "x_y"),
                List.of("dbPassword", "a`; ${{ b", "", "1234", "--x\u202ey").stream()
                        .map(SecretReferences::word)
                        .toList());
    }

    @Test
    void whatElseIsWrongWithSecretsIsSaidWithItsPlace() {
        Outcome.Report report = report(Map.of("files", FILES));

        assertTrue(
                report.summary().stream().anyMatch(line -> line.startsWith("also ")),
                report.summary()::toString);
    }

    private Outcome.Report report(Map<String, Object> input) {
        return assertInstanceOf(
                Outcome.Report.class,
                management.perform(management.read(input), new Work(null, null)));
    }
}
