package dev.devopspack.adapter.database.embedded;

import dev.devopspack.adapter.database.DatabaseUnavailable;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The folder that holds everything the program keeps, owned by one process at a time.
///
/// The owner holds a lock on the file `lock`; the operating system frees it when the process ends,
/// however it ends. The file `owner` says who the owner is, so that a second process can talk to
/// it.
public final class DataFolder implements AutoCloseable {

    /// The environment variable that names the folder.
    public static final String VARIABLE = "DEVOPS_PACK_DATA_DIR";

    private static final String LOCK = "lock";
    private static final String OWNER = "owner";

    /// What is kept here while the database is an external one: whoever goes back to the embedded
    /// one keeps his keys.
    private static final Pattern WITHOUT_DATABASE =
            Pattern.compile(
                    "signing-key|checkpoint-key|checkpoints\\.txt|seen-checkpoints(-[A-Za-z0-9._-]+)?");

    /// PostgreSQL's own tool puts the path between double quotes on a shell's command line.
    private static final Pattern UNUSABLE = Pattern.compile("[\"$`\\\\\\p{Cntrl}]");

    private static final Pattern NOTE =
            Pattern.compile("pid=([0-9]{1,18})\n(?:url=(\\S{1,500})\n)?");

    /// Closing any other channel to a locked file would free the lock of the whole process, so a
    /// second claim in the same process must not even open the file.
    private static final Set<Path> CLAIMED_HERE = new HashSet<>();

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private DataFolder(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /// What became of a claim.
    public sealed interface Claim {
        record Mine(DataFolder folder) implements Claim {}

        record Taken(Owner owner) implements Claim {}
    }

    /// The process that owns the folder.
    ///
    /// @param pid 0 where it has not said so yet
    /// @param url where its server answers, once it does
    public record Owner(long pid, Optional<URI> url) {}

    /// `DEVOPS_PACK_DATA_DIR`, or `.devops-pack` in the user's home.
    public static Path place(Map<String, String> environment) {
        String named = environment.getOrDefault(VARIABLE, "");
        return named.isBlank()
                ? Path.of(System.getProperty("user.home"), ".devops-pack")
                : Path.of(named).toAbsolutePath().normalize();
    }

    /// Whether a process ever kept its data here: who only asks for the owner of another folder
    /// leaves it as it is.
    public static boolean wasClaimed(Path place) {
        return Files.exists(place.resolve(LOCK));
    }

    /// Claims the folder for this process; makes it, readable by this user alone, where it is
    /// missing.
    ///
    /// @throws DatabaseUnavailable if the folder cannot be used
    public static Claim claim(Path place) {
        if (UNUSABLE.matcher(place.toString()).find()) {
            throw new DatabaseUnavailable(
                    "The data folder's path holds a quote, '$', '`', '\\' or a control character."
                            + " Set "
                            + VARIABLE
                            + " to another folder.");
        }
        try {
            Path path = prepare(place);
            return lock(path);
        } catch (IOException e) {
            throw new DatabaseUnavailable(
                    "The data folder '"
                            + place
                            + "' cannot be used: "
                            + e
                            + ". Set "
                            + VARIABLE
                            + " to a folder that you may write to.",
                    e);
        }
    }

    private static Path prepare(Path place) throws IOException {
        Set<PosixFilePermission> mine = PosixFilePermissions.fromString("rwx------");
        if (!Files.exists(place)) {
            Path parent = place.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(place, PosixFilePermissions.asFileAttribute(mine));
        }
        Path path = place.toRealPath();
        if (!Files.exists(path.resolve(LOCK)) && !holdsKeysAlone(path)) {
            throw new DatabaseUnavailable(
                    "'"
                            + path
                            + "' holds other files. Set "
                            + VARIABLE
                            + " to an empty or a new folder.");
        }
        if (!Files.getPosixFilePermissions(path).equals(mine)) {
            Files.setPosixFilePermissions(path, mine);
        }
        return path;
    }

    /// Also an empty one does.
    private static boolean holdsKeysAlone(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .allMatch(WITHOUT_DATABASE.asMatchPredicate());
        }
    }

    private static Claim lock(Path path) throws IOException {
        synchronized (CLAIMED_HERE) {
            if (CLAIMED_HERE.contains(path)) {
                return new Claim.Taken(owner(path));
            }
            FileChannel channel =
                    FileChannel.open(
                            path.resolve(LOCK),
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return new Claim.Taken(owner(path));
            }
            CLAIMED_HERE.add(path);
            DataFolder folder = new DataFolder(path, channel, lock);
            folder.note(null);
            return new Claim.Mine(folder);
        }
    }

    private static Owner owner(Path path) throws IOException {
        Path note = path.resolve(OWNER);
        Matcher matcher =
                NOTE.matcher(
                        Files.exists(note) ? Files.readString(note, StandardCharsets.UTF_8) : "");
        if (!matcher.matches()) {
            return new Owner(0, Optional.empty());
        }
        return new Owner(
                Long.parseLong(matcher.group(1)),
                Optional.ofNullable(matcher.group(2)).map(URI::create));
    }

    public Path path() {
        return path;
    }

    /// Tells other processes where this one's server answers.
    public void publish(URI url) {
        try {
            note(url);
        } catch (IOException e) {
            throw new DatabaseUnavailable(
                    "'" + path.resolve(OWNER) + "' cannot be written: " + e, e);
        }
    }

    /// Written beside and moved, so that nobody reads half a note.
    private void note(@Nullable URI url) throws IOException {
        String text =
                "pid="
                        + ProcessHandle.current().pid()
                        + "\n"
                        + (url == null ? "" : "url=" + url + "\n");
        PrivateFiles.write(path.resolve(OWNER + ".new"), text);
        Files.move(
                path.resolve(OWNER + ".new"),
                path.resolve(OWNER),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /// Frees the folder for another process.
    @Override
    public void close() {
        synchronized (CLAIMED_HERE) {
            if (!channel.isOpen()) {
                return;
            }
            try {
                Files.deleteIfExists(path.resolve(OWNER));
                lock.release();
                channel.close();
            } catch (IOException e) {
                throw new DatabaseUnavailable("The data folder cannot be freed: " + e, e);
            } finally {
                CLAIMED_HERE.remove(path);
            }
        }
    }
}
