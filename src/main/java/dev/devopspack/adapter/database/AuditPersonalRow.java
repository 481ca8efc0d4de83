package dev.devopspack.adapter.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.hibernate.annotations.Immutable;

/// A personal field of an entry in clear, with the salt of its commitment. It can be deleted, never
/// changed.
@Entity
@Immutable
@Table(name = "audit_personal")
@IdClass(AuditPersonalRow.Key.class)
class AuditPersonalRow {

    record Key(Long sequence, String field) implements Serializable {}

    @Id @Column Long sequence;
    @Id @Column String field;
    @Column byte[] salt;
    @Column String value;
}
