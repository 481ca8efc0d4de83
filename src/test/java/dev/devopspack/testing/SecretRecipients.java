package dev.devopspack.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.net.SelfSignedCertificate;
import java.util.Map;

/// Configures a recipient `cluster`, whose private key a test has, and `laptop`, of age.
public class SecretRecipients implements QuarkusTestResourceLifecycleManager {

    public static final String PRIVATE_KEY = "test.secrets.private-key";

    private final SelfSignedCertificate certificate =
            SelfSignedCertificate.create("sealed-secrets");

    @Override
    public Map<String, String> start() {
        return Map.of(
                PRIVATE_KEY,
                certificate.privateKeyPath(),
                "devopspack.secrets.recipients.cluster.certificate-file",
                certificate.certificatePath(),
                "devopspack.secrets.recipients.laptop.age",
                "age1cy0su9fwf3gf9mw868g5yut09p6nytfmmnktexz2ya5uqg9vl9sss4euqm");
    }

    @Override
    public void stop() {
        certificate.delete();
    }
}
