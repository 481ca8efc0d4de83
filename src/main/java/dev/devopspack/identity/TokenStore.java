package dev.devopspack.identity;

import dev.devopspack.change.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Keeps tokens.
public interface TokenStore {

    void insert(ApiToken token);

    Optional<ApiToken> findByHash(Digest hash);

    Optional<ApiToken> find(String id);

    /// The newest first.
    List<ApiToken> all();

    /// The newest first.
    List<ApiToken> of(PersonId person);

    /// @return whether it was this call that revoked it
    boolean revoke(String id, Instant at);

    /// For the list only; may be late.
    void seen(String id, Instant at);
}
