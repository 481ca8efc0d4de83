package dev.devopspack.command;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.ArtifactName;
import dev.devopspack.policy.ScanResult.Unreadable;
import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The files of a scan: whatever stands in the folders that were named, but for what no scan is
/// about. Unlike a change set it may be a whole repository with everything that lies around there.
final class ScannedTree {

    /// Made by tools, never configuration to be judged.
    private static final Set<String> SKIPPED_FOLDERS =
            Set.of(".git", ".hg", ".svn", ".terraform", "node_modules");

    private static final List<String> CONFIGURATION =
            List.of(".tf", ".tf.json", ".tfvars", ".yaml", ".yml");

    /// What fits into the memory of somebody's machine; larger repositories are scanned in parts.
    private static final int MAX_FILES = 200_000;

    private static final long MAX_BYTES = 512L * 1_024 * 1_024;

    /// A plan in JSON repeats everything several times; what people write is far smaller.
    static final int MAX_CONFIGURATION_BYTES = 16 * 1_024 * 1_024;

    /// Tables, logs and what is generated are longer.
    private static final int MAX_OTHER_BYTES = 2 * 1_024 * 1_024;

    /// As far as Git looks for a NUL, which no text holds.
    private static final int BEGINNING_BYTES = 8_000;

    private final Map<String, Artifact> files = new TreeMap<>();
    private final Map<String, Path> places = new TreeMap<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private int notText;
    private long bytes;

    private ScannedTree() {}

    /// @throws InvalidInput where one of the paths is neither a file nor a folder
    static ScannedTree of(List<Path> paths) {
        ScannedTree tree = new ScannedTree();
        for (Path path : paths) {
            boolean one = paths.size() == 1;
            if (Files.isDirectory(path)) {
                tree.folder(path, one ? "" : prefix(path, Path.of("")));
            } else {
                tree.add(
                        Read.of(
                                tree.free(path),
                                path,
                                ReadFiles.bytes(path, MAX_CONFIGURATION_BYTES)));
            }
        }
        return tree;
    }

    /// What stands before the names of a folder's files where it is one of several: nothing for the
    /// folder in which somebody is.
    static String prefix(Path folder, Path here) {
        Path absolute = folder.toAbsolutePath().normalize();
        Path current = here.toAbsolutePath().normalize();
        Path shown =
                absolute.startsWith(current)
                        ? current.relativize(absolute)
                        : absolute.getFileName();
        String name = shown == null ? "" : shown.toString().replace('\\', '/');
        return name.isEmpty() ? "" : name + "/";
    }

    /// In the order of their names.
    List<Artifact> files() {
        return List.copyOf(files.values());
    }

    /// What else was not looked at, with the reason.
    List<String> leftOut() {
        return leftOut.stream()
                .filter(each -> !isConfiguration(each.name()))
                .map(each -> each.name() + ": " + each.why())
                .sorted()
                .toList();
    }

    /// How many pictures, archives, programs and other files without text there are: nothing in
    /// them is configuration.
    int notText() {
        return notText;
    }

    /// What was not looked at although its name says that it is configuration: without it nobody
    /// knows that everything is fine.
    List<Unreadable> unread() {
        return leftOut.stream()
                .filter(each -> isConfiguration(each.name()))
                .sorted(Comparator.comparing(LeftOut::name))
                .map(each -> new Unreadable(each.name(), 1, 1, each.why()))
                .toList();
    }

    private static boolean isConfiguration(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return CONFIGURATION.stream().anyMatch(file::endsWith) || file.startsWith("dockerfile");
    }

    private static int maxBytes(String name) {
        return isConfiguration(name) || name.endsWith(".json")
                ? MAX_CONFIGURATION_BYTES
                : MAX_OTHER_BYTES;
    }

    private record LeftOut(String name, String why) {}

    /// The names of all files, whether looked at or not.
    Set<String> names() {
        return places.keySet();
    }

    /// Where a file of the scan stands on this machine.
    Optional<Path> place(String name) {
        return Optional.ofNullable(places.get(name));
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(files.get(name)).map(Artifact::text);
    }

