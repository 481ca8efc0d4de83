package dev.devopspack.approval.secret;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.testing.Golden;
import dev.devopspack.testing.NodeProgram;
import dev.devopspack.testing.Tools;
import io.vertx.core.net.SelfSignedCertificate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is sealed is opened by other implementations.
class SealingTest {

    private static final SecretName DATABASE =
            new SecretName(new Environment("production"), "payments", "database", "password");

    private static final String RECIPIENT =
            "age1cy0su9fwf3gf9mw868g5yut09p6nytfmmnktexz2ya5uqg9vl9sss4euqm";

    private static final Duration LONGEST = Duration.ofSeconds(30);

    @TempDir Path folder;

    @Test
    void anAgeFileIsOpenedByAnotherImplementation() {
        NodeProgram node = NodeProgram.require(folder);
        String modules = Tools.requireNodeModule("age-encryption").toString();
        List<String> pair =
                node.run("", LONGEST, script(), "identity", modules).out().lines().toList();
        AgeRecipient recipient = new AgeRecipient("ops", pair.get(1));
        byte[] value = "correct horse äöü \uD83D\uDC0E".getBytes(StandardCharsets.UTF_8);

        String file = recipient.seal(DATABASE, 1, value).text();

        assertTrue(file.startsWith("-----BEGIN AGE ENCRYPTED FILE-----\n"), file);
        assertEquals(
                new String(value, StandardCharsets.UTF_8),
                node.run(file, LONGEST, script(), "age", modules, pair.get(0)).out());
        assertEquals(
                "x".repeat(AgeFile.MAX_BYTES),
                node.run(
                                recipient
                                        .seal(
                                                DATABASE,
                                                1,
                                                "x"
                                                        .repeat(AgeFile.MAX_BYTES)
                                                        .getBytes(StandardCharsets.UTF_8))
                                        .text(),
                                LONGEST,
                                script(),
                                "age",
                                modules,
                                pair.get(0))
                        .out());
    }

    @Test
    void theSameValueIsSealedDifferentlyEachTime() {
        AgeRecipient age = new AgeRecipient("ops", RECIPIENT);

        assertNotEquals(
                age.seal(DATABASE, 1, new byte[32]).text(),
                age.seal(DATABASE, 1, new byte[32]).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "age",
                "age1",
                "age1cy0su9fwf3gf9mw868g5yut09p6nytfmmnktexz2ya5uqg9vl9sss4euqn",
                "age1Cy0su9fwf3gf9mw868g5yut09p6nytfmmnktexz2ya5uqg9vl9sss4euqm",
                "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX",
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIL",
                "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqq",
                "bage1cy0su9fwf3gf9mw868g5yut09p6nytfmmnktexz2ya5uqg9vl9sss4euqm"
            })
    void whatIsNoRecipientOfAgeIsRefused(String key) {
        assertThrows(InvalidInput.class, () -> new AgeRecipient("ops", key));
    }

    @Test
    void aSealedSecretIsOpenedByAnotherImplementationForItsNameAlone() throws Exception {
        NodeProgram node = NodeProgram.require(folder);
        SelfSignedCertificate certificate = SelfSignedCertificate.create("sealed-secrets");
        ClusterRecipient cluster = cluster(certificate);
        byte[] value = "correct horse äöü".getBytes(StandardCharsets.UTF_8);

        String sealed = Base64.getEncoder().encodeToString(cluster.sealed(DATABASE, value));

        assertEquals(
                new String(value, StandardCharsets.UTF_8),
                open(node, certificate, "payments/database", sealed).out());
        assertNotEquals(0, open(node, certificate, "payments/other", sealed).exitCode());
        assertEquals(cluster.sealedLength(value.length), cluster.sealed(DATABASE, value).length);
    }

    @Test
    void whatThePageSealsOpensAsWell() throws Exception {
        NodeProgram node = NodeProgram.require(folder);
        SelfSignedCertificate certificate = SelfSignedCertificate.create("sealed-secrets");
        ClusterRecipient cluster = cluster(certificate);

        String sealed =
                node.run(
                                "",
                                LONGEST,
                                script(),
                                "seal",
                                Path.of("src/main/resources/META-INF/resources/assets/seal.js")
                                        .toAbsolutePath()
                                        .toString(),
                                cluster.publicKey(),
                                DATABASE.path(),
                                "typed by a person äöü")
                        .out();

        assertEquals(
                "typed by a person äöü",
                open(node, certificate, "payments/database", sealed).out());
    }

