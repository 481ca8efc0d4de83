package dev.devopspack.identity;

import dev.devopspack.change.Canonical;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What everything that is done with passkeys here needs: for which site, who checks it, the
/// passkeys that are known and the challenges that wait for their answer.
public record Ceremonies(
        RelyingParty site, PasskeyVerifier verifier, PasskeyStore passkeys, CeremonyStore open) {

    /// Gives a challenge out. Those that nobody answered in time go.
    public void begin(Ceremony ceremony, Instant now) {
        open.removeExpired(now);
        open.insert(ceremony);
    }

    /// What the browser hands to `navigator.credentials.get`, for
    /// `PublicKeyCredential.parseRequestOptionsFromJSON`.
    ///
    /// @param allowed those that may answer; an empty list lets any passkey of the site answer
    public String asked(String challenge, Duration timeout, List<Passkey> allowed) {
        return Canonical.text(
                Map.of(
                        "challenge", challenge,
                        "rpId", site.id(),
                        "userVerification", "required",
                        "timeout", timeout.toMillis(),
                        "allowCredentials",
                                allowed.stream()
                                        .map(key ->
                                                Map.of(
                                                        "type",
                                                        "public-key",
                                                        "id",
                                                        key.credentialId()))
                                        .toList()));
    }

    /// The open ceremony of a challenge, used up.
    public Optional<Ceremony> take(String challenge, Ceremony.Purpose purpose, Instant now) {
        return open.take(challenge, purpose, now);
    }
}
