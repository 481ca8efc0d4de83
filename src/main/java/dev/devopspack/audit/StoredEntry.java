package dev.devopspack.audit;

import dev.devopspack.change.Digest;
import java.time.Instant;
import java.util.Map;

/// An entry as it stands in the log.
///
/// @param sequence dense from 1
/// @param at when it was appended, to the microsecond
/// @param entry what was appended, without the personal fields that were erased since
/// @param leaf the exact bytes that were hashed: canonical JSON, leaf format v1, as text
/// @param leafHash RFC 6962: SHA-256 of a zero byte and the leaf's bytes
/// @param chainHash SHA-256 of the previous chain hash, the sequence number as eight bytes and the
///   leaf hash
/// @param salts of each personal field that is still there, as 64 hexadecimal digits
public record StoredEntry(
        long sequence,
        Instant at,
        AuditEntry entry,
        String leaf,
        Digest leafHash,
        Digest chainHash,
        Map<String, String> salts) {

    public StoredEntry {
        salts = Map.copyOf(salts);
    }

    /// What a verifier outside needs of it: no clear text of a personal field.
    public ExportedEntry exported() {
        return new ExportedEntry(sequence, leaf, leafHash, chainHash);
    }
}
