package dev.devopspack.audit;

import dev.devopspack.task.InvalidInput;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// The public key of somebody who signs checkpoints with a time: a witness, or the log itself with
/// a second algorithm. C2SP `tlog-cosignature` (v1).
///
/// @param key the public key's bytes in base64: 32 of Ed25519, 1,312 of ML-DSA-44
public record CosignerKey(String name, Algorithm algorithm, String key) {

    /// The longest key in base64 and its name.
    private static final int MAX_TEXT_LENGTH = 2_200;

    /// What an ML-DSA message begins with.
    private static final byte[] LABEL = "subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII);

    /// How a cosigner signs.
    public enum Algorithm {
        ED25519(4, "Ed25519", 32, 64, "302a300506032b6570032100"),
        ML_DSA_44(6, "ML-DSA-44", 1_312, 2_420, "30820532300b06096086480165030403110382052100");

        private final int type;
        private final String name;
        private final int keyBytes;
        private final int signatureBytes;

        /// The DER bytes before the public key's own.
        private final byte[] prefix;

        Algorithm(int type, String name, int keyBytes, int signatureBytes, String prefix) {
            this.type = type;
            this.name = name;
            this.keyBytes = keyBytes;
            this.signatureBytes = signatureBytes;
            this.prefix = HexFormat.of().parseHex(prefix);
        }
    }

    public CosignerKey {
        LogKey.checkName(name);
        if (LogKey.strictBase64(key).length != algorithm.keyBytes) {
            throw refusal("it does not have the length of a key of " + algorithm.name);
        }
    }

    /// The key in its DER form.
    public static CosignerKey of(String name, Algorithm algorithm, PublicKey key) {
        byte[] encoded = key.getEncoded();
        return new CosignerKey(
                name,
                algorithm,
                Base64.getEncoder()
                        .encodeToString(
                                Arrays.copyOfRange(
                                        encoded, algorithm.prefix.length, encoded.length)));
    }

    /// What a signature line calls the key by, as eight hexadecimal digits.
    public String id() {
        return LogKey.id(name, typed());
    }

    /// `NAME+ID+BASE64`, as programs for signed notes take it.
    public String text() {
        return LogKey.text(name, typed());
    }

    /// Reads what {@link #text()} wrote.
    ///
    /// @throws InvalidInput if it is no key, or its id is another one's
    public static CosignerKey parse(String text) {
        String[] parts = text.length() > MAX_TEXT_LENGTH ? new String[0] : text.split("\\+", 3);
        if (parts.length != 3) {
            throw refusal("it is not of the form NAME+ID+BASE64");
        }
        byte[] typed = LogKey.strictBase64(parts[2]);
        for (Algorithm algorithm : Algorithm.values()) {
            if (typed.length == 1 + algorithm.keyBytes && typed[0] == algorithm.type) {
                byte[] key = Arrays.copyOfRange(typed, 1, typed.length);
                CosignerKey parsed =
                        new CosignerKey(
                                parts[0], algorithm, Base64.getEncoder().encodeToString(key));
                if (parsed.id().equals(parts[1])) {
                    return parsed;
                }
                throw refusal("its id does not follow from its name and key");
            }
        }
        throw refusal("it is of no kind that signs checkpoints with a time");
    }

    /// Whether its holder signed the checkpoint: at least one line is its own, and each of those
    /// holds. Lines of others count for nothing.
    public boolean signed(SignedCheckpoint checkpoint) {
        List<SignedCheckpoint.Line> own =
                checkpoint.lines().stream()
                        .filter(line -> line.name().equals(name) && line.keyId().equals(id()))
                        .toList();
        return !own.isEmpty()
                && own.stream().allMatch(line -> holds(line, checkpoint.checkpoint()));
    }

    private boolean holds(SignedCheckpoint.Line line, Checkpoint checkpoint) {
        byte[] signed = LogKey.strictBase64(line.signature());
        if (signed.length != Long.BYTES + algorithm.signatureBytes) {
            return false;
        }
        long seconds = ByteBuffer.wrap(signed).getLong();
        if (seconds < 0) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(algorithm.name);
            verifier.initVerify(publicKey());
            verifier.update(message(checkpoint, seconds));
            return verifier.verify(Arrays.copyOfRange(signed, Long.BYTES, signed.length));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private PublicKey publicKey() throws GeneralSecurityException {
        ByteArrayOutputStream spki = new ByteArrayOutputStream();
        spki.writeBytes(algorithm.prefix);
        spki.writeBytes(LogKey.strictBase64(key));
        return KeyFactory.getInstance(algorithm.name)
                .generatePublic(new X509EncodedKeySpec(spki.toByteArray()));
    }

    /// The bytes that are signed.
    byte[] message(Checkpoint checkpoint, long seconds) {
        return switch (algorithm) {
            case ED25519 ->
                    ("cosignature/v1\ntime " + seconds + "\n" + checkpoint.text())
                            .getBytes(StandardCharsets.UTF_8);
            case ML_DSA_44 -> {
                byte[] cosigner = name.getBytes(StandardCharsets.US_ASCII);
                byte[] origin = checkpoint.origin().getBytes(StandardCharsets.US_ASCII);
                ByteBuffer message =
                        ByteBuffer.allocate(
                                LABEL.length
                                        + 2
                                        + cosigner.length
                                        + origin.length
                                        + 3 * Long.BYTES
                                        + checkpoint.root().bytes().length);
                message.put(LABEL).put((byte) cosigner.length).put(cosigner).putLong(seconds);
                message.put((byte) origin.length).put(origin);
                message.putLong(0).putLong(checkpoint.size());
                yield message.put(checkpoint.root().bytes()).array();
            }
        };
    }

    /// The line that the key's holder adds to a checkpoint.
    ///
    /// @param signer signs with the private key
    public SignedCheckpoint.Line sign(Checkpoint checkpoint, Instant now, Signer signer) {
        long seconds = now.getEpochSecond();
        byte[] signature = signer.sign(message(checkpoint, seconds));
        ByteBuffer packed = ByteBuffer.allocate(Long.BYTES + signature.length);
        packed.putLong(seconds).put(signature);
        return new SignedCheckpoint.Line(
                name, id(), Base64.getEncoder().encodeToString(packed.array()));
    }

    /// Signs with a private key.
    @FunctionalInterface
    public interface Signer {
        byte[] sign(byte[] message);
    }

    private byte[] typed() {
        ByteArrayOutputStream typed = new ByteArrayOutputStream();
        typed.write(algorithm.type);
        typed.writeBytes(LogKey.strictBase64(key));
        return typed.toByteArray();
    }

    private static InvalidInput refusal(String problem) {
        return new InvalidInput(
                "key of a cosigner", problem, "Use the key as whoever signs with it shows it.");
    }
}
