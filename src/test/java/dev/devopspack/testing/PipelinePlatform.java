package dev.devopspack.testing;

import dev.devopspack.change.Canonical;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Stands in for a platform of pipelines: signs its jobs' identity tokens, honestly or as an
/// attacker would.
public final class PipelinePlatform {

    public static final String GITHUB = "https://token.actions.githubusercontent.com";
    public static final String GITLAB = "https://gitlab.example.com";
    public static final String AUDIENCE = "https://devops-pack.example.com";

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final KeyPair rsa = pair("RSA");
    private final KeyPair ec = pair("EC");

    private static KeyPair pair(String family) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(family);
            if (family.equals("EC")) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            } else {
                generator.initialize(2_048);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The key set: `rsa-1` for RS256 and `ec-1` for ES256.
    public String keySet() {
        return Canonical.text(
                Map.of("keys", List.of(rsaKey("rsa-1", rsaModulus(), "AQAB"), ecKey("ec-1"))));
    }

    public BigInteger rsaModulus() {
        return ((RSAPublicKey) rsa.getPublic()).getModulus();
    }

    /// The bytes of the public RSA key, which everybody knows.
    public byte[] publicKeyBytes() {
        return rsa.getPublic().getEncoded();
    }

    public static Map<String, Object> rsaKey(String id, BigInteger modulus, String exponent) {
        return Map.of(
                "kty",
                "RSA",
                "kid",
                id,
                "alg",
                "RS256",
                "use",
                "sig",
                "n",
                unsigned(modulus, (modulus.bitLength() + 7) / 8),
                "e",
                exponent);
    }

    private Map<String, Object> ecKey(String id) {
        var point = ((ECPublicKey) ec.getPublic()).getW();
        return Map.of(
                "kty",
                "EC",
                "crv",
                "P-256",
                "kid",
                id,
                "x",
                unsigned(point.getAffineX(), 32),
                "y",
                unsigned(point.getAffineY(), 32));
    }

    private static String unsigned(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] out = new byte[length];
        int kept = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - kept, out, length - kept, kept);
        return BASE64.encodeToString(out);
    }

    /// The claims of a job of `acme/payments` on its main branch, for production.
    public static Map<String, Object> gitHubClaims(Instant now) {
        Map<String, Object> claims = new TreeMap<>();
        claims.put("iss", GITHUB);
        claims.put("aud", AUDIENCE);
        claims.put("iat", now.getEpochSecond());
        claims.put("nbf", now.getEpochSecond());
        claims.put("exp", now.getEpochSecond() + 300);
        claims.put("sub", "repo:acme/payments:environment:production");
        claims.put("repository", "acme/payments");
        claims.put("ref", "refs/heads/main");
        claims.put("sha", "0123456789abcdef0123456789abcdef01234567");
        claims.put("workflow_ref", "acme/payments/.github/workflows/deploy.yml@refs/heads/main");
        claims.put("environment", "production");
        claims.put("run_id", "1234567890");
        claims.put("run_attempt", "1");
        return claims;
    }

    public static Map<String, Object> gitLabClaims(Instant now) {
        Map<String, Object> claims = new TreeMap<>();
        claims.put("iss", GITLAB);
        claims.put("aud", List.of(AUDIENCE));
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.getEpochSecond() + 3_600);
        claims.put("project_path", "acme/payments");
        claims.put("ref", "main");
        claims.put("ref_type", "branch");
        claims.put("sha", "0123456789abcdef0123456789abcdef01234567");
        claims.put(
                "ci_config_ref_uri",
                "gitlab.example.com/acme/payments//.gitlab-ci.yml@refs/heads/main");
        claims.put("environment", "production");
        claims.put("pipeline_id", 77L);
        return claims;
    }

    /// The claims with one of them changed; without it where the value is null.
    public static Map<String, Object> with(
            Map<String, Object> claims, String name, @Nullable Object value) {
        Map<String, Object> changed = new TreeMap<>(claims);
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        return changed;
    }

    public String rs256(Map<String, Object> claims) {
        return signed(header("RS256", "rsa-1"), claims);
    }

    public String es256(Map<String, Object> claims) {
        return signed(header("ES256", "ec-1"), claims);
    }

    public static Map<String, Object> header(String algorithm, String key) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", "JWT");
        header.put("alg", algorithm);
        header.put("kid", key);
        return header;
    }

    /// Signed with the RSA key, or the EC key where the header says ES256.
    public String signed(Map<String, Object> header, Map<String, Object> claims) {
        String message = message(header, claims);
        return message
                + "."
                + ("ES256".equals(header.get("alg"))
                        ? signature("SHA256withECDSAinP1363Format", ec, message)
                        : rsaSignature(message));
    }

    /// The RSA key's signature, whatever the message's header says.
    public String rsaSignature(String message) {
        return signature("SHA256withRSA", rsa, message);
    }

    private static String signature(String algorithm, KeyPair key, String message) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key.getPrivate());
            signature.update(message.getBytes(StandardCharsets.US_ASCII));
            return BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String message(Map<String, Object> header, Map<String, Object> claims) {
        return encoded(header) + "." + encoded(claims);
    }

    private static String encoded(Map<String, Object> document) {
        return BASE64.encodeToString(Canonical.bytes(document));
    }

    /// The token with one bit of the signature changed.
    public static String damaged(String token) {
        int dot = token.lastIndexOf('.');
        byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
        byte[] other = Arrays.copyOf(signature, signature.length);
        other[10] ^= 1;
        return token.substring(0, dot + 1) + BASE64.encodeToString(other);
    }
}
