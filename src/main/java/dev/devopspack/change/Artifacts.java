package dev.devopspack.change;

import dev.devopspack.task.InvalidInput;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The files of a change set, sorted by name, no two of them the same file on any system.
public record Artifacts(List<Artifact> list) implements Iterable<Artifact> {

    /// Far more than any module a person could review; it bounds what one change set may cost.
    public static final int MAX_COUNT = 2_000;

    /// One file. Generated lock files and large values files stay below it.
    public static final int MAX_FILE_BYTES = 2 * 1_024 * 1_024;

    /// All files of one change set together.
    public static final int MAX_TOTAL_BYTES = 16 * 1_024 * 1_024;

    public Artifacts {
        list = list.stream().sorted(Comparator.comparing(Artifact::name)).toList();
        if (list.isEmpty()) {
            throw new InvalidInput("files", "there is no file", "Give at least one file.");
        }
        if (list.size() > MAX_COUNT) {
            throw new InvalidInput(
                    "files",
                    "there are " + list.size() + " files, more than " + MAX_COUNT,
                    "Submit one module at a time.");
        }
        checkSizes(list);
        checkNames(list);
    }

    public static Artifacts of(Artifact... files) {
        return new Artifacts(List.of(files));
    }

    public Optional<Artifact> find(String name) {
        return list.stream().filter(artifact -> artifact.name().value().equals(name)).findFirst();
    }

    private static void checkSizes(List<Artifact> files) {
        long total = 0;
        for (Artifact file : files) {
            total += file.sizeBytes();
            if (file.sizeBytes() > MAX_FILE_BYTES) {
                throw new InvalidInput(
                        file.name().value(),
                        "the file has more than " + MAX_FILE_BYTES + " bytes",
                        "Leave out what is not configuration.");
            }
        }
        if (total > MAX_TOTAL_BYTES) {
            throw new InvalidInput(
                    "files",
                    "together they have " + total + " bytes, more than " + MAX_TOTAL_BYTES,
                    "Submit one module at a time.");
        }
    }

    private static void checkNames(List<Artifact> files) {
        Map<String, ArtifactName> seen = new HashMap<>();
        for (Artifact file : files) {
            ArtifactName other = seen.put(file.name().folded(), file.name());
            if (other != null) {
                throw new InvalidInput(
                        file.name().value(),
                        "it is the same file as '" + other + "' where case does not count",
                        "Rename one of them.");
            }
        }
        for (Artifact file : files) {
            String folded = file.name().folded();
            for (int slash = folded.indexOf('/');
                    slash > 0;
                    slash = folded.indexOf('/', slash + 1)) {
                ArtifactName other = seen.get(folded.substring(0, slash));
                if (other != null) {
                    throw new InvalidInput(
                            file.name().value(),
                            "'" + other + "' is a file and a folder at once",
                            "Rename one of them.");
                }
            }
        }
    }

    @Override
    public Iterator<Artifact> iterator() {
        return list.iterator();
    }
}
