package dev.devopspack.command;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.ArtifactName;
import dev.devopspack.change.Artifacts;
import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The files of a scan: whatever stands in the folders that were named, but for what no scan is
/// about. Unlike a change set it may be a whole repository with everything that lies around there.
final class ScannedTree {

    /// Made by tools, never configuration to be judged.
    private static final Set<String> SKIPPED_FOLDERS =
            Set.of(".git", ".hg", ".svn", ".terraform", "node_modules");

    /// What fits into the memory of somebody's machine; larger repositories are scanned in parts.
    private static final int MAX_FILES = 200_000;

    private static final long MAX_BYTES = 512L * 1_024 * 1_024;

    private final Map<String, Artifact> files = new TreeMap<>();
    private final Map<String, Path> places = new TreeMap<>();
    private final List<String> leftOut = new ArrayList<>();
    private long bytes;

    private ScannedTree() {}

    /// @throws InvalidInput where one of the paths is neither a file nor a folder
    static ScannedTree of(List<Path> paths) {
        ScannedTree tree = new ScannedTree();
        for (Path path : paths) {
            boolean one = paths.size() == 1;
            if (Files.isDirectory(path)) {
                tree.folder(path, one ? "" : ReadFiles.name(path) + "/");
            } else {
                tree.add(tree.free(path), path, ReadFiles.bytes(path));
            }
        }
        return tree;
    }

    /// In the order of their names.
    List<Artifact> files() {
        return List.copyOf(files.values());
    }

    /// What was not looked at, with the reason.
    List<String> leftOut() {
        return List.copyOf(leftOut);
    }

    /// Where a file of the scan stands on this machine.
    Optional<Path> place(String name) {
        return Optional.ofNullable(places.get(name));
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(files.get(name)).map(Artifact::text);
    }

    /// Two files from elsewhere may have one name: the second is called by its whole path.
    private String free(Path file) {
        String name = ReadFiles.name(file).value();
        String whole = file.toAbsolutePath().normalize().toString().replace('\\', '/');
        return files.containsKey(name) ? whole.substring(whole.indexOf('/') + 1) : name;
    }

    private void folder(Path folder, String prefix) {
        try {
            Files.walkFileTree(folder, new Collector(folder, prefix));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String name, Path place, byte[] content) {
        bytes += content.length;
        if (files.size() >= MAX_FILES || bytes > MAX_BYTES) {
            throw new InvalidInput(
                    name,
                    "there are more than "
                            + MAX_FILES
                            + " files or "
                            + MAX_BYTES / (1_024 * 1_024)
                            + " MiB",
                    "Scan the repository in parts.");
        }
        try {
            files.put(name, Artifact.of(new ArtifactName(name), content));
            places.put(name, place);
        } catch (InvalidInput e) {
            leftOut.add(e.where() + ": " + e.problem());
        }
    }

    private final class Collector extends SimpleFileVisitor<Path> {

        private final Path root;
        private final String prefix;

        Collector(Path root, String prefix) {
            this.root = root;
            this.prefix = prefix;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean skipped = SKIPPED_FOLDERS.contains(String.valueOf(folder.getFileName()));
            return skipped && !folder.equals(root)
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            String name = prefix + root.relativize(file).toString().replace('\\', '/');
            if (attributes.isSymbolicLink()) {
                leftOut.add(name + ": it is a symbolic link");
            } else if (attributes.isRegularFile()) {
                if (attributes.size() > Artifacts.MAX_FILE_BYTES) {
                    leftOut.add(name + ": it has more than " + Artifacts.MAX_FILE_BYTES + " bytes");
                } else {
                    add(name, file, Files.readAllBytes(file));
                }
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            leftOut.add(
                    prefix
                            + root.relativize(file).toString().replace('\\', '/')
                            + ": it cannot be"
                            + " opened");
            return FileVisitResult.CONTINUE;
        }
    }
}
