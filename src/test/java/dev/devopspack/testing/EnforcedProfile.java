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
            Files.writeString(file, text("http://localhost:" + port));
            return Map.of("devopspack.enforcement", file.toString(), PORT, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String standIn) {
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
        """
                .formatted(standIn);
    }
}
