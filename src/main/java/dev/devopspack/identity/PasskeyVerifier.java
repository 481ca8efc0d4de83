package dev.devopspack.identity;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.BadChallengeException;
import com.webauthn4j.verifier.exception.BadOriginException;
import com.webauthn4j.verifier.exception.BadRpIdException;
import com.webauthn4j.verifier.exception.BadSignatureException;
import com.webauthn4j.verifier.exception.CrossOriginException;
import com.webauthn4j.verifier.exception.UserNotPresentException;
import com.webauthn4j.verifier.exception.UserNotVerifiedException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Checks what authenticators return. User verification is always required: a touch alone proves
/// nobody.
///
/// Pure: it reads nothing and remembers nothing. That a challenge answers once and that a counter
/// rises are checked where they are stored.
public final class PasskeyVerifier {

    private static final List<COSEAlgorithmIdentifier> ALGORITHMS =
            List.of(
                    COSEAlgorithmIdentifier.ES256,
                    COSEAlgorithmIdentifier.EdDSA,
                    COSEAlgorithmIdentifier.RS256);

    private static final List<PublicKeyCredentialParameters> PARAMETERS =
            ALGORITHMS.stream()
                    .map(a ->
                            new PublicKeyCredentialParameters(
                                    PublicKeyCredentialType.PUBLIC_KEY, a))
                    .toList();

    private final ObjectConverter converter = new ObjectConverter();
    private final WebAuthnManager manager =
            WebAuthnManager.createNonStrictWebAuthnManager(converter);

    /// The COSE numbers of the algorithms that a passkey may have.
    public static List<Integer> algorithms() {
        return ALGORITHMS.stream().map(a -> (int) a.getValue()).toList();
    }

    public sealed interface Checked {

        /// @param signCount the authenticator's counter; 0 where it counts nothing
        record Valid(long signCount) implements Checked {}

        record Invalid(String why) implements Checked {}
    }

    public sealed interface Registered {

        /// @param publicKey the COSE key in one fixed encoding, base64url
        record Valid(
                String credentialId,
                String publicKey,
                String aaguid,
                long signCount,
                boolean backupEligible)
                implements Registered {}

        record Invalid(String why) implements Registered {}
    }

    /// Whether the assertion is the key's signature over the challenge, made for this site with its
    /// person verified.
    public Checked check(
            RelyingParty site, byte[] challenge, String publicKey, Assertion assertion) {
        try {
            AuthenticationRequest request =
                    new AuthenticationRequest(
                            bytes(assertion.credentialId()),
                            null,
                            bytes(assertion.authenticatorData()),
                            bytes(assertion.clientDataJson()),
                            bytes(assertion.signature()));
            CredentialRecordImpl record = record(assertion.credentialId(), publicKey);
            AuthenticationData data =
                    manager.verify(
                            request,
                            new AuthenticationParameters(
                                    property(site, challenge), record, null, true, true));
            return new Checked.Valid(
                    data.getAuthenticatorData() == null
                            ? 0
                            : data.getAuthenticatorData().getSignCount());
        } catch (RuntimeException e) {
            // The library throws many kinds on hostile bytes; none of them opens anything.
            return new Checked.Invalid(why(e));
        }
    }

    Registered register(RelyingParty site, byte[] challenge, Attestation attestation) {
        try {
            RegistrationData data =
                    manager.verify(
                            new RegistrationRequest(
                                    bytes(attestation.attestationObject()),
                                    bytes(attestation.clientDataJson())),
                            new RegistrationParameters(
                                    property(site, challenge), PARAMETERS, true, true));
            var authenticator =
                    data.getAttestationObject() == null
                            ? null
                            : data.getAttestationObject().getAuthenticatorData();
            var credential =
                    authenticator == null ? null : authenticator.getAttestedCredentialData();
            if (authenticator == null || credential == null) {
                return new Registered.Invalid("the answer holds no credential");
            }
            return new Registered.Valid(
                    Secrets.base64(credential.getCredentialId()),
                    Secrets.base64(
                            converter
                                    .getCborConverter()
                                    .writeValueAsBytes(credential.getCOSEKey())),
                    String.valueOf(credential.getAaguid()),
                    authenticator.getSignCount(),
                    authenticator.isFlagBE());
        } catch (RuntimeException e) {
            return new Registered.Invalid(why(e));
        }
    }

    private CredentialRecordImpl record(String credentialId, String publicKey) {
        COSEKey key = converter.getCborConverter().readValue(bytes(publicKey), COSEKey.class);
        if (key == null || !ALGORITHMS.contains(key.getAlgorithm())) {
            throw new IllegalArgumentException("the key's algorithm is not accepted");
        }
        return new CredentialRecordImpl(
                new NoneAttestationStatement(),
                null,
                null,
                null,
                0,
                new AttestedCredentialData(AAGUID.ZERO, bytes(credentialId), key),
                null,
                null,
                null,
                null);
    }

    private static ServerProperty property(RelyingParty site, byte[] challenge) {
        Set<Origin> origins =
                site.origins().stream().map(Origin::new).collect(Collectors.toUnmodifiableSet());
        return ServerProperty.builder()
                .origins(origins)
                .rpId(site.id())
                .challenge(new DefaultChallenge(challenge))
                .build();
    }

    private static byte[] bytes(String base64) {
        return Base64.getUrlDecoder().decode(base64);
    }

    private static String why(RuntimeException e) {
        return switch (e) {
            case BadChallengeException _ -> "it was signed for another challenge";
            case BadOriginException _ -> "it was made on a site that is not on the list of origins";
            case BadRpIdException _ -> "it was made for another site";
            case BadSignatureException _ -> "the signature does not fit the passkey";
            case CrossOriginException _ -> "it was made inside a page of another site";
            case UserNotVerifiedException _ ->
                    "the authenticator did not verify its person (PIN, fingerprint or face)";
            case UserNotPresentException _ -> "nobody touched the authenticator";
            default -> "the authenticator's answer is not usable";
        };
    }
}
