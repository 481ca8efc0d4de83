package dev.devopspack.web;

import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.Checkpoints;
import dev.devopspack.audit.InclusionProof;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.audit.Tile;
import dev.devopspack.audit.TlogProof;
import dev.devopspack.task.InvalidInput;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What programs for transparency logs take: tiles of hashes, bundles of entries, proofs as files.
@Singleton
class AuditTiles {

    /// A tile of a log never changes. Everybody may keep hashes; entries only who asked for them.
    private static final String FOR_EVERYBODY = "public, max-age=31536000, immutable";

    private static final String FOR_ONE = "private, max-age=31536000, immutable";

    /// What the length before an entry in a bundle can say.
    private static final int MAX_ENTRY_BYTES = 0xFFFF;

    private final Checkpoints checkpoints;
    private final AuditLog log;
    private final RoutingContext context;

    AuditTiles(Checkpoints checkpoints, AuditLog log, RoutingContext context) {
        this.context = context;
        this.checkpoints = checkpoints;
        this.log = log;
    }

    /// @param path what stands behind the level, for example `x001/x234/067.p/5`
    Response hashes(String level, String path) {
        try {
            Tile tile = Tile.parse(level, path);
            return bytes(Tile.bytes(checkpoints.tile(tile)), FOR_EVERYBODY);
        } catch (InvalidInput missing) {
            throw Conflict.missing(missing.where(), missing.problem(), missing.mend());
        }
    }

    /// Entries, each after its length in two bytes.
    Response entries(String path) {
        List<StoredEntry> entries;
        try {
            Tile tile = Tile.parse("0", path);
            checkpoints.tile(tile);
            entries = log.read(tile.first(), tile.width());
        } catch (InvalidInput missing) {
            throw Conflict.missing(missing.where(), missing.problem(), missing.mend());
        }
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        for (StoredEntry entry : entries) {
            byte[] leaf = entry.leaf().getBytes(StandardCharsets.UTF_8);
            if (leaf.length > MAX_ENTRY_BYTES) {
                throw Conflict.closed(
                        "tile",
                        "entry " + entry.sequence() + " is longer than a bundle can hold",
                        "Read it from the export.");
            }
            bundle.write(leaf.length >> 8);
            bundle.write(leaf.length);
            bundle.writeBytes(leaf);
        }
        return bytes(bundle.toByteArray(), FOR_ONE);
    }

    /// The wall has said already that nothing is kept: what is said here takes its place.
    private Response bytes(byte[] bytes, String cache) {
        context.response().putHeader("Cache-Control", cache);
        return Response.ok(bytes).type(MediaType.APPLICATION_OCTET_STREAM).build();
    }

    /// That the entry is in the log that was signed last, as a file.
    Response proof(long sequence) {
        // What a witness signed says more; it may not cover the entry yet.
        SignedCheckpoint newest =
                checkpoints
                        .witnessed()
                        .filter(witnessed -> witnessed.checkpoint().size() >= sequence)
                        .or(checkpoints::newest)
                        .orElseThrow(() ->
                                Conflict.missing(
                                        "checkpoint",
                                        "there is none yet",
                                        "Ask again a second after the first entry."));
        InclusionProof proof = checkpoints.inclusion(sequence, newest.checkpoint().size());
        Optional<String> leaf = log.find(sequence).map(StoredEntry::leaf);
        return Response.ok(new TlogProof(sequence, leaf, proof.hashes(), newest).text())
                .type("text/plain; charset=utf-8")
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"entry-" + sequence + ".tlog-proof\"")
                .build();
    }
}