    @Test
    void aCertificateThatIsNoneIsRefused() {
        assertThrows(InvalidInput.class, () -> new ClusterRecipient("c", "nonsense"));
        assertThrows(InvalidInput.class, () -> new ClusterRecipient("c", ""));
    }

    @Test
    void manifestsOfAllFlows() {
        Golden.assertMatches(
                "secrets/database.external-secret.yaml",
                GeneratedManifests.of(DATABASE, 3, 32).text());
        Golden.assertMatches(
                "secrets/database.sealed-secret.yaml",
                SealedManifest.of(DATABASE, 3, "sealed".getBytes(StandardCharsets.UTF_8)).text());
        SecretName stored =
                new SecretName(
                        new Environment("production"), "kv/payments", "database", "password");
        VaultSteps.of(stored, 3, 32)
                .forEach(file -> Golden.assertMatches("secrets/" + file.name(), file.text()));
        Golden.assertMatches("secrets/revoking.steps.sh", VaultSteps.revoking(stored, 3).text());
    }

    @Test
    void aMadeValueIsWipedAndNeverSaidAloud() {
        byte[] bytes;
        try (MadeValue value = MadeValue.random(32)) {
            bytes = value.bytes();
            assertEquals("MadeValue[32]", value.toString());
            assertTrue(new String(bytes, StandardCharsets.US_ASCII).matches("[A-Za-z0-9]{32}"));
        }
        assertArrayEquals(new byte[32], bytes);
    }

    @Test
    void aCommitmentIsOfOneValueOneSaltOneNameAndOneVersion() {
        byte[] salt = new byte[32];
        byte[] other = Arrays.copyOf(salt, 32);
        other[0] = 1;
        SecretName elsewhere =
                new SecretName(new Environment("staging"), "payments", "database", "password");
        try (MadeValue value = MadeValue.random(32);
                MadeValue another = MadeValue.random(32)) {
            List<String> all =
                    List.of(
                            value.commitment(salt, DATABASE, 1),
                            value.commitment(other, DATABASE, 1),
                            value.commitment(salt, elsewhere, 1),
                            value.commitment(salt, DATABASE, 2),
                            another.commitment(salt, DATABASE, 1));

            assertEquals(all.get(0), value.commitment(salt, DATABASE, 1));
            assertEquals(5, all.stream().distinct().count());
            assertTrue(all.stream().allMatch(each -> HexFormat.of().parseHex(each).length == 32));
        }
    }

    @Test
    void theDocumentedCommitmentIsWorkedOut() throws Exception {
        try (MadeValue value =
                MadeValue.of("correcthorsebatterystaple".getBytes(StandardCharsets.US_ASCII))) {
            String page = Files.readString(Path.of("docs/formats/secret.md"));

            String commitment = value.commitment(new byte[32], DATABASE, 1);

            assertTrue(page.contains("\n" + commitment + "\n"), commitment);
        }
    }

    @Test
    void aNameThatCouldBreakOutOfTheTextAroundItIsNone() {
        Environment production = new Environment("production");
        Stream.of("a\"", "a\nb", "a'b", "a b", "A", "", "a".repeat(64), "a:b", "{{x}}", "-a")
                .forEach(bad -> {
                    assertThrows(
                            InvalidInput.class, () -> new SecretName(production, bad, "n", "k"));
                    assertThrows(
                            InvalidInput.class, () -> new SecretName(production, "p", bad, "k"));
                });
        Stream.of("a\"", "a\nb", "a'b", "a b", "", "1a", "$(x)", "a`b", "a=b", "a".repeat(64))
                .forEach(bad ->
                        assertThrows(
                                InvalidInput.class,
                                () -> new SecretName(production, "p", "n", bad)));
    }

    private static ClusterRecipient cluster(SelfSignedCertificate certificate) throws Exception {
        return new ClusterRecipient(
                "cluster", Files.readString(Path.of(certificate.certificatePath())));
    }

    private static NodeProgram.Ended open(
            NodeProgram node, SelfSignedCertificate certificate, String label, String sealed) {
        return node.run(sealed, LONGEST, script(), "open", certificate.privateKeyPath(), label);
    }

    private static String script() {
        return Path.of("src/test/node/secrets.mjs").toAbsolutePath().toString();
    }
}
