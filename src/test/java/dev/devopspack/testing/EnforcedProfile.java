package dev.devopspack.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A server with every point of enforcement configured; a {@link StandIn} plays the others.
public class EnforcedProfile implements QuarkusTestProfile {

    /// Where the stand-in is to listen: a setting of the tests alone.
    public static final String PORT = "devopspack.test.stand-in-port";

    /// What the stand-ins and this server share.
    public static final String SECRET = "0123456789abcdef0123456789abcdef";

    private static final Path FOLDER = Path.of("target", "test-enforcement");

    @Override
    public Map<String, String> getConfigOverrides() {
        // Asked for by more than one class loader: the first answer is everybody's.
        String port =
                System.getProperties()
                        .computeIfAbsent(PORT, _ -> String.valueOf(StandIn.freePort()))
                        .toString();
        try {
            Files.createDirectories(FOLDER);
            Path file = FOLDER.resolve("enforcement.yaml");
            Path secret = FOLDER.resolve("secret");
            Files.writeString(secret, SECRET + "\n");
            Files.writeString(file, text("http://localhost:" + port, secret));
            return Map.of("devopspack.enforcement", file.toString(), PORT, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String standIn, Path secret) {
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
        """
                .formatted(standIn, secret);
    }
}
