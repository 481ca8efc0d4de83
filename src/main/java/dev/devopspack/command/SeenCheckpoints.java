package dev.devopspack.command;

import dev.devopspack.audit.Checkpoint;
import dev.devopspack.audit.CosignerKey;
import dev.devopspack.audit.LogKey;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The checkpoints that this machine has seen of one log, with the key that they were verified
/// with, in a file: what a log is held against the next time.
///
/// The key's line and the second key's, then each signed checkpoint ended by an empty line. A file
/// that was tampered with is refused, not passed over.
///
/// @param key pinned when the first checkpoint was seen
/// @param second the log's key of another algorithm, pinned when it was seen first; from then on
///   the newest checkpoint must be signed by both
record SeenCheckpoints(LogKey key, Optional<CosignerKey> second, List<SignedCheckpoint> signed) {

    /// One a day for years; what is dropped are the oldest, which later ones sum up.
    private static final int MAX_KEPT = 1_000;

    private static final int MAX_BYTES = 64 * 1_024 * 1_024;

    SeenCheckpoints {
        signed = List.copyOf(signed);
    }

    List<Checkpoint> checkpoints() {
        return signed.stream().map(SignedCheckpoint::checkpoint).toList();
    }

    /// @throws InvalidInput if the file holds anything but checkpoints that the key signed
    static Optional<SeenCheckpoints> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > MAX_BYTES) {
            throw unusable(file, "it is longer than " + MAX_BYTES + " bytes");
        }
        String text = Files.readString(file);
        try {
            String[] blocks = text.split("\n\n", -1);
            String[] keys = blocks[0].split("\n", 2);
            LogKey key = LogKey.parse(keys[0]);
            Optional<CosignerKey> second =
                    keys.length == 1 ? Optional.empty() : Optional.of(CosignerKey.parse(keys[1]));
            List<SignedCheckpoint> signed = new ArrayList<>();
            for (int i = 1; i + 1 < blocks.length; i += 2) {
                signed.add(SignedCheckpoint.parse(blocks[i] + "\n\n" + blocks[i + 1] + "\n"));
            }
            SeenCheckpoints seen = new SeenCheckpoints(key, second, signed);
            if (!seen.text().equals(text)
                    || !signed.stream().allMatch(each -> each.signedBy(key))) {
                throw unusable(file, "not all in it was signed by its key");
            }
            return Optional.of(seen);
        } catch (InvalidInput e) {
            throw unusable(file, e.problem());
        }
    }

    /// Nothing seen yet of the log with this key.
    static SeenCheckpoints none(LogKey key) {
        return new SeenCheckpoints(key, Optional.empty(), List.of());
    }

    /// With the second key pinned, where none is yet.
    SeenCheckpoints with(CosignerKey shown) {
        return second.isPresent() ? this : new SeenCheckpoints(key, Optional.of(shown), signed);
    }

    /// With one more, unless it is known.
    SeenCheckpoints with(SignedCheckpoint next) {
        if (checkpoints().contains(next.checkpoint())) {
            return this;
        }
        List<SignedCheckpoint> more = new ArrayList<>(signed);
        more.add(next);
        return new SeenCheckpoints(
                key, second, more.subList(Math.max(0, more.size() - MAX_KEPT), more.size()));
    }

    /// Written beside and moved, so that a crash leaves the old file or the new one.
    void write(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path unfinished =
                Files.createTempFile(
                        folder,
                        file.getFileName().toString(),
                        ".new",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        Files.writeString(unfinished, text());
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private String text() {
        StringBuilder text = new StringBuilder(key.text()).append('\n');
        second.ifPresent(more -> text.append(more.text()).append('\n'));
        text.append('\n');
        signed.forEach(each -> text.append(each.note()).append('\n'));
        return text.toString();
    }

    private static InvalidInput unusable(Path file, String problem) {
        return new InvalidInput(
                file.toString(),
                "it is no file of seen checkpoints: " + problem,
                "Find out who changed it. To begin anew, move it away.");
    }
}