    /// Two files from elsewhere may have one name: the second is called by its whole path. One that
    /// stands in a folder that was named too stays one file.
    private String free(Path file) {
        String name = ReadFiles.name(file).value();
        String whole = file.toAbsolutePath().normalize().toString().replace('\\', '/');
        Path known = places.get(name);
        boolean same =
                known != null
                        && known.toAbsolutePath()
                                .normalize()
                                .equals(file.toAbsolutePath().normalize());
        return files.containsKey(name) && !same ? whole.substring(whole.indexOf('/') + 1) : name;
    }

    private void folder(Path folder, String prefix) {
        try {
            Collector found = new Collector(folder, prefix);
            Files.walkFileTree(folder, found);
            // Opening and reading many small files takes longer than finding them.
            found.files.parallelStream().map(Read::of).toList().forEach(this::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(Read read) {
        places.put(read.name(), read.place());
        if (read.artifact() == null) {
            if (read.problem().isEmpty()) {
                notText++;
                return;
            }
            leftOut.add(new LeftOut(read.name(), read.problem()));
            return;
        }
        bytes += read.artifact().sizeBytes();
        bound(read.name(), files.size(), bytes);
        files.put(read.name(), read.artifact());
    }

    private static void bound(String name, int files, long bytes) {
        if (files >= MAX_FILES || bytes > MAX_BYTES) {
            throw new InvalidInput(
                    name,
                    "there are more than "
                            + MAX_FILES
                            + " files or "
                            + MAX_BYTES / (1_024 * 1_024)
                            + " MiB",
                    "Scan the repository in parts.");
        }
    }

    private record Found(String name, Path place) {}

    private static boolean isText(byte[] content) {
        for (int i = 0; i < Math.min(content.length, BEGINNING_BYTES); i++) {
            if (content[i] == 0) {
                return false;
            }
        }
        return true;
    }

    /// @param artifact null where the file is left out, for the reason in `problem`; a file without
    ///   text needs none
    private record Read(String name, Path place, @Nullable Artifact artifact, String problem) {

        static Read of(Found found) {
            try {
                return of(found.name(), found.place(), Files.readAllBytes(found.place()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static Read of(String name, Path place, byte[] content) {
            if (!isConfiguration(name) && !isText(content)) {
                return new Read(name, place, null, "");
            }
            try {
                return new Read(name, place, Artifact.of(new ArtifactName(name), content), "");
            } catch (InvalidInput e) {
                return new Read(name, place, null, e.problem());
            }
        }
    }

    private final class Collector extends SimpleFileVisitor<Path> {

        private final Path root;
        private final String prefix;
        private final List<Found> files = new ArrayList<>();
        private long sizeBytes;

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
            if (attributes.isSymbolicLink() && !leadsToAFileHere(file)) {
                leaveOut(name, file, "it is a symbolic link that leads elsewhere or to a folder");
            } else if (attributes.isSymbolicLink() || attributes.isRegularFile()) {
                long size = Files.size(file);
                int most = maxBytes(name);
                if (size > most && !isConfiguration(name) && !beginsAsText(file)) {
                    places.put(name, file);
                    notText++;
                } else if (size > most) {
                    leaveOut(name, file, "it has more than " + most / (1_024 * 1_024) + " MiB");
                } else {
                    sizeBytes += size;
                    bound(name, files.size(), sizeBytes);
                    files.add(new Found(name, file));
                }
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            leaveOut(
                    prefix + root.relativize(file).toString().replace('\\', '/'),
                    file,
                    "it cannot be opened");
            return FileVisitResult.CONTINUE;
        }

        private static boolean beginsAsText(Path file) throws IOException {
            try (InputStream content = Files.newInputStream(file)) {
                return isText(content.readNBytes(BEGINNING_BYTES));
            }
        }

        /// Terraform and others read through the link, as if the file stood here too.
        private boolean leadsToAFileHere(Path link) {
            try {
                Path real = link.toRealPath();
                return Files.isRegularFile(real) && real.startsWith(root.toRealPath());
            } catch (IOException _) {
                return false;
            }
        }

        private void leaveOut(String name, Path file, String why) {
            places.put(name, file);
            leftOut.add(new LeftOut(name, why));
        }
    }
}
