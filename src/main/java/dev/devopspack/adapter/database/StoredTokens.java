package dev.devopspack.adapter.database;

import dev.devopspack.change.Digest;
import dev.devopspack.identity.ApiToken;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.TokenStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Tokens in PostgreSQL.
@ApplicationScoped
@Transactional
class StoredTokens implements TokenStore {

    private static final String TOKENS =
            """
            select id, hash, person, label, roles, created_at, expires_at, revoked_at,
                last_used_at
            from tokens
            """;

    private final Database database;

    StoredTokens(Database database) {
        this.database = database;
    }

    @Override
    public void insert(ApiToken token) {
        database.sql(
                        """
                        insert into tokens (id, hash, person, label, roles, created_at, expires_at,
                            revoked_at, last_used_at)
                        values (:id, :hash, :person, :label, :roles, :created, :expires,
                            :revoked, :used)
                        """)
                .with("id", token.id())
                .with("hash", token.hash().value())
                .with("person", token.person().value())
                .with("label", token.label())
                .with("roles", RoleNames.write(token.roles()))
                .with("created", token.createdAt())
                .with("expires", token.expiresAt())
                .with("revoked", token.revokedAt())
                .with("used", token.lastUsedAt())
                .update();
    }

    @Override
    @Transactional(TxType.SUPPORTS)
    public Optional<ApiToken> findByHash(Digest hash) {
        return database.sql(TOKENS + " where hash = :hash")
                .with("hash", hash.value())
                .first(StoredTokens::token);
    }

    @Override
    public Optional<ApiToken> find(String id) {
        return database.sql(TOKENS + " where id = :id").with("id", id).first(StoredTokens::token);
    }

    @Override
    public List<ApiToken> all() {
        return database.sql(TOKENS + " order by created_at desc, id desc")
                .list(StoredTokens::token);
    }

    @Override
    public List<ApiToken> of(PersonId person) {
        return database.sql(
                        TOKENS
                                + """
                                where person = :person
                                order by created_at desc, id desc
                                """)
                .with("person", person.value())
                .list(StoredTokens::token);
    }

    @Override
    public boolean revoke(String id, Instant at) {
        return database.sql(
                        "update tokens set revoked_at = :at where id = :id and revoked_at is null")
                .with("id", id)
                .with("at", at)
                .changesOne();
    }

    @Override
    public void seen(String id, Instant at) {
        database.sql("update tokens set last_used_at = :at where id = :id")
                .with("id", id)
                .with("at", at)
                .update();
    }

    private static ApiToken token(Row row) {
        return new ApiToken(
                row.text("id"),
                new Digest(row.text("hash")),
                new PersonId(row.uuid("person")),
                row.text("label"),
                RoleNames.read(row.text("roles")),
                row.instant("created_at"),
                row.instant("expires_at"),
                row.optionalInstant("revoked_at"),
                row.optionalInstant("last_used_at"));
    }
}
