package dev.devopspack.approval.secret;

import dev.devopspack.change.Digest;
import dev.devopspack.identity.PersonId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Keeps requests for secrets, and versions by name, commitment and sealed files. Every call joins
/// the transaction that is open.
public interface SecretStore {

    /// Stores a request as PENDING unless another one for the same secret waits.
    ///
    /// @return whether it was stored
    boolean insert(SecretRequest request);

    Optional<AskedSecret> find(SecretRequestId id);

    /// The same, locked until the transaction ends.
    Optional<AskedSecret> lock(SecretRequestId id);

    /// The newest first.
    List<AskedSecret> newest(int limit);

    /// Those that wait, the oldest first.
    List<AskedSecret> pending(int limit);

    /// How many of this person's requests wait.
    int waiting(PersonId person);

    /// Keeps what was typed and sealed, once.
    ///
    /// @return false where there is one already
    boolean insertSealed(
            SecretRequestId id, SecretFile file, String sha256, PersonId by, Instant now);

    /// Counts an approval.
    ///
    /// @param act the signed act's name
    /// @return false where the person has approved before
    boolean insertApproval(SecretRequestId id, PersonId person, Digest act, Instant now);

    /// PENDING to another status.
    boolean end(SecretRequestId id, AskedSecret.Status to, String note, Instant now);

    /// Ends what waits and whose time has run out.
    ///
    /// @return those that were ended
    List<SecretRequestId> expire(Instant now);

    void insertVersion(SecretVersion version);

    /// Marks a version; once.
    boolean revoke(SecretName secret, int version, String why, SecretRequestId by, Instant now);

    void insertFile(SecretRequestId id, SecretFile file);

    List<SecretFile> files(SecretRequestId id);

    /// All of one secret, the newest first.
    List<SecretVersion> versions(SecretName secret);

    /// Of all secrets, by their references.
    List<SecretVersion> versions(int limit);
}
