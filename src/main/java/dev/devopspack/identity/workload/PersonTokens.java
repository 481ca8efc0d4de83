package dev.devopspack.identity.workload;

import dev.devopspack.task.InvalidInput;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks tokens about people that the company's identity provider signed: who they are (OpenID
/// Connect) and what a client may do in their name (RFC 9068).
public final class PersonTokens {

    /// Clocks differ.
    private static final Duration SKEW = Duration.ofSeconds(60);

    /// A token that is worth something for longer than a day is a password.
    private static final Duration LONGEST = Duration.ofHours(24);

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
        IssuerKey key =
                switch (keys.find(issuer, token.keyId())) {
                    case IssuerKeys.Found.Key found -> found.key();
                    case IssuerKeys.Found.None none -> throw refusal(none.problem());
                };
        if (key.algorithm() != token.algorithm()
                || !key.verifies(token.message(), token.signature())) {
            throw refusal("its signature does not fit the issuer's key");
        }
        checkAudience(issuer, claims.get("aud"));
        checkTimes(claims);
        return claims;
    }

    private static void checkAudience(Issuer issuer, @Nullable Object audience) {
        boolean meant =
                switch (audience) {
                    case String one -> one.equals(issuer.audience());
                    case List<?> many -> many.contains(issuer.audience());
                    case null, default -> false;
                };
        if (!meant) {
            throw refusal("it was made for another audience than '" + issuer.audience() + "'");
        }
    }

    private void checkTimes(Map<String, Object> claims) {
        Instant now = clock.instant();
        Instant issuedAt = time(claims, "iat");
        Instant expiresAt = time(claims, "exp");
        if (!now.isBefore(expiresAt.plus(SKEW))) {
            throw refusal("it has expired");
        }
        if (now.plus(SKEW).isBefore(issuedAt)
                || (claims.containsKey("nbf") && now.plus(SKEW).isBefore(time(claims, "nbf")))) {
            throw refusal("it is not valid yet");
        }
        if (expiresAt.isAfter(issuedAt.plus(LONGEST))) {
            throw refusal("it is valid for longer than " + LONGEST.toHours() + " hours");
        }
    }

    private static Instant time(Map<String, Object> claims, String name) {
        if (claims.get(name) instanceof Long seconds
                && seconds >= 0
                && seconds < 253_402_300_800L) {
            return Instant.ofEpochSecond(seconds);
        }
        throw refusal("its claim '" + name + "' is missing or no time");
    }

    private static InvalidInput refusal(String problem) {
        return new InvalidInput("token", problem, "Ask the identity provider for a new one.");
    }
}
