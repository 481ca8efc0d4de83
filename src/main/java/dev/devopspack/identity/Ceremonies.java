package dev.devopspack.identity;

import java.time.Instant;
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

    /// The open ceremony of a challenge, used up.
    public Optional<Ceremony> take(String challenge, Ceremony.Purpose purpose, Instant now) {
        return open.take(challenge, purpose, now);
    }
}
