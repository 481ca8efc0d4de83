package dev.devopspack.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Keeps passkeys.
public interface PasskeyStore {

    /// Stores it unless its credential id **or** its public key is known already, also of a removed
    /// one: a key that spoke for one person never speaks for another.
    ///
    /// @return whether it was stored
    boolean insert(Passkey passkey);

    /// Not a removed one.
    Optional<Passkey> find(String credentialId);

    /// The oldest first, without removed ones.
    List<Passkey> of(PersonId person);

    /// Whether a passkey that signed with this key is still one of the person's.
    default boolean isStillOf(PersonId person, String credentialId, String publicKey) {
        return find(credentialId)
                .filter(passkey -> passkey.person().equals(person))
                .filter(passkey -> passkey.publicKey().equals(publicKey))
                .isPresent();
    }

    /// Raises the counter and sets the time of the last use, in one statement.
    ///
    /// @return false where the stored counter is `signCount` or more and either is above zero: the
    ///   passkey may have been copied; nothing was changed then
    boolean used(String credentialId, long signCount, Instant at);

    /// Marks it as removed.
    ///
    /// @return whether there was one
    boolean remove(String credentialId);
}
