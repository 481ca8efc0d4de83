package dev.devopspack.audit;

import dev.devopspack.change.Digest;
import dev.devopspack.task.InvalidInput;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A row of up to 256 hashes of the Merkle tree: how C2SP `tlog-tiles` (v1) hands out a log, so
/// that whoever has some tiles computes any proof.
///
/// @param level 0 for the leaves' hashes; each further level stands 8 heights of the tree higher
/// @param index how many tiles of its level are on its left
/// @param width how many hashes; 256 unless it is the level's last one
public record Tile(int level, long index, int width) {

    /// How many hashes, or entries, a full one has.
    public static final int FULL = 256;

    private static final int HEIGHT = 8;

    /// Subtrees of a higher level have more leaves than a log can have.
    private static final int MAX_LEVEL = 6;

    /// The index in groups of three digits, all but the last one after an `x`.
    private static final Pattern SHAPE =
            Pattern.compile("((?:x[0-9]{3}/){0,5})([0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

    private static final Pattern LEVEL = Pattern.compile("[0-9]|[1-5][0-9]|6[0-3]");

    public Tile {
        if (level < 0 || index < 0 || width < 1 || width > FULL) {
            throw missing();
        }
    }

    /// Reads the end of a tile's path: `x001/x234/067`, or `067.p/12` of one with 12 hashes.
    ///
    /// @throws InvalidInput if it is written otherwise
    public static Tile parse(String level, String path) {
        Matcher shape = SHAPE.matcher(path);
        if (!LEVEL.matcher(level).matches() || !shape.matches()) {
            throw missing();
        }
        String groups = shape.group(1);
        if (groups.startsWith("x000")) {
            throw missing();
        }
        String digits = groups.replace("x", "").replace("/", "") + shape.group(2);
        String width = shape.group(3);
        return new Tile(
                Integer.parseInt(level),
                Long.parseLong(digits),
                width == null ? FULL : partial(Integer.parseInt(width)));
    }

    /// A full tile has no width in its path.
    private static int partial(int width) {
        if (width >= FULL) {
            throw missing();
        }
        return width;
    }

    /// Of which height in the tree its hashes are.
    public int height() {
        return HEIGHT * level;
    }

    /// How many hashes of its height are on its left.
    public long first() {
        return index * FULL;
    }

    /// Whether a log of that size has it.
    public boolean within(long size) {
        return level <= MAX_LEVEL && first() + width <= size >> height();
    }

    /// As it is sent: the hashes one after the other.
    public static byte[] bytes(List<Digest> hashes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        hashes.forEach(hash -> bytes.writeBytes(hash.bytes()));
        return bytes.toByteArray();
    }

    private static InvalidInput missing() {
        return new InvalidInput(
                "tile",
                "there is no such tile",
                "Compute its path from a checkpoint, as C2SP tlog-tiles says.");
    }

    /// What is said where {@link #within} does not hold.
    public InvalidInput beyond() {
        return missing();
    }
}
