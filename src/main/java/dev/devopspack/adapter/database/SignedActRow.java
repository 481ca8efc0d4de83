package dev.devopspack.adapter.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/// Something that a person signed.
@Entity
@Immutable
@Table(name = "signed_acts")
class SignedActRow {

    @Id @Column String id;

    @Column String kind;

    @Column UUID person;

    @Column String document;

    @Column(name = "public_key")
    String publicKey;

    @Column(name = "credential_id")
    String credentialId;

    @Column(name = "authenticator_data")
    String authenticatorData;

    @Column(name = "client_data_json")
    String clientDataJson;

    @Column String signature;

    @Column(name = "signed_at")
    Instant signedAt;

    @Column(name = "audit_sequence")
    long auditSequence;
}
