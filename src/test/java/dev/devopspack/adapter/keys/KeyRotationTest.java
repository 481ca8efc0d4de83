package dev.devopspack.adapter.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.approval.KeySet;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.testing.MovingClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRotationTest {

    private static final Instant START = Instant.parse("2026-11-26T10:00:00Z");
    private static final Duration WAIT = Duration.ofMinutes(10);

    @TempDir Path folder;

    private final MovingClock clock = new MovingClock(START);
    private FileSigningKeys one;
    private FileSigningKeys other;
    private String first = "";

    @BeforeEach
    void twoServersShareAFile() {
        one = new FileSigningKeys(folder, Optional.empty(), clock);
        other = new FileSigningKeys(folder, Optional.empty(), clock);
        first = one.currentKeyId();
        assertEquals(first, other.currentKeyId());
    }

    private String rotate(boolean compromised) {
        return KeyRotation.rotate(folder, Optional.empty(), WAIT, compromised, clock);
    }

    private KeySet.Key key(String id) {
        return one.published().find(id).orElseThrow();
    }

    private String text() throws IOException {
        return Files.readString(folder.resolve("signing-key"));
    }

    @Test
    void everyServerPublishesTheNewKeyBeforeItSigns() {
        rotate(false);
        clock.move(Duration.ofSeconds(5));

        KeySet published = one.published();
        assertEquals(2, published.keys().size());
        assertEquals(published, other.published());
        assertEquals(first, one.currentKeyId());
        assertEquals(first, one.sign(new byte[1]).keyId());

        clock.move(WAIT);
        String second = one.currentKeyId();
        assertNotEquals(first, second);
        assertEquals(second, other.sign(new byte[1]).keyId());
        assertEquals(published, one.published());
    }

    @Test
    void aRetiredKeyVerifiesWhatItSignedInTime() {
        rotate(false);
        clock.move(WAIT.plusMinutes(5));
        Instant change = START.plus(WAIT);

        KeySet.Key before = key(first);
        assertTrue(before.signedInTime(change.minusSeconds(1)));
        assertTrue(before.signedInTime(change.plusSeconds(59)));
        assertFalse(before.signedInTime(change.plusSeconds(60)));
        KeySet.Key after = key(one.currentKeyId());
        assertTrue(after.signedInTime(change.minusSeconds(60)));
        assertFalse(after.signedInTime(change.minusSeconds(61)));
    }

    @Test
    void oneChangeComesAfterTheOther() throws IOException {
        rotate(false);
        assertEquals(
                "a new key waits already and signs from 2026-11-26T10:10:00Z",
                assertThrows(InvalidInput.class, () -> rotate(false)).problem());
        String secret =
                text().lines().filter(line -> line.startsWith("d=")).findFirst().orElseThrow();
        clock.move(WAIT);
        String second = one.currentKeyId();
        rotate(false);
        clock.move(WAIT);

        assertEquals(3, one.published().keys().size());
        assertNotEquals(second, one.currentKeyId());
        assertEquals(START.plus(WAIT).plusSeconds(60), key(first).notAfter());
        // What signs no more is not kept where it could be stolen.
        assertFalse(text().contains(secret));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("signing-key"))));
        try (var files = Files.list(folder)) {
            assertEquals(
                    List.of("signing-key"),
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }

    @Test
    void aKeyThatOthersHaveCountsNoMoreAtOnce() {
        String said = rotate(true);
        clock.move(Duration.ofSeconds(5));

        assertEquals(Optional.empty(), one.published().find(first));
        assertNotEquals(first, one.currentKeyId());
        assertTrue(key(one.currentKeyId()).signedInTime(START));
        assertTrue(said.contains(one.currentKeyId()), said);
    }

    @Test
    void aFileThatIsBrokenMeanwhileDoesNotTakeTheKeysAway() throws IOException {
        String whole = text();
        Files.writeString(folder.resolve("signing-key"), "d=\n");
        clock.move(Duration.ofSeconds(5));
        assertEquals(first, one.sign(new byte[1]).keyId());

        Files.writeString(folder.resolve("signing-key"), whole);
        rotate(false);
        clock.move(WAIT);
        assertNotEquals(first, one.currentKeyId());
    }

    @Test
    void thePublishedSetIsReadByWhoeverPinsIt() {
        rotate(false);
        clock.move(Duration.ofSeconds(5));

        assertEquals(one.published(), KeySet.parse(one.published().jwks()));
    }

    @Test
    void aFileThatOthersCanReadIsNotChanged() throws IOException {
        Path file = folder.resolve("signing-key");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        String said = assertThrows(InvalidInput.class, () -> rotate(false)).getMessage();

        assertTrue(said.contains("can be read by others. Run: chmod 600 " + file), said);
    }

    @Test
    void withoutAFileThereIsNothingToChange() {
        assertThrows(
                InvalidInput.class,
                () ->
                        KeyRotation.rotate(
                                folder, Optional.of(folder.resolve("none")), WAIT, false, clock));
    }
}
