package dev.devopspack.approval;

import dev.devopspack.change.Artifacts;
import dev.devopspack.change.Digest;
import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The files that are about to be used: the SHA-256 of each by its relative name.
public record PresentedFiles(SortedMap<String, Digest> digests) {

    /// More than a change set can hold, so that extra files are named rather than counted for ever.
    private static final int MAX_FILES = 2 * Artifacts.MAX_COUNT;

    private static final int BUFFER = 64 * 1_024;

    public static PresentedFiles of(Map<String, Digest> digests) {
        return new PresentedFiles(new TreeMap<>(digests));
    }

    public static PresentedFiles of(Artifacts artifacts) {
        return of(
                artifacts.list().stream()
                        .collect(
                                Collectors.toMap(
                                        artifact -> artifact.name().value(),
                                        artifact -> artifact.digest())));
    }

    /// Hashes every file below the folder, but the `.git` folder at its top.
    ///
    /// @param leaveOut files that belong to the call itself: the grant and the plan
    /// @throws InvalidInput if there is a symbolic link or a special file, or there are too many
    ///   files
    public static PresentedFiles read(Path folder, Set<Path> leaveOut) throws IOException {
        Set<Path> left = leaveOut.stream().map(Path::normalize).collect(Collectors.toSet());
        Path root = folder.toAbsolutePath().normalize();
        SortedMap<String, Digest> digests = new TreeMap<>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes a) {
                        return dir.equals(root.resolve(".git"))
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        if (left.stream().noneMatch(path -> file.equals(path.toAbsolutePath()))) {
                            add(root, file, attributes, digests);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return new PresentedFiles(digests);
    }

    private static void add(
            Path root, Path file, BasicFileAttributes attributes, SortedMap<String, Digest> digests)
            throws IOException {
        String name =
                root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
        if (!attributes.isRegularFile()) {
            throw new InvalidInput(
                    name,
                    "it is a symbolic link or no plain file",
                    "Give a folder that holds plain files only.");
        }
        if (digests.size() == MAX_FILES) {
            throw new InvalidInput(
                    root.toString(),
                    "it holds more than " + MAX_FILES + " files",
                    "Give the folder of the approved files alone.");
        }
        digests.put(name, hash(file));
    }

    /// The SHA-256 of one file, for example a plan.
    public static Digest hash(Path file) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha256.update(buffer, 0, read);
            }
        }
        return Digest.ofHash(sha256.digest());
    }
}
