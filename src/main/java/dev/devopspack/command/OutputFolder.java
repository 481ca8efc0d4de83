package dev.devopspack.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devopspack.change.ArtifactName;
import dev.devopspack.change.Digest;
import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes the files of a result below a folder.
final class OutputFolder {

    private OutputFolder() {}

    /// The files of a task at the folder's root; those of a run's tasks in `task-1`, `task-2`, …
    static void write(Front front, JsonNode result, Path folder) {
        writeFiles(front, result.path("changeSet"), folder);
        for (JsonNode task : result.at("/run/tasks")) {
            writeFiles(
                    front,
                    task.path("changeSet"),
                    folder.resolve("task-" + task.path("number").asInt()));
        }
    }

    private static void writeFiles(Front front, JsonNode changeSet, Path folder) {
        for (JsonNode file : changeSet.path("files")) {
            // The name is checked again: it becomes a path on this machine.
            String name = new ArtifactName(file.path("name").asText()).value();
            byte[] bytes = front.file(changeSet.path("id").asText(), name);
            if (!Digest.of(bytes).hex().equals(file.path("sha256").asText())) {
                throw new InvalidInput(
                        name, "the server sent other bytes than it listed", "Run it again.");
            }
            Path target = folder.resolve(name);
            try {
                Files.createDirectories(target.toAbsolutePath().getParent());
                Files.write(target, bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
