package dev.devopspack.specialist.security;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.specialist.Capability;
import dev.devopspack.specialist.InputSchema;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.specialist.Pointer;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.TaskType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The files that a capability is asked about: given in the input, or those of a change set.
final class GivenFiles {

    /// The inputs that hold a caller's files.
    static final Set<String> JUDGED = Set.of("files");

    /// A module, its variables and its pipelines stay far below it; a whole repository is scanned
    /// where it lies, by `devops-pack scan`.
    static final int MAX_FILES = 200;

    private static final String FILES = "/input/files";

    private GivenFiles() {}

    /// @throws InvalidInput where both are given, a file cannot be taken, or there is no such
    ///   change set
    static Artifacts of(JudgesFiles.Given given, ChangeSetStore store) {
        List<FileInput> files = given.files();
        String changeSetId = given.changeSetId();
        if (changeSetId != null && files != null && !files.isEmpty()) {
            throw new InvalidInput(
                    "/input/change_set_id",
                    "both files and a change set are given",
                    "Give one of `files` and `change_set_id`.");
        }
        return changeSetId != null ? ofChangeSet(changeSetId, store) : ofFiles(files);
    }

    /// Whether there is nothing to look at, so that the caller is asked for it.
    static boolean none(JudgesFiles.Given given) {
        List<FileInput> files = given.files();
        return given.changeSetId() == null && (files == null || files.isEmpty());
    }

    private static Artifacts ofChangeSet(String id, ChangeSetStore store) {
        ChangeSetId wanted;
        try {
            wanted = new ChangeSetId(id);
        } catch (InvalidInput refused) {
            throw new InvalidInput("/input/change_set_id", refused.problem(), refused.mend());
        }
        return store.find(wanted)
                .map(ChangeSet::artifacts)
                .orElseThrow(() ->
                        new InvalidInput(
                                "/input/change_set_id",
                                "there is no change set " + wanted,
                                "Use the id from the answer that made it, or list them."));
    }

    private static Artifacts ofFiles(@Nullable List<FileInput> files) {
        List<FileInput> given = files == null ? List.of() : files;
        if (given.size() > MAX_FILES) {
            throw new InvalidInput(
                    FILES,
                    "there are " + given.size() + " files, more than " + MAX_FILES,
                    "Send one module at a time, or run `devops-pack scan DIR`.");
        }
        List<Artifact> artifacts = new ArrayList<>(given.size());
        for (int i = 0; i < given.size(); i++) {
            try {
                artifacts.add(Artifact.of(given.get(i).name(), given.get(i).content()));
            } catch (InvalidInput refused) {
                throw new InvalidInput(
                        Pointer.child(Pointer.item(FILES, i), "name"),
                        refused.problem(),
                        refused.mend());
            }
        }
        return taken(artifacts);
    }

    private static Artifacts taken(List<Artifact> artifacts) {
        try {
            return new Artifacts(artifacts);
        } catch (InvalidInput refused) {
            throw new InvalidInput(
                    FILES,
                    Pointer.shown(refused.where()) + ": " + refused.problem(),
                    refused.mend());
        }
    }

    /// Asks for the files.
    static Outcome.InputRequired required(Capability<?> capability) {
        Map<String, Object> schema = capability.inputSchema();
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("type", TaskType.SECURITY.value());
        task.put("capability", capability.name());
        task.put("input", capability.example());
        return new Outcome.InputRequired(
                List.of(
                        new Outcome.MissingInput(
                                FILES,
                                "The files to look at, or a `change_set_id`.",
                                filesSchema(),
                                List.of(EXAMPLE))),
                schema,
                Map.of("task", task));
    }

    private static Map<String, Object> filesSchema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "array");
        schema.put("maxItems", MAX_FILES);
        schema.put("items", InputSchema.of(FileInput.class));
        return schema;
    }

    /// A small file in which something is wrong.
    static final Map<String, Object> EXAMPLE = example();

    private static Map<String, Object> example() {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("name", "main.tf");
        file.put(
                "content",
                """
                resource "aws_security_group_rule" "ssh" {
                  type              = "ingress"
                  security_group_id = "sg-0123456789abcdef0"
                  from_port         = 22
                  to_port           = 22
                  protocol          = "tcp"
                  cidr_blocks       = ["0.0.0.0/0"]
                }
                """);
        return file;
    }
}
