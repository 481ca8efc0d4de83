package dev.devopspack.identity.workload;

import dev.devopspack.task.InvalidInput;
import java.time.Clock;
import java.util.Map;
import java.util.Set;

/// Checks tokens about people that the company's identity provider signed: who they are (OpenID
/// Connect) and what a client may do in their name (RFC 9068).
public final class PersonTokens {

    private static final Set<String> ACCESS_TYPES = Set.of("at+jwt", "application/at+jwt", "jwt");

    private final IssuerKeys keys;
    private final Clock clock;

    public PersonTokens(IssuerKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /// @param issuer with this server's client id as audience
    /// @param nonce that the sign-in began with
    /// @return the claims, proven
    /// @throws InvalidInput where it proves nobody
    public Map<String, Object> identity(String text, Issuer issuer, String nonce) {
        SignedToken token = SignedToken.parse(text, Set.of("jwt"));
        Map<String, Object> claims = checked(token, issuer);
        if (!nonce.equals(claims.get("nonce"))) {
            throw refusal("it belongs to another sign-in");
        }
        Object party = claims.get("azp");
        if (party != null && !party.equals(issuer.audience())) {
            throw refusal("it was made for another client");
        }
        return claims;
    }

    /// @param issuer with this server's address of MCP as audience
    /// @return the claims, proven
    /// @throws InvalidInput where it lets nobody in
    public Map<String, Object> access(String text, Issuer issuer) {
        SignedToken token = SignedToken.parse(text, ACCESS_TYPES);
        Map<String, Object> claims = checked(token, issuer);
        if (claims.containsKey("nonce")) {
            throw refusal("it says who somebody is, not what may be done");
        }
        return claims;
    }

    /// Whose token it says it is; proven by nothing.
    ///
    /// @throws InvalidInput where it is no signed token
    public static String claimedIssuer(String text) {
        return String.valueOf(SignedToken.parse(text, ACCESS_TYPES).claims().get("iss"));
    }

    private Map<String, Object> checked(SignedToken token, Issuer issuer) {
        Map<String, Object> claims = token.claims();
        if (!issuer.issuer().equals(claims.get("iss"))) {
            throw refusal("it is of another issuer");
        }
        token.unproven(issuer, keys).ifPresent(PersonTokens::refuse);
        if (!token.isFor(issuer.audience())) {
            throw refusal("it was made for another audience than '" + issuer.audience() + "'");
        }
        token.untimely(clock.instant()).ifPresent(PersonTokens::refuse);
        return claims;
    }

    private static void refuse(String problem) {
        throw refusal(problem);
    }

    private static InvalidInput refusal(String problem) {
        return new InvalidInput("token", problem, "Ask the identity provider for a new one.");
    }
}
