package dev.devopspack.identity.workload;

import dev.devopspack.change.StrictJson;
import dev.devopspack.task.InvalidInput;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One public key of an issuer, for the one algorithm that fits it.
///
/// The algorithm is the key's and never the token's word, so that a public key cannot be taken for
/// a shared secret.
public record IssuerKey(String id, Algorithm algorithm, PublicKey key) {

    /// Issuers rotate: a handful of keys at once. A set that is longer is no key set.
    private static final int MAX_KEYS = 100;

    /// A hundred RSA keys with certificates.
    public static final int MAX_CHARACTERS = 512 * 1_024;

    private static final int MAX_ID_LENGTH = 300;

    /// Below, a factorisation is thinkable; above, a check is expensive and nobody uses it.
    private static final int MIN_RSA_BITS = 2_048;

    private static final int MAX_RSA_BITS = 8_192;

    private static final BigInteger RSA_EXPONENT = BigInteger.valueOf(65_537);

    /// What signatures may be made with; there is no other.
    public enum Algorithm {
        RS256("SHA256withRSA", "RSA"),
        ES256("SHA256withECDSAinP1363Format", "EC");

        private final String java;
        private final String family;

        Algorithm(String java, String family) {
            this.java = java;
            this.family = family;
        }
    }

    boolean verifies(byte[] message, byte[] signature) {
        try {
            Signature check = Signature.getInstance(algorithm.java);
            check.initVerify(key);
            check.update(message);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /// Reads a JSON web key set. Keys of other kinds, for other uses or without an id are left out.
    ///
    /// @throws InvalidInput if it is no key set, or one of its keys is too weak
    public static List<IssuerKey> parse(String jwks) {
        if (!(StrictJson.object("key set", jwks, MAX_CHARACTERS).get("keys")
                        instanceof List<?> list)
                || list.size() > MAX_KEYS) {
            throw refusal("it has no list of keys, or one that is too long");
        }
        List<IssuerKey> keys = new ArrayList<>();
        for (Object entry : list) {
            if (entry instanceof Map<?, ?> key) {
                read(key).ifPresent(keys::add);
            }
        }
        return List.copyOf(keys);
    }

    private static Optional<IssuerKey> read(Map<?, ?> key) {
        if (!(key.get("kid") instanceof String id)
                || id.isEmpty()
                || id.length() > MAX_ID_LENGTH
                || !fits(key, "use", "sig")) {
            return Optional.empty();
        }
        for (Algorithm algorithm : Algorithm.values()) {
            if (algorithm.family.equals(key.get("kty")) && fits(key, "alg", algorithm.name())) {
                return publicKey(algorithm, key).map(open -> new IssuerKey(id, algorithm, open));
            }
        }
        return Optional.empty();
    }

    private static boolean fits(Map<?, ?> key, String name, String value) {
        return !key.containsKey(name) || value.equals(key.get(name));
    }

    private static Optional<PublicKey> publicKey(Algorithm algorithm, Map<?, ?> key) {
        try {
            return switch (algorithm) {
                case RS256 -> Optional.of(rsa(number(key, "n"), number(key, "e")));
                case ES256 ->
                        "P-256".equals(key.get("crv"))
                                ? Optional.of(ec(number(key, "x"), number(key, "y")))
                                : Optional.empty();
            };
        } catch (GeneralSecurityException e) {
            throw refusal("one of its keys is no key");
        }
    }

    private static PublicKey rsa(BigInteger modulus, BigInteger exponent)
            throws GeneralSecurityException {
        if (modulus.bitLength() < MIN_RSA_BITS || modulus.bitLength() > MAX_RSA_BITS) {
            throw refusal("an RSA key in it has " + modulus.bitLength() + " bits");
        }
        if (!exponent.equals(RSA_EXPONENT)) {
            throw refusal("an RSA key in it has an unusual exponent");
        }
        return KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(modulus, exponent));
    }

    private static PublicKey ec(BigInteger x, BigInteger y) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        ECParameterSpec curve = parameters.getParameterSpec(ECParameterSpec.class);
        if (!onCurve(curve.getCurve(), x, y)) {
            throw refusal("a key in it is no point of its curve");
        }
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), curve));
    }

    private static boolean onCurve(EllipticCurve curve, BigInteger x, BigInteger y) {
        BigInteger p = ((ECFieldFp) curve.getField()).getP();
        BigInteger right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(p);
        return x.compareTo(p) < 0 && y.compareTo(p) < 0 && y.multiply(y).mod(p).equals(right);
    }

    private static BigInteger number(Map<?, ?> key, String name) {
        if (key.get(name) instanceof String text && text.length() <= 2 * MAX_RSA_BITS / 8) {
            try {
                return new BigInteger(1, Base64.getUrlDecoder().decode(text));
            } catch (IllegalArgumentException e) {
                throw refusal("'" + name + "' of a key in it is no base64url");
            }
        }
        throw refusal("a key in it has no '" + name + "'");
    }

    private static InvalidInput refusal(String problem) {
        return new InvalidInput("key set", problem, "Check the address of the issuer's keys.");
    }
}
