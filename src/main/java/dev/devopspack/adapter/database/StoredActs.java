package dev.devopspack.adapter.database;

import dev.devopspack.approval.act.Act;
import dev.devopspack.approval.act.ActStore;
import dev.devopspack.approval.act.SignedAct;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.Assertion;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;

/// Signed acts in PostgreSQL.
@ApplicationScoped
@Transactional
class StoredActs implements ActStore {

    private static final String ACTS =
            """
            select document, public_key, credential_id, authenticator_data, client_data_json,
                signature, signed_at, audit_sequence
            from signed_acts
            """;

    private final Database database;

    StoredActs(Database database) {
        this.database = database;
    }

    @Override
    public void insert(SignedAct signed) {
        Assertion assertion = signed.assertion();
        database.sql(
                        """
                        insert into signed_acts (id, kind, person, document, public_key,
                            credential_id, authenticator_data, client_data_json, signature,
                            signed_at, audit_sequence)
                        values (:id, :kind, :person, :document, :key, :credential,
                            :authenticator, :client, :signature, :at, :sequence)
                        """)
                .with("id", signed.id().value())
                .with("kind", signed.act().kind().word())
                .with("person", signed.act().person().value())
                .with("document", signed.act().text())
                .with("key", signed.publicKey())
                .with("credential", assertion.credentialId())
                .with("authenticator", assertion.authenticatorData())
                .with("client", assertion.clientDataJson())
                .with("signature", assertion.signature())
                .with("at", signed.signedAt())
                .with("sequence", signed.auditSequence())
                .update();
    }

    @Override
    public Optional<SignedAct> find(Digest id) {
        return database.sql(ACTS + " where id = :id")
                .with("id", id.value())
                .first(StoredActs::signed);
    }

    private static SignedAct signed(Row row) {
        return new SignedAct(
                Act.parse(row.text("document")),
                row.text("public_key"),
                assertion(row),
                row.instant("signed_at"),
                row.number("audit_sequence"));
    }

    /// The answer of a passkey, in its four columns.
    static Assertion assertion(Row row) {
        return new Assertion(
                row.text("credential_id"),
                row.text("authenticator_data"),
                row.text("client_data_json"),
                row.text("signature"));
    }
}
