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

/// Signed checkpoints one after the other, each ended by an empty line; processes that share it
/// wait for each other. It is only ever appended to, or, where it has a size that it may have, the
/// oldest ones give way: the newest covers all that they do.
///
/// A note that a crash cut short is passed over, and the next one begins on a line of its own.
final class CheckpointFile {

    /// Holds more than one note whatever it is signed with.
    private static final int TAIL_BYTES = 64 * 1_024;

    private final Path file;
    private final long maxBytes;

    /// @param maxBytes more than twice of what is appended at once
    CheckpointFile(Path file, long maxBytes) {
        this.file = file;
        this.maxBytes = maxBytes;
    }

    /// One that is only ever appended to.
    static CheckpointFile archive(Path file) {
        return new CheckpointFile(file, Long.MAX_VALUE);
    }

    Path path() {
        return file;
    }

    Optional<SignedCheckpoint> newest() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return newest(tail(channel, TAIL_BYTES));
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

    private void append(FileChannel channel, List<SignedCheckpoint> signed) throws IOException {
        String tail = tail(channel, TAIL_BYTES);
        long last = newest(tail).map(newest -> newest.checkpoint().size()).orElse(0L);
        StringBuilder text = new StringBuilder();
        if (!tail.isEmpty() && !tail.endsWith("\n\n")) {
            text.append("\n\n");
        }
        signed.stream()
                .filter(next -> next.checkpoint().size() > last)
                .forEach(next -> text.append(next.note()).append('\n'));
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (channel.size() > maxBytes - bytes.length) {
            byte[] kept =
                    fromAWholeNoteOn(tail(channel, maxBytes / 2)).getBytes(StandardCharsets.UTF_8);
            // Whenever this is cut short, the newest one is still the last.
            write(channel, 0, kept);
            channel.truncate(kept.length);
        }
        write(channel, channel.size(), bytes);
        channel.force(true);
    }

    private static void write(FileChannel channel, long at, byte[] text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text);
        while (bytes.hasRemaining()) {
            channel.write(bytes, at + bytes.position());
        }
    }

    /// The signatures are a block of lines that begin with a dash; what follows another block is
    /// the beginning of a note.
    private static String fromAWholeNoteOn(String text) {
        int end = text.indexOf("\n\n");
        while (end >= 0 && text.startsWith("— ", end + 2)) {
            end = text.indexOf("\n\n", end + 2);
        }
        return end < 0 ? "" : text.substring(end + 2);
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

    private static String tail(FileChannel channel, long length) throws IOException {
        long from = Math.max(0, channel.size() - length);
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
