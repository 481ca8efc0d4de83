package dev.devopspack.adapter.database;

import dev.devopspack.approval.act.Act;
import dev.devopspack.approval.act.ActStore;
import dev.devopspack.approval.act.SignedAct;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.Assertion;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Optional;

/// Signed acts in PostgreSQL.
@ApplicationScoped
@Transactional
class StoredActs implements ActStore {

    private final EntityManager database;

    StoredActs(EntityManager database) {
        this.database = database;
    }

    @Override
    public void insert(SignedAct signed) {
        SignedActRow row = new SignedActRow();
        row.id = signed.id().value();
        row.kind = signed.act().kind().word();
        row.person = signed.act().person().value();
        row.document = signed.act().text();
        row.publicKey = signed.publicKey();
        row.credentialId = signed.assertion().credentialId();
        row.authenticatorData = signed.assertion().authenticatorData();
        row.clientDataJson = signed.assertion().clientDataJson();
        row.signature = signed.assertion().signature();
        row.signedAt = Moments.stored(signed.signedAt());
        row.auditSequence = signed.auditSequence();
        database.persist(row);
        database.flush();
    }

    @Override
    public Optional<SignedAct> find(Digest id) {
        return Optional.ofNullable(database.find(SignedActRow.class, id.value()))
                .map(StoredActs::signed);
    }

    private static SignedAct signed(SignedActRow row) {
        return new SignedAct(
                Act.parse(row.document),
                row.publicKey,
                new Assertion(
                        row.credentialId, row.authenticatorData, row.clientDataJson, row.signature),
                row.signedAt,
                row.auditSequence);
    }
}
