package dev.devopspack.adapter.database.embedded;

import dev.devopspack.adapter.database.DatabaseUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The passwords of the embedded database's three roles, made once and kept in a file of mode 0600.
///
/// @param superuser of the role `postgres`, which only makes the other two
/// @param owner of the role that owns the tables
/// @param app of the role that the program works with
record Passwords(String superuser, String owner, String app) {

    private static final Pattern SHAPE =
            Pattern.compile("superuser=([0-9a-f]{64})\nowner=([0-9a-f]{64})\napp=([0-9a-f]{64})\n");

    /// Reads the file, or makes it where it is missing.
    static Passwords in(Path file) throws IOException {
        if (!Files.exists(file)) {
            Passwords made = new Passwords(random(), random(), random());
            PrivateFiles.write(file, made.text());
            return made;
        }
        Matcher matcher = SHAPE.matcher(Files.readString(file));
        if (!matcher.matches()) {
            throw new DatabaseUnavailable(
                    "'"
                            + file
                            + "' does not hold the database's passwords any more. Restore it from"
                            + " a copy of the data folder.");
        }
        return new Passwords(matcher.group(1), matcher.group(2), matcher.group(3));
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private String text() {
        return "superuser=" + superuser + "\nowner=" + owner + "\napp=" + app + "\n";
    }

    @Override
    public String toString() {
        return "Passwords (hidden)";
    }
}
