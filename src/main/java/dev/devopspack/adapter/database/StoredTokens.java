package dev.devopspack.adapter.database;

import dev.devopspack.change.Digest;
import dev.devopspack.identity.ApiToken;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.TokenStore;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Tokens in PostgreSQL.
@ApplicationScoped
@Transactional
class StoredTokens implements TokenStore, PanacheRepositoryBase<TokenRow, String> {

    private static final Sort NEWEST_FIRST = Sort.descending("createdAt", "id");

    private final EntityManager database;

    StoredTokens(EntityManager database) {
        this.database = database;
    }

    @Override
    public void insert(ApiToken token) {
        TokenRow row = new TokenRow();
        row.id = token.id();
        row.hash = token.hash().value();
        row.person = token.person().value();
        row.label = token.label();
        row.roles = RoleNames.write(token.roles());
        row.createdAt = Moments.stored(token.createdAt());
        row.expiresAt = Moments.stored(token.expiresAt());
        row.revokedAt = token.revokedAt();
        row.lastUsedAt = token.lastUsedAt();
        persist(row);
    }

    @Override
    public Optional<ApiToken> findByHash(Digest hash) {
        return find("hash", hash.value()).firstResultOptional().map(StoredTokens::token);
    }

    @Override
    public Optional<ApiToken> find(String id) {
        return findByIdOptional(id).map(StoredTokens::token);
    }

    @Override
    public List<ApiToken> all() {
        return findAll(NEWEST_FIRST).stream().map(StoredTokens::token).toList();
    }

    @Override
    public List<ApiToken> of(PersonId person) {
        return find("person", NEWEST_FIRST, person.value()).stream()
                .map(StoredTokens::token)
                .toList();
    }

    @Override
    public boolean revoke(String id, Instant at) {
        int changed = update("revokedAt = ?2 where id = ?1 and revokedAt is null", id, at);
        database.flush();
        database.clear();
        return changed == 1;
    }

    @Override
    public void seen(String id, Instant at) {
        update("lastUsedAt = ?2 where id = ?1", id, at);
        database.flush();
        database.clear();
    }

    private static ApiToken token(TokenRow row) {
        return new ApiToken(
                row.id,
                new Digest(row.hash),
                new PersonId(row.person),
                row.label,
                RoleNames.read(row.roles),
                row.createdAt,
                row.expiresAt,
                row.revokedAt,
                row.lastUsedAt);
    }
}
