package dev.devopspack.adapter.database;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.ArtifactName;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.hibernate.annotations.Immutable;

/// One file of a change set.
@Entity
@Immutable
@Table(name = "artifacts")
@IdClass(ArtifactRow.Key.class)
class ArtifactRow {

    record Key(String changeSet, String name) implements Serializable {}

    @Id
    @Column(name = "change_set")
    String changeSet;

    @Id @Column String name;

    @Column(name = "media_type")
    String mediaType;

    @Column boolean executable;
    @Column byte[] bytes;

    static ArtifactRow of(String changeSet, Artifact artifact) {
        ArtifactRow row = new ArtifactRow();
        row.changeSet = changeSet;
        row.name = artifact.name().value();
        row.mediaType = artifact.mediaType();
        row.executable = artifact.executable();
        row.bytes = artifact.bytes();
        return row;
    }

    Artifact artifact() {
        return new Artifact(new ArtifactName(name), mediaType, bytes, executable);
    }
}
