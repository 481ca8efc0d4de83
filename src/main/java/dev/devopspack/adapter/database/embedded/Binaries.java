package dev.devopspack.adapter.database.embedded;

import dev.devopspack.adapter.database.DatabaseUnavailable;
import dev.devopspack.adapter.files.FolderTree;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's programs for this platform, unpacked from the class path into the data folder.
///
/// Not into the system's temporary folder, where another user could have put theirs before us.
final class Binaries {

    /// Names the folder, so that another version is unpacked anew beside it.
    static final String VERSION = "18.4";

    private final Path folder;

    private Binaries(Path folder) {
        this.folder = folder;
    }

    static Binaries in(Path parent) throws IOException {
        Path folder = parent.resolve(VERSION);
        if (!Files.exists(folder)) {
            PrivateFiles.createFolder(parent);
            Path unfinished = parent.resolve(VERSION + ".new");
            FolderTree.delete(unfinished);
            unpack(unfinished);
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        }
        return new Binaries(folder);
    }

    Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    private static void unpack(Path target) throws IOException {
        String name = "/postgres-" + system() + "-" + architecture() + ".txz";
        try (InputStream archive = Binaries.class.getResourceAsStream(name)) {
            if (archive == null) {
                throw new DatabaseUnavailable(
                        "There is no embedded PostgreSQL for this platform ("
                                + name
                                + " is not in the build). Set DEVOPS_PACK_DATABASE_URL to a"
                                + " PostgreSQL 15 or newer.");
            }
            try (TarArchiveInputStream tar =
                    new TarArchiveInputStream(
                            new XZInputStream(new BufferedInputStream(archive)))) {
                for (TarArchiveEntry entry = tar.getNextEntry();
                        entry != null;
                        entry = tar.getNextEntry()) {
                    unpack(entry, tar, target);
                }
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream bytes, Path target)
            throws IOException {
        Path place = target.resolve(entry.getName()).normalize();
        Path parent = place.getParent();
        if (parent == null || !place.startsWith(target)) {
            throw new IOException("'" + entry.getName() + "' leads out of the archive");
        }
        if (entry.isDirectory()) {
            PrivateFiles.createFolder(place);
            return;
        }
        PrivateFiles.createFolder(parent);
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(place, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(bytes, place);
        boolean executable = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(
                place, PosixFilePermissions.fromString(executable ? "rwx------" : "rw-------"));
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "darwin" : name.startsWith("win") ? "windows" : "linux";
    }

    private static String architecture() {
        String name = System.getProperty("os.arch");
        return name.equals("aarch64") ? "arm_64" : name.equals("amd64") ? "x86_64" : name;
    }
}
