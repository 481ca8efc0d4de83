package dev.devopspack.change;

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
    public static Artifact of(String name, String text) {
        return of(new ArtifactName(name), text.getBytes(StandardCharsets.UTF_8));
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
