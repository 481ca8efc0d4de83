package dev.devopspack.adapter.checkpoints;

import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Signed checkpoints one after the other, each ended by an empty line. Only ever appended to;
/// processes that share it wait for each other.
///
/// A note that a crash cut short is passed over, and the next one begins on a line of its own.
final class CheckpointFile {

    /// Holds more than one note whatever it is signed with.
    private static final int TAIL_BYTES = 64 * 1_024;

    private final Path file;

    CheckpointFile(Path file) {
        this.file = file;
    }

    Path path() {
        return file;
    }

    Optional<SignedCheckpoint> newest() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return newest(tail(channel));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /// Appends those that are larger than the newest one in the file, and returns when they are on
    /// the disk.
    void append(List<SignedCheckpoint> signed) {
        if (signed.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (FileChannel channel =
                            FileChannel.open(
                                    file,
                                    Set.of(
                                            StandardOpenOption.CREATE,
                                            StandardOpenOption.READ,
                                            StandardOpenOption.WRITE),
                                    PosixFilePermissions.asFileAttribute(
                                            PosixFilePermissions.fromString("rw-------")));
                    var _ = channel.lock()) {
                append(channel, signed);
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private static void append(FileChannel channel, List<SignedCheckpoint> signed)
            throws IOException {
        String tail = tail(channel);
        long last = newest(tail).map(newest -> newest.checkpoint().size()).orElse(0L);
        StringBuilder text = new StringBuilder();
        if (!tail.isEmpty() && !tail.endsWith("\n\n")) {
            text.append("\n\n");
        }
        signed.stream()
                .filter(next -> next.checkpoint().size() > last)
                .forEach(next -> text.append(next.note()).append('\n'));
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        channel.position(channel.size());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
    }

    /// Each note is two blocks, what is signed and the signatures, and ended by an empty line.
    private static Optional<SignedCheckpoint> newest(String tail) {
        int end = tail.lastIndexOf("\n\n");
        if (end < 0) {
            return Optional.empty();
        }
        String[] blocks = tail.substring(0, end).split("\n\n+", -1);
        for (int last = blocks.length - 1; last > 0; last--) {
            try {
                return Optional.of(
                        SignedCheckpoint.parse(blocks[last - 1] + "\n\n" + blocks[last] + "\n"));
            } catch (InvalidInput _) {
                // Cut short, or the end of one and the beginning of the next.
            }
        }
        return Optional.empty();
    }

    private static String tail(FileChannel channel) throws IOException {
        long from = Math.max(0, channel.size() - TAIL_BYTES);
        ByteBuffer bytes = ByteBuffer.allocate((int) (channel.size() - from));
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
            // Until all of it is there.
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    private UncheckedIOException unusable(IOException e) {
        return new UncheckedIOException("'" + file + "' cannot be used", e);
    }
}
