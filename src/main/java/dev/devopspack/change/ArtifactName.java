package dev.devopspack.change;

import dev.devopspack.task.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The relative name of a file of a change set, for example `modules/network/main.tf`.
///
/// It means the same file on every system that may unpack it: NFC, `/` as divider, no dot segments,
/// no control or bidirectional characters, no device names, nothing under `.git`.
public record ArtifactName(String value) implements Comparable<ArtifactName> {

    /// Linux allows 4,096 bytes for a whole path: with as many characters of at most three bytes
    /// each, the folder it is unpacked into has room as well.
    private static final int MAX_LENGTH = 1_024;

    /// The longest name of one file or folder on common file systems, in bytes of UTF-8.
    private static final int MAX_PART_BYTES = 255;

    private static final Set<String> DEVICES =
            Set.of("con", "prn", "aux", "nul", "conin$", "conout$");
    private static final Pattern NUMBERED_DEVICE = Pattern.compile("(com|lpt)[0-9¹²³]");

    /// The folder of git itself, and the short name under which Windows opens it as well.
    private static final Set<String> OF_GIT = Set.of(".git", "git~1");

    public ArtifactName {
        String why = refusal(value);
        if (why != null) {
            throw new InvalidInput(
                    "artifact name " + printable(value),
                    why,
                    "Use a relative name such as modules/network/main.tf.");
        }
    }

    /// Two names that fold alike would be one file on some systems.
    ///
    /// As Unicode's full case folding tells names apart: the capital ẞ becomes `ss` only by way of
    /// its small letter, and marks that a capital puts elsewhere come into one order.
    public String folded() {
        String apart = Normalizer.normalize(value, Normalizer.Form.NFD);
        String folded =
                apart.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }

    public String extension() {
        String file = value.substring(value.lastIndexOf('/') + 1);
        int dot = file.lastIndexOf('.');
        return dot < 0 ? "" : file.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    private static @Nullable String refusal(String name) {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            return "a name has 1 to " + MAX_LENGTH + " characters";
        }
        if (!Normalizer.isNormalized(name, Normalizer.Form.NFC)) {
            return "the name is not in Unicode normal form C";
        }
        int hidden = Hidden.firstIn(name);
        if (hidden >= 0) {
            return "it holds the invisible character " + Hidden.nameOf(hidden);
        }
        if (name.startsWith("/") || name.contains("\\") || name.contains(":")) {
            return "it is absolute or holds a backslash or a colon";
        }
        for (String part : name.split("/", -1)) {
            String why = partRefusal(part);
            if (why != null) {
                return why;
            }
        }
        return null;
    }

    private static @Nullable String partRefusal(String part) {
        String folded = part.toLowerCase(Locale.ROOT);
        int dot = folded.indexOf('.');
        // `con .txt` is the device as well: Windows takes the space away.
        String stem = (dot < 0 ? folded : folded.substring(0, dot)).strip();
        if (part.isEmpty() || part.equals(".") || part.equals("..")) {
            return "it has an empty part or a dot segment";
        }
        if (part.getBytes(StandardCharsets.UTF_8).length > MAX_PART_BYTES) {
            return "a part is longer than " + MAX_PART_BYTES + " bytes";
        }
        if (part.endsWith(".") || part.endsWith(" ") || part.startsWith(" ")) {
            return "a part begins with a space or ends with a dot or a space";
        }
        if (OF_GIT.contains(folded)) {
            return "nothing may be placed in a .git folder";
        }
        if (DEVICES.contains(stem) || NUMBERED_DEVICE.matcher(stem).matches()) {
            return "'" + stem + "' is a device on some systems";
        }
        if (part.chars().anyMatch(c -> "<>\"|?*".indexOf(c) >= 0)) {
            return "it holds one of < > \" | ? *";
        }
        return null;
    }

    private static String printable(String name) {
        String cut = name.length() > 80 ? name.substring(0, 80) + "…" : name;
        return "'" + Hidden.marked(cut) + "'";
    }

    @Override
    public int compareTo(ArtifactName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
