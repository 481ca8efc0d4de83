package dev.devopspack.audit;

import dev.devopspack.change.Digest;
import dev.devopspack.task.InvalidInput;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// A checkpoint with its signatures: a C2SP `signed-note`. That it could be read says nothing;
/// {@link #signedBy} does.
///
/// @param note the exact text: what is signed, an empty line, the signature lines
public record SignedCheckpoint(Checkpoint checkpoint, List<Line> lines, String note) {

    /// Room for a few dozen of the longest signatures.
    private static final int MAX_LENGTH = 128 * 1_024;

    /// Those who read such notes have to take 16.
    private static final int MAX_LINES = 32;

    /// The longest number up to 2^53 − 1.
    private static final int MAX_SIZE_DIGITS = 16;

    private static final int ID_BYTES = 4;
    private static final int ROOT_BYTES = 32;
    private static final String MARK = "\u2014 ";

    public SignedCheckpoint {
        lines = List.copyOf(lines);
    }

    /// Who signed, and the signature in base64.
    ///
    /// @param keyId eight hexadecimal digits
    public record Line(String name, String keyId, String signature) {

        /// As it stands in the note, without its line feed.
        String text() {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            packed.writeBytes(HexFormat.of().parseHex(keyId));
            packed.writeBytes(LogKey.strictBase64(signature));
            return MARK + name + " " + Base64.getEncoder().encodeToString(packed.toByteArray());
        }
    }

    /// Signed with the log's key, and with its second one where it has one.
    public static SignedCheckpoint sign(Checkpoint checkpoint, CheckpointKey key, Instant now) {
        SignedCheckpoint signed = sign(checkpoint, key);
        return key.cosigner()
                .map(second -> signed.with(second.open().sign(checkpoint, now, second.signer())))
                .orElse(signed);
    }

    /// A checkpoint with nobody's signature but this line's.
    public static SignedCheckpoint of(Checkpoint checkpoint, Line line) {
        return parse(checkpoint.text() + "\n" + line.text() + "\n");
    }

    /// The same checkpoint with one more signature line.
    public SignedCheckpoint with(Line line) {
        return parse(note + line.text() + "\n");
    }

    public static SignedCheckpoint sign(Checkpoint checkpoint, CheckpointKey key) {
        ByteArrayOutputStream signature = new ByteArrayOutputStream();
        signature.writeBytes(HexFormat.of().parseHex(key.open().id()));
        signature.writeBytes(key.sign(bytes(checkpoint)));
        return parse(
                checkpoint.text()
                        + "\n"
                        + MARK
                        + key.open().name()
                        + " "
                        + Base64.getEncoder().encodeToString(signature.toByteArray())
                        + "\n");
    }

    /// Whether the holder of the key signed it as a checkpoint of the log that the key belongs to.
    /// Lines of other keys count for nothing; of this one, every line must hold.
    public boolean signedBy(LogKey key) {
        List<Line> own =
                lines.stream()
                        .filter(line -> line.name().equals(key.name()))
                        .filter(line -> line.keyId().equals(key.id()))
                        .toList();
        return checkpoint.origin().equals(key.name())
                && !own.isEmpty()
                && own.stream()
                        .allMatch(line ->
                                key.verifies(
                                        bytes(checkpoint), LogKey.strictBase64(line.signature())));
    }

    /// @throws InvalidInput if it is no signed checkpoint; a signature that does not hold is not
    ///   noticed here
    public static SignedCheckpoint parse(String note) {
        int end = note.lastIndexOf("\n\n");
        if (note.length() > MAX_LENGTH || end < 0 || !note.endsWith("\n")) {
            throw refusal("it is no signed note of at most " + MAX_LENGTH + " characters");
        }
        Checkpoint checkpoint = checkpoint(note.substring(0, end + 1));
        String signatures = note.substring(end + 2);
        List<String> texts = List.of(signatures.split("\n", MAX_LINES + 2));
        if (texts.size() > MAX_LINES + 1 || !signatures.endsWith("\n")) {
            throw refusal("it has no signature, or more than " + MAX_LINES);
        }
        List<Line> lines = new ArrayList<>();
        texts.subList(0, texts.size() - 1).forEach(text -> lines.add(line(text)));
        return new SignedCheckpoint(checkpoint, lines, note);
    }

    private static Checkpoint checkpoint(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length != 4 || !isSize(lines[1])) {
            throw refusal("it does not begin with a name, a size and a root, each on a line");
        }
        byte[] root = LogKey.strictBase64(lines[2]);
        if (root.length != ROOT_BYTES) {
            throw refusal("its root is not 32 bytes long");
        }
        return new Checkpoint(lines[0], Long.parseLong(lines[1]), Digest.ofHash(root));
    }

    static boolean isSize(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_SIZE_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && (text.equals("0") || text.charAt(0) != '0');
    }

    private static Line line(String text) {
        String[] parts =
                text.startsWith(MARK)
                        ? text.substring(MARK.length()).split(" ", -1)
                        : new String[0];
        if (parts.length != 2) {
            throw refusal("a signature line is not of the form '\u2014 NAME BASE64'");
        }
        LogKey.checkName(parts[0]);
        byte[] bytes = LogKey.strictBase64(parts[1]);
        if (bytes.length <= ID_BYTES) {
            throw refusal("a signature line holds no signature");
        }
        return new Line(
                parts[0],
                HexFormat.of().formatHex(bytes, 0, ID_BYTES),
                Base64.getEncoder()
                        .encodeToString(Arrays.copyOfRange(bytes, ID_BYTES, bytes.length)));
    }

    private static byte[] bytes(Checkpoint checkpoint) {
        return checkpoint.text().getBytes(StandardCharsets.UTF_8);
    }

    private static InvalidInput refusal(String problem) {
        return new InvalidInput(
                "checkpoint", problem, "Use the checkpoint as the server published it.");
    }
}
