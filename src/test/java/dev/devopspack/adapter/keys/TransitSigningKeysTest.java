package dev.devopspack.adapter.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.approval.KeySet;
import dev.devopspack.approval.SigningKeys.Signed;
import dev.devopspack.audit.Ed25519;
import dev.devopspack.change.StoreUnavailable;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.testing.MovingClock;
import dev.devopspack.testing.TransitEngine;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a stand-in that answers as the transit engine does.
class TransitSigningKeysTest {

    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
    private static final byte[] MESSAGE = "a grant".getBytes(StandardCharsets.UTF_8);

    @TempDir Path folder;

    private final MovingClock clock = new MovingClock(START.plusSeconds(600));
    private TransitEngine engine;
    private TransitSigningKeys keys;

    @BeforeEach
    void anEngineWithOneVersion() throws Exception {
        Files.writeString(folder.resolve("token"), TransitEngine.TOKEN + "\n");
        engine = new TransitEngine();
        engine.rotate(START);
        keys = at(engine.address());
    }

    @AfterEach
    void closeTheEngine() {
        engine.close();
    }

    @Test
    void aMessageIsSignedThereAndTheKeyIsPublished() {
        Signed signed = keys.sign(MESSAGE);

        KeySet.Key key = keys.published().find(signed.keyId()).orElseThrow();
        assertEquals(keys.currentKeyId(), signed.keyId());
        assertTrue(
                Ed25519.verifies(
                        Base64.getUrlDecoder().decode(key.x()), MESSAGE, signed.signature()));
        assertEquals(START, key.notBefore());
        assertTrue(key.signedInTime(clock.instant()));
    }

    @Test
    void aNewVersionIsPublishedADayBeforeItSigns() throws Exception {
        String first = keys.currentKeyId();
        clock.move(Duration.ofDays(30));
        engine.rotate(clock.instant());
        clock.move(Duration.ofMinutes(1));

        assertEquals(first, keys.sign(MESSAGE).keyId());
        assertEquals(2, keys.published().keys().size());
        clock.move(TransitSigningKeys.PUBLISHED_BEFORE);
        String second = keys.sign(MESSAGE).keyId();

        assertFalse(second.equals(first));
        KeySet.Key old = keys.published().find(first).orElseThrow();
        clock.move(Duration.ofMinutes(1));
        assertFalse(old.signedInTime(clock.instant()));
        assertTrue(keys.published().find(second).orElseThrow().signedInTime(clock.instant()));
    }

    @Test
    void whereOlderVersionsMayNotSignTheNewOneSignsAtOnce() throws Exception {
        String first = keys.currentKeyId();
        engine.rotate(clock.instant());
        engine.leastToSign(2);
        clock.move(Duration.ofMinutes(1));

        assertFalse(keys.sign(MESSAGE).keyId().equals(first));
    }

    @Test
    void whileTheServiceIsAwayNothingIsSignedAndKeysStayPublished() {
        KeySet before = keys.published();
        assertEquals(Optional.empty(), keys.failingSince());
        engine.close();
        clock.move(Duration.ofMinutes(5));
        Instant failed = clock.instant();

        assertThrows(StoreUnavailable.class, () -> keys.sign(MESSAGE));
        clock.move(Duration.ofMinutes(5));
        assertThrows(StoreUnavailable.class, () -> keys.sign(MESSAGE));
        assertEquals(Optional.of(failed), keys.failingSince());
        assertEquals(before, keys.published());
        assertThrows(StoreUnavailable.class, () -> at(engine.address()).published());
    }

    @Test
    void aServiceThatWentAwaySinceTheLastSignatureIsFoundBeforeTheNextOne() {
        keys.sign(MESSAGE);
        keys.awake();
        engine.seal(true);

        assertThrows(StoreUnavailable.class, keys::awake);
        assertEquals(Optional.of(clock.instant()), keys.failingSince());
        engine.seal(false);
        keys.awake();

        assertEquals(Optional.empty(), keys.failingSince());
    }

    @Test
    void manyMessagesAreSignedInTheirOrderByOneQuestion() {
        List<byte[]> messages =
                IntStream.range(0, 20)
                        .mapToObj(i -> ("grant " + i).getBytes(StandardCharsets.UTF_8))
                        .toList();

        List<Signed> signed = keys.signAll(messages);

        KeySet.Key key = keys.published().find(keys.currentKeyId()).orElseThrow();
        assertEquals(20, signed.size());
        for (int i = 0; i < messages.size(); i++) {
            assertEquals(key.keyId(), signed.get(i).keyId());
            assertTrue(
                    Ed25519.verifies(
                            Base64.getUrlDecoder().decode(key.x()),
                            messages.get(i),
                            signed.get(i).signature()));
        }
        assertEquals(1, engine.questions());
    }

    @Test
    void whatIsTooMuchForOneQuestionBecomesSeveral() {
        byte[] large = new byte[9 * 1_024 * 1_024];

        assertEquals(3, keys.signAll(List.of(large, MESSAGE, large)).size());
        assertEquals(2, engine.questions());
    }

    @Test
    void aSignatureThatDoesNotFitIsNotUsed() {
        engine.signsWrongly();

        assertThrows(StoreUnavailable.class, () -> keys.sign(MESSAGE));
    }

    @Test
    void aTokenThatDoesNotCountAndAnotherKindOfKeyAreToldAndTheTokenIsNot() throws Exception {
        Files.writeString(folder.resolve("token"), "hvs.other");
        StoreUnavailable refused =
                assertThrows(StoreUnavailable.class, () -> at(engine.address()).currentKeyId());
        Files.writeString(folder.resolve("token"), TransitEngine.TOKEN);
        engine.holdsKeysOf("rsa-2048");

        assertThrows(StoreUnavailable.class, () -> at(engine.address()).currentKeyId());
        assertFalse((refused + " " + refused.getCause()).contains("hvs."), refused::toString);
    }

    @Test
    void anAddressOnTheWayToWhichSomebodyListensIsRefused() {
        assertThrows(InvalidInput.class, () -> at(URI.create("http://vault.example.com/v1/t")));
        assertThrows(
                InvalidInput.class,
                () ->
                        new TransitSigningKeys(
                                engine.address(), "../sys", folder.resolve("token"), clock));
    }

    private TransitSigningKeys at(URI address) {
        return new TransitSigningKeys(address, "devops-pack", folder.resolve("token"), clock);
    }
}
