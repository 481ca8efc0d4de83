package dev.devopspack.command;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.ArtifactName;
import dev.devopspack.change.Artifacts;
import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads files from this machine for a command.
final class ReadFiles {

    /// Made by tools, never configuration to be judged.
    private static final Set<String> SKIPPED_FOLDERS =
            Set.of(".git", ".hg", ".svn", ".terraform", "node_modules");

    private ReadFiles() {}

    static InvalidInput missing(String file) {
        return Files.isDirectory(Path.of(file))
                ? new InvalidInput(file, "this is a folder", "Name a file in it.")
                : new InvalidInput(file, "there is no such file", "Name a file that exists.");
    }

    static String text(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw missing(file.toString());
            }
            return Files.readString(file);
        } catch (java.nio.charset.MalformedInputException _) {
            throw new InvalidInput(
                    file.toString(), "the file is not UTF-8 text", "Save it as UTF-8.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(Path file, int maxBytes) {
        try {
            if (!Files.isRegularFile(file)) {
                throw missing(file.toString());
            }
            if (Files.size(file) > maxBytes) {
                throw new InvalidInput(
                        file.toString(),
                        "the file has more than " + maxBytes + " bytes",
                        "Name configuration files.");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Puts another text into a file, all of it or nothing; a symbolic link stays one.
    static void replace(Path named, String text) {
        try {
            Path file = named.toRealPath();
            Path folder = file.getParent();
            Path fresh = Files.createTempFile(folder, ".devops-pack-", ".tmp");
            try {
                Files.writeString(fresh, text);
                if (fresh.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                    Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(file));
                }
                Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A file's name as an artifact: below the current folder where it is, else its last part.
    static ArtifactName name(Path file) {
        Path here = Path.of("").toAbsolutePath();
        Path absolute = file.toAbsolutePath().normalize();
        Path shown = absolute.startsWith(here) ? here.relativize(absolute) : absolute.getFileName();
        return new ArtifactName(shown.toString().replace('\\', '/'));
    }

    /// All files of the folder, but the plan's own; a symbolic link is refused.
    static Artifacts folder(Path folder, @Nullable Path... left) {
        if (!Files.isDirectory(folder)) {
            throw new InvalidInput(
                    folder.toString(), "there is no such folder", "Name a folder that exists.");
        }
        List<Artifact> files = new ArrayList<>();
        try {
            Files.walkFileTree(folder, new Collector(folder, left, files));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Artifacts(files);
    }

    private static final class Collector extends SimpleFileVisitor<Path> {

        private final Path root;
        private final @Nullable Path[] left;
        private final List<Artifact> files;

        Collector(Path root, @Nullable Path[] left, List<Artifact> files) {
            this.root = root;
            this.left = left;
            this.files = files;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return SKIPPED_FOLDERS.contains(String.valueOf(folder.getFileName()))
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            String name = root.relativize(file).toString().replace('\\', '/');
            if (attributes.isSymbolicLink()) {
                throw new InvalidInput(
                        name,
                        "it is a symbolic link",
                        "Replace it by the file that it stands for.");
            }
            if (!attributes.isRegularFile() || isLeftOut(file)) {
                return FileVisitResult.CONTINUE;
            }
            if (files.size() >= Artifacts.MAX_COUNT
                    || attributes.size() > Artifacts.MAX_FILE_BYTES) {
                throw new InvalidInput(
                        name,
                        "the folder has too many files or this one is too large",
                        "Submit one module, without build results.");
            }
            Artifact plain = Artifact.of(new ArtifactName(name), Files.readAllBytes(file));
            files.add(
                    new Artifact(
                            plain.name(),
                            plain.mediaType(),
                            plain.bytes(),
                            Files.isExecutable(file) && name.endsWith(".sh")));
            return FileVisitResult.CONTINUE;
        }

        private boolean isLeftOut(Path file) throws IOException {
            for (Path other : left) {
                if (other != null
                        && Files.exists(other, LinkOption.NOFOLLOW_LINKS)
                        && Files.isSameFile(file, other)) {
                    return true;
                }
            }
            return false;
        }
    }
}
