package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
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
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '~',
            value = {
                "settings.json@{\"Db\":\"Server=db;User Id=sa;Password=Winter2041;\"}",
                "web.config@<add key=\"DbPassword\" value=\"Winter2041\"/>",
                "settings.xml@<server><password>Winter2041</password></server>",
                "redis.conf@requirepass Winter2041",
                ".netrc@machine a.example login u password Winter2041",
                ".pgpass@db.internal:5432:app:app:Winter2041",
                ".npmrc@//registry.npmjs.org/:_authToken=9f8a7b6c5d4e3f2a1b0c9d8e",
                "x.sh@mysql -u root -p'Winter2041' app",
                "x.sh@curl -u admin:Winter2041 https://a.example",
                "x.sh@sshpass -p Winter2041 ssh a.example",
                "x.sh@docker login -u a -p Winter2041 r.example",
                "x.sh@app --db-password Winter2041",
                "x.sh@htpasswd -cb f admin Winter2041",
                "x.sh@redis-cli -a Winter2041 ping",
                "x.sh@echo 'app:Winter2041' | chpasswd",
                "Dockerfile@ENV DB_PASSWORD Winter2041",
                "x.sql@CREATE USER app IDENTIFIED BY 'Winter2041';",
                "x.sql@ALTER USER app WITH PASSWORD 'Winter2041';",
                "x.ps1@ConvertTo-SecureString \"Winter2041\" -AsPlainText",
                "a.py@os.environ['DB_PASSWORD'] = 'Winter2041'",
                "a.php@define('DB_PASSWORD', 'Winter2041');",
                "A.java@source.setPassword(\"Winter2041\");",
                "d.yaml@env: [{name: DB_PASSWORD, value: Winter2041}]",
                "d.yaml@env:\\n- value: Winter2041\\n  name: DB_PASSWORD",
                "d.yaml@password: |\\n  Winter2041\\n",
                "d.yaml@args:\\n- --password\\n- Winter2041",
                "d.yaml@db:\\n  user: a\\n  pass: Winter2041",
                "d.yaml@# password: Winter2041\\na: 1",
                "m.tf@x = [{ name = \"DB_PASSWORD\", value = \"Winter2041\" }]",
                "m.tf@a \"b\" {\\n  env {\\n    name = \"DB_PASSWORD\"\\n    value = \"Winter2041\"\\n  }\\n}",
                "m.tf@a = <<EOF\\nexport DB_PASSWORD=Winter2041\\nEOF",
                "m.tf@a = <<EOF\\n[{\"name\": \"DB_PASSWORD\", \"value\": \"Winter2041\"}]\\nEOF",
                "d.env@DB_PW=Winter2041",
                "d.env@DBPASS=Winter2041",
                "d.env@DB_PASSWORD2=Winter2041",
                "d.env@JWT_SECRET=mysupersecretkey",
                "d.env@SECRET_KEY_BASE=9f8a7b6c5d4e3f2a1b0c9d8e",
            })
    void literalIsFoundByItsPlace(String file, String text) {
        String lines = text.replace("\\n", "\n");

        assertEquals(1, SecretDetector.inFile(file, lines).size(), lines);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '~',
            value = {
                "d.yaml@password: !vault abcdefgh",
                "d.yaml@secret: db-credentials",
                "d.yaml@args:\\n- --password\\n- $(DB_PASSWORD)",
                "d.yaml@args: [--password-file, /run/secrets/x]",
                "d.yaml@arn: arn:aws:secretsmanager:us-west-2:123456789012:secret:MyTest2Secret-a1b2c3",
                "d.yaml@apiVersion: bitnami.com/v1alpha1\\nkind: SealedSecret\\nspec:\\n  encryptedData:\\n"
                        + "    password: AgBy3i4OJSWKPiTySYZZA9rO43cGDEq9f8a7b6c5",
                "d.yaml@password: a1b2c3d4\\nsops:\\n  version: 3.9.0",
                "x.sh@curl -u \"$USER:$PASS\" https://a.example",
                "x.sh@mysql -p app < x.sql",
                "x.sh@docker login --username a --password-stdin",
                "x.sh@read -s -p 'Password: ' PASSWORD",
                "README.md@password: your password here",
                "README.md@--password string   Password of the user",
                "README.md@See the --username and --password options for that.",
                "a.py@def f(password: bytes, token: str = None):",
                "a.py@self.password = hidden_value",
                "a.py@data['password'] = getpass.getpass('Password: ')",
                "a.go@Password string `json:\"password\"`",
                "A.java@String NAME_OF_PASSWORD = \"APP_DATABASE_PASSWORD\";",
                "d.json@{\"NextToken\": \"9f8a7b6c5d4e3f2a1b0c9d8e\"}",
                "d.env@PASSWORD_FILE=/run/secrets/db",
                "d.env@MYSQL_PASSWORD=/run/secrets/db",
                "d.env@API_KEY=your-api-key",
                "x.sh@az vm create --admin-password \"::add-mask::$PASSWORD\"",
                "d.yaml@nodes: db-password:5432",
                "x.md@Users are kept in /etc/passwd: root first",
            })
    void whatOnlyLooksLikeALiteralIsNone(String file, String text) {
        String lines = text.replace("\\n", "\n");

        assertEquals(List.of(), SecretDetector.inFile(file, lines), lines);
    }

    @Test
    void base64HidesNothing() {
        String key =
                "-----BEGIN PRIVATE KEY-----\nMIIEowIBAAKCAQEAx7Rk2nq0Zy8\n-----END PRIVATE KEY-----\n";
        String signIn = "{\"auths\":{\"r.example\":{\"auth\":\"" + base64("u:Winter2041") + "\"}}}";

        assertEquals(
                List.of("private-key", "url-password", "password", "registry-password"),
                List.of(
                                key,
                                "postgres://app:Winter2041@db.internal/app",
                                "export DB_PASSWORD=Winter2041",
                                signIn)
                        .stream()
                        .map(text -> SecretDetector.inFile("a.txt", "x: " + base64(text)))
                        .map(found -> found.getFirst().kind())
                        .toList());
        assertEquals(
                List.of(),
                SecretDetector.inFile("a.txt", "x: " + base64("a long harmless text of words")));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void valuesOfAKubernetesSecretAreSecretsWhateverTheirNames() {
        String text =
                """
                apiVersion: v1
                kind: Secret
                stringData:
                  smtp: Winter2041
                  username: admin
                  host: mail.internal
                  reference: ${FROM_ELSEWHERE}
                data:
                  ca.crt: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUI=
                  code: V2ludGVyMjA0MQ==
                """;

        assertEquals(
                List.of("4 smtp", "10 code"),
                SecretDetector.inFile("secret.yaml", text).stream()
                        .map(secret -> secret.line() + " " + secret.name())
                        .toList());
    }

    @Test
    void passwordsOfManualsAreAKindOfTheirOwn() {
        assertEquals(
                List.of("default-password", "password", "default-password"),
                List.of(
                                "DB_PASSWORD=changeme",
                                "DB_PASSWORD=Winter2041",
                                "u: https://user:password@a.example")
                        .stream()
                        .map(text -> SecretDetector.inFile("a.env", text).getFirst().kind())
                        .toList());
    }

    @Test
    void mistakeInAFileHidesNoSecretBehindIt() {
        assertEquals(
                List.of("3 password"),
                SecretDetector.inFile(
                                "main.tf",
                                "a = <<EOF\nnever closed\nexport DB_PASSWORD=Winter2041\n")
                        .stream()
                        .map(secret -> secret.line() + " " + secret.kind())
                        .toList());
    }

    @Test
    void whatOnlyTheSameMachineTakesIsAKindOfItsOwn() {
        assertEquals(
                List.of("local-password", "local-password", "url-password", "url-password"),
                List.of(
                                "u: redis://:Winter2041@localhost:6379",
                                "u: postgres://app:Winter2041@127.0.0.1/app",
                                "u: postgres://app:Winter2041@localhost.example/app",
                                "u: postgres://app:Winter2041@db/app")
                        .stream()
                        .map(text -> SecretDetector.inFile("a.env", text).getFirst().kind())
                        .toList());
    }

    @Test
    void passwordThatAJobGivesToItsOwnServiceIsLocalWhereverThatJobNamesItAndIsNoDeployment() {
        String text =
                """
                on: push
                jobs:
                  test:
                    runs-on: ubuntu-24.04
                    services:
                      db:
                        image: postgres:17
                        env:
                          POSTGRES_PASSWORD: Winter2041
                          POSTGRES_DB: Summer2042
                    env:
                      TEST_DB_PASSWORD: Winter2041
                      DEPLOY_PASSWORD: Summer2042
                    steps:
                      - run: make test
                  release:
                    runs-on: ubuntu-24.04
                    env:
                      DEPLOY_PASSWORD: Winter2041
                    steps:
                      - run: make release
                  deploy:
                    runs-on: ubuntu-24.04
                    environment: production
                    services:
                      db:
                        image: postgres:17
                        env:
                          POSTGRES_PASSWORD: Autumn2043
                    steps:
                      - run: make deploy
                """;

        assertEquals(
                List.of(
                        "9 local-password",
                        "12 local-password",
                        "13 password",
                        "19 password",
                        "29 password"),
                SecretDetector.inFile("a.yaml", text).stream()
                        .map(secret -> secret.line() + " " + secret.kind())
                        .toList());
        assertEquals(
                List.of("password"),
                SecretDetector.inFile(
                                "compose.yaml",
                                "services:\n  db:\n    environment:\n      DB_PASSWORD: Winter2041\n")
                        .stream()
                        .map(Secret::kind)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "github-token,ghp_%s",
        "gitlab-token,glpat-%s",
        "slack-token,xoxb-%s",
        "stripe-key,sk_live_%s",
        "npm-token,npm_%s",
        "vault-token,hvs.%s",
        "stripe-webhook-secret,whsec_%s",
        "hugging-face-token,hf_%s",
        "planetscale-token,pscale_tkn_%s",
        "telegram-token,123456789:AAF%.32s",
        "groq-key,gsk_%1$s%1$s",
    })
    void tokensAreKnownByTheirForm(String kind, String shape) {
        List<Secret> found = SecretDetector.find("see " + shape.formatted(LETTERS) + " there");

        assertEquals(List.of(kind), found.stream().map(Secret::kind).toList());
    }

    @Test
    void tokenThatOnlyShowsItsFormIsNone() {
        assertEquals(
                List.of(),
                SecretDetector.inFile(
                        "main.tf",
                        "a = \"https://hooks.slack.com/services/T00000000/B00000000/"
                                + "X".repeat(24)
                                + "\"\nb = \"ghp_"
                                + "x".repeat(36)
                                + "\"\n"));
    }

    @Test
    void keyThatEndsHidesNothingThatFollows() {
        String text =
                "a = \"-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\\n"
                        + "-----END PRIVATE KEY-----\"\ngh = \"ghp_"
                        + LETTERS
                        + "\"\n";

        assertEquals(
                List.of("private-key", "github-token"),
                SecretDetector.inFile("main.tf", text).stream().map(Secret::kind).toList());
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
