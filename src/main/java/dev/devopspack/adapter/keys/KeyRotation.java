package dev.devopspack.adapter.keys;

import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Changes the key that grants are signed with, in its file: servers that share it follow.
public final class KeyRotation {

    private static final Duration LONGEST = Duration.ofDays(30);

    private KeyRotation() {}

    /// @param file that an operator named; else it lies in the data folder
    /// @param wait how long until the new key signs: every server must have read it by then
    /// @param compromised whether the key that signs is known to others and counts no more
    /// @return what was done, for people
    /// @throws InvalidInput if the file holds no keys, or a change is under way
    public static String rotate(
            Path folder, Optional<Path> file, Duration wait, boolean compromised, Clock clock) {
        if (wait.isNegative() || wait.compareTo(LONGEST) > 0) {
            throw new InvalidInput(
                    "--in", "it is not 0 minutes to 30 days", "Leave it out for ten minutes.");
        }
        Path place = FileSigningKeys.place(folder, file);
        if (!Files.isReadable(place)) {
            throw new InvalidInput(
                    place.toString(),
                    "there is no such file",
                    "Start the server once, which makes it, or name it with --file.");
        }
        try {
            Instant now = clock.instant();
            GrantKeys before = read(place, clock);
            GrantKeys after = compromised ? before.withoutCurrent(now) : later(before, now, wait);
            write(place, after.text());
            return said(place, after);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has Ed25519", e);
        } catch (IOException e) {
            throw new UncheckedIOException("'" + place + "' cannot be written", e);
        }
    }

    /// Who changes keys by hand is told what is wrong with the file.
    private static GrantKeys read(Path place, Clock clock) {
        try {
            return KeyFile.grantKeys(place, clock);
        } catch (IllegalStateException | UncheckedIOException e) {
            throw new InvalidInput(
                    place.toString(),
                    String.valueOf(e.getMessage()),
                    "Mend the file, or take the copy that you keep.");
        }
    }

    private static GrantKeys later(GrantKeys before, Instant now, Duration wait)
            throws GeneralSecurityException {
        GrantKeys.Signing next = before.next();
        return before.rotated(now.plus(wait), now)
                .orElseThrow(() ->
                        new InvalidInput(
                                "signing-key",
                                "a new key waits already"
                                        + (next == null
                                                ? ""
                                                : " and signs from " + next.signsFrom()),
                                "Wait until then."));
    }

    /// Written beside and moved, so that no server reads half of it.
    private static void write(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path unfinished =
                Files.createTempFile(
                        folder,
                        file.getFileName().toString(),
                        ".new",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(unfinished, text);
            Files.move(
                    unfinished,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static String said(Path file, GrantKeys keys) {
        GrantKeys.Signing next = keys.next();
        String changed =
                next == null
                        ? "The key that signed counts no more. The new one signs now: "
                                + keys.current().open(null).keyId()
                        : "The new key "
                                + next.open(null).keyId()
                                + " signs from "
                                + next.signsFrom()
                                + "; the one before verifies what it signed until a minute later.";
        return changed
                + "\nCopy "
                + file
                + " to every server that does not share it, and give pipelines that pin the key set"
                + " the new one:\n"
                + keys.published().jwks();
    }
}
