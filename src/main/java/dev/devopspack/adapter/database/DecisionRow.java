package dev.devopspack.adapter.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/// One person's signed decision.
@Entity
@Immutable
@Table(name = "decisions")
@IdClass(DecisionRow.Key.class)
class DecisionRow {

    record Key(String approval, UUID approver) implements Serializable {}

    @Id @Column String approval;

    @Id @Column UUID approver;

    @Column(insertable = false, updatable = false)
    @Nullable Long position;

    @Column String choice;

    @Column String reason;

    @Column String challenge;

    @Column(name = "public_key")
    String publicKey;

    @Column(name = "credential_id")
    String credentialId;

    @Column(name = "authenticator_data")
    String authenticatorData;

    @Column(name = "client_data_json")
    String clientDataJson;

    @Column String signature;

    @Column(name = "decided_at")
    Instant decidedAt;

    @Column(name = "audit_sequence")
    long auditSequence;

    /// Where it was signed together with others.
    @Column @Nullable String batch;
}
