package dev.devopspack.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A server with every point of enforcement configured, whose clusters are of an old release; a
/// {@link StandIn} plays the others.
public class EnforcedProfile implements QuarkusTestProfile {

    /// Where the stand-in is to listen, for every class loader: a property of the tests' process.
    private static final String PORT = "devopspack.test.stand-in-port";

    /// What the stand-ins and this server share.
    public static final String SECRET = "0123456789abcdef0123456789abcdef";

    private static final Path FOLDER = Path.of("target", "test-enforcement");

    private static final Path PACKS = FOLDER.resolve("packs");

    /// The key of grants of these tests alone.
    public static final Path SIGNING_KEY = FOLDER.resolve("signing-key");

    /// The version of helm's schema pack in the folder of packs; none is as new.
    public static final String HELM = "3.99.1";

    /// Where the stand-in is to listen.
    public static int port() {
        return Integer.parseInt(
                System.getProperties()
                        .computeIfAbsent(PORT, _ -> String.valueOf(StandIn.freePort()))
                        .toString());
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        int port = port();
        try {
            Files.createDirectories(FOLDER);
            Path file = FOLDER.resolve("enforcement.yaml");
            Path secret = FOLDER.resolve("secret");
            Files.writeString(secret, SECRET + "\n");
            Path key = FOLDER.resolve("app.pem");
            Files.writeString(key, privateKey());
            Files.writeString(file, text("http://localhost:" + port, secret, key));
            tls();
            packs();
            return Map.of(
                    "devopspack.schema-packs.directory",
                    PACKS.toString(),
                    "devopspack.enforcement",
                    file.toString(),
                    "devopspack.signing-key",
                    SIGNING_KEY.toString(),
                    "devopspack.kubernetes.version",
                    "1.31",
                    "quarkus.http.test-ssl-port",
                    "0",
                    "quarkus.http.insecure-requests",
                    "enabled",
                    "quarkus.http.ssl.certificate.files",
                    FOLDER.resolve("tls.crt").toString(),
                    "quarkus.http.ssl.certificate.key-files",
                    FOLDER.resolve("tls.key").toString(),
                    "quarkus.http.ssl.certificate.reload-period",
                    "1h");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What ships for helm, as of a later version.
    private static void packs() throws IOException {
        Files.createDirectories(PACKS);
        try (InputStream shipped =
                        EnforcedProfile.class.getResourceAsStream("/schema-packs/helm.json.gz");
                InputStream text = new GZIPInputStream(shipped);
                OutputStream made =
                        new GZIPOutputStream(
                                Files.newOutputStream(PACKS.resolve("helm.json.gz")))) {
            made.write(
                    new String(text.readAllBytes(), StandardCharsets.UTF_8)
                            .replaceFirst("\"version\":\"[0-9.]+\"", "\"version\":\"" + HELM + "\"")
                            .getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String text(String standIn, Path secret, Path key) {
        return """
        format: devops-pack/enforcement/v1
        issuers:
          - name: github
            kind: github-actions
            issuer: https://token.actions.githubusercontent.com
            audience: https://devops-pack.example.com
            keys: %1$s/keys
        pipelines:
          - stack: payments/production
            environment: production
            issuer: github
            repository: acme/payments
            refs: [refs/heads/main]
            workflow: .github/workflows/deploy.yml
        kubernetes:
          - name: main
            environment: production
            secret-file: %2$s
            deployers: ["system:serviceaccount:argocd:deployer"]
            exempt: [break-glass]
        github:
          - name: main
            api: %1$s
            app: "12345"
            private-key-file: %3$s
            webhook-secret-file: %2$s
            rules:
              - repository: acme/payments
                stack: payments/production
                environment: production
              - repository: acme/checked
                stack: checked/production
                environment: production
                use: check
                workflows: [.github/workflows/deploy.yml, .github/workflows/rollback.yml]
        terraform:
          - name: hcp
            api: %1$s
            storage: %4$s
            hmac-key-file: %2$s
            workspaces:
              - organization: acme
                workspace: network-production
                stack: network/production
                environment: production
        """
                .formatted(standIn, secret, key, standIn.replace("localhost", "127.0.0.1"));
    }

    /// A certificate and its key, as cert-manager puts them into a secret.
    private static void tls() throws IOException {
        Path store = FOLDER.resolve("tls.p12");
        Files.deleteIfExists(store);
        try {
            Process keytool =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "keytool")
                                            .toString(),
                                    "-genkeypair",
                                    "-alias",
                                    "tls",
                                    "-keyalg",
                                    "EC",
                                    "-groupname",
                                    "secp256r1",
                                    "-dname",
                                    "CN=devops-pack",
                                    "-ext",
                                    "san=dns:localhost",
                                    "-keystore",
                                    store.toString(),
                                    "-storepass",
                                    SECRET)
                            .redirectErrorStream(true)
                            .start();
            String said =
                    new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
            KeyStore opened = KeyStore.getInstance(store.toFile(), SECRET.toCharArray());
            Files.writeString(
                    FOLDER.resolve("tls.crt"),
                    Pem.of("CERTIFICATE", opened.getCertificate("tls").getEncoded()));
            Files.writeString(
                    FOLDER.resolve("tls.key"),
                    Pem.of("PRIVATE KEY", opened.getKey("tls", SECRET.toCharArray()).getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String privateKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2_048);
            return Pem.of("PRIVATE KEY", generator.generateKeyPair().getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A message's code with a shared secret, in hexadecimal digits.
    public static String hmac(String algorithm, String secret, String message) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
