package dev.devopspack.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/// A server of a company with an identity provider, which a {@link StandIn} plays, and where a
/// token calls forty times a minute.
public class CompanyProfile implements QuarkusTestProfile {

    /// Where the stand-in is to listen, for every class loader: a property of the tests' process.
    private static final String PORT = "devopspack.test.company-port";

    public static int port() {
        return Integer.parseInt(
                System.getProperties()
                        .computeIfAbsent(PORT, _ -> String.valueOf(StandIn.freePort()))
                        .toString());
    }

    public static String issuer() {
        return "http://localhost:" + port() + "/realms/acme";
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "devopspack.calls-a-minute", "40",
                "devopspack.oidc.issuer", issuer(),
                "devopspack.oidc.client-id", "devops-pack",
                "devopspack.oidc.client-secret", "s3cr3t & more",
                "devopspack.oidc.roles.viewer", "engineers,sre",
                "devopspack.oidc.roles.requester", "engineers",
                "devopspack.oidc.roles.approver", "sre");
    }
}
