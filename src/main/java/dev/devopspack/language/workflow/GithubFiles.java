package dev.devopspack.language.workflow;

import com.google.re2j.Pattern;
import dev.devopspack.language.yaml.Yaml;
import dev.devopspack.language.yaml.YamlFile;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlNode.Mapping;
import dev.devopspack.language.yaml.YamlSchema;
import java.util.Map;
import java.util.Optional;

/// Reads files that GitHub reads, each known by what stands in it.
public final class GithubFiles {

    /// GitHub itself takes no larger workflow than half a megabyte.
    private static final int MAX_CHARACTERS = 1_000_000;

    private static final Pattern ON = Pattern.compile("(?m)^['\"]?on['\"]?[ \\t]*:");
    private static final Pattern JOBS = Pattern.compile("(?m)^jobs[ \\t]*:");
    private static final Pattern RUNS = Pattern.compile("(?m)^runs[ \\t]*:");
    private static final Pattern USING = Pattern.compile("(?m)^[ \\t]+using[ \\t]*:");
    private static final Pattern UPDATES = Pattern.compile("(?m)^updates[ \\t]*:");
    private static final Pattern VERSION = Pattern.compile("(?m)^version[ \\t]*:");

    private final Neighbours neighbours;

    /// @param texts the text of every file by its name from the root of the repository
    public GithubFiles(Map<String, String> texts) {
        this.neighbours = new Neighbours(texts);
    }

    /// What a file turned out to be.
    public sealed interface Read {

        record OfWorkflow(Workflow workflow) implements Read {}

        record OfAction(ActionFile action) implements Read {}

        record OfDependabot(DependabotFile dependabot) implements Read {}

        /// It begins like one of them and is no YAML.
        record Broken(YamlFile file) implements Read {}
    }

    /// Empty where the file is none of them.
    public Optional<Read> read(String name, String text) {
        boolean mayBe =
                text.length() <= MAX_CHARACTERS
                        && (isWorkflow(text) || isAction(text) || isDependabot(text));
        if (!mayBe) {
            return Optional.empty();
        }
        YamlFile file = Yaml.read(name, text, YamlSchema.GITHUB);
        if (file.documents().isEmpty()) {
            return file.valid() ? Optional.empty() : Optional.of(new Read.Broken(file));
        }
        return file.documents().getFirst() instanceof Mapping root
                ? of(file, root)
                : Optional.empty();
    }

    private static boolean isWorkflow(String text) {
        return JOBS.matcher(text).find() || ON.matcher(text).find();
    }

    private static boolean isAction(String text) {
        return RUNS.matcher(text).find() && USING.matcher(text).find();
    }

    private static boolean isDependabot(String text) {
        return UPDATES.matcher(text).find() && VERSION.matcher(text).find();
    }

    private Optional<Read> of(YamlFile file, Mapping root) {
        if (root.get("jobs").isPresent() && root.get("on").isPresent()) {
            return Optional.of(new Read.OfWorkflow(WorkflowReader.read(file, root, neighbours)));
        }
        boolean isAction =
                root.get("runs").filter(runs -> runs.get("using").isPresent()).isPresent();
        if (isAction) {
            return Optional.of(new Read.OfAction(ActionReader.read(file, root, neighbours)));
        }
        boolean isDependabot =
                root.get("version").flatMap(YamlNode::text).filter("2"::equals).isPresent()
                        && root.get("updates").isPresent();
        if (isDependabot) {
            return Optional.of(new Read.OfDependabot(DependabotFile.of(file, root)));
        }
        return looksLikeWorkflow(root)
                ? Optional.of(new Read.OfWorkflow(WorkflowReader.read(file, root, neighbours)))
                : Optional.empty();
    }

    /// A workflow of which one half is missing: events with names that GitHub knows, or jobs with a
    /// runner.
    private static boolean looksLikeWorkflow(Mapping root) {
        boolean starts =
                root.get("on")
                        .filter(on ->
                                on.text().filter(Events.names()::contains).isPresent()
                                        || on.entries().keySet().stream()
                                                .anyMatch(Events.names()::contains)
                                        || on.items().stream()
                                                .anyMatch(item ->
                                                        item.text()
                                                                .filter(Events.names()::contains)
                                                                .isPresent()))
                        .isPresent();
        boolean runs =
                root.get("jobs")
                        .filter(jobs ->
                                jobs.entries().values().stream()
                                        .anyMatch(job -> job.value().get("runs-on").isPresent()))
                        .isPresent();
        return starts || runs;
    }
}
