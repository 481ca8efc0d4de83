package dev.devopspack.mcp;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.task.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file as an assistant sends it.
record FileArgument(@Nullable String name, @Nullable String content) {

    static Artifacts artifacts(List<FileArgument> files) {
        List<Artifact> artifacts = new ArrayList<>(files.size());
        for (int i = 0; i < files.size(); i++) {
            FileArgument file = files.get(i);
            if (file.name == null || file.content == null) {
                throw new InvalidInput(
                        "/files/" + i,
                        "a file has no name or no content",
                        "Give both: {\"name\": \"main.tf\", \"content\": \"…\"}.");
            }
            artifacts.add(Artifact.of(file.name, file.content));
        }
        return new Artifacts(artifacts);
    }
}
