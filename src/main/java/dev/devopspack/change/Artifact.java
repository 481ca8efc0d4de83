package dev.devopspack.change;

import dev.devopspack.task.InvalidInput;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One file of a change set: its name, media type and raw bytes.
///
/// @param executable whether the file's mode is 0755; all others are 0644
public record Artifact(ArtifactName name, String mediaType, byte[] bytes, boolean executable) {

    public Artifact {
        bytes = bytes.clone();
    }

    /// A file that is not executable, its media type told by its name.
    public static Artifact of(ArtifactName name, byte[] bytes) {
        return new Artifact(name, MediaTypes.of(name), bytes, false);
    }

    /// A text file in UTF-8.
    ///
    /// @throws InvalidInput where the text holds half a character: it has no bytes, and others in
    ///   its place would be another file than the one that was meant
    public static Artifact of(String name, String text) {
        ArtifactName known = new ArtifactName(name);
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return of(known, bytes);
        } catch (CharacterCodingException _) {
            throw new InvalidInput(
                    known.value(),
                    "the text holds half a character, a lone surrogate",
                    "Send the file as it is on the disk; where a text cannot hold it, as"
                            + " contentBase64.");
        }
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    /// The bytes read as UTF-8; what is no UTF-8 becomes the replacement character.
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public int sizeBytes() {
        return bytes.length;
    }

    public String mode() {
        return executable ? "0755" : "0644";
    }

    public Digest digest() {
        return Digest.of(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Artifact that
                && name.equals(that.name)
                && mediaType.equals(that.mediaType)
                && executable == that.executable
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Artifact[" + name + ", " + bytes.length + " bytes]";
    }
}
