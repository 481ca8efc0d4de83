package dev.devopspack.language.workflow;

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
        return hasKey(text, "jobs", true) || hasKey(text, "on", true);
    }

    private static boolean isAction(String text) {
        return hasKey(text, "runs", true) && hasKey(text, "using", false);
    }

    private static boolean isDependabot(String text) {
        return hasKey(text, "updates", true) && hasKey(text, "version", true);
    }

    /// Whether a line of the text begins with a key of this name, in quotes or not. Every file of a
    /// scan is asked, so it is no regular expression.
    ///
    /// @param top whether it stands at the line's very beginning; else it is indented
    private static boolean hasKey(String text, String key, boolean top) {
        int at = text.indexOf(key);
        while (at >= 0) {
            if (beginsLine(text, at, top) && endsKey(text, at + key.length())) {
                return true;
            }
            at = text.indexOf(key, at + key.length());
        }
        return false;
    }

    private static boolean beginsLine(String text, int at, boolean top) {
        int start = at > 0 && isQuote(text.charAt(at - 1)) ? at - 1 : at;
        int before = start - 1;
        while (before >= 0 && isBlank(text.charAt(before))) {
            before--;
        }
        return (before < 0 || text.charAt(before) == '\n') && top == (before == start - 1);
    }

    private static boolean endsKey(String text, int end) {
        int after = end < text.length() && isQuote(text.charAt(end)) ? end + 1 : end;
        while (after < text.length() && isBlank(text.charAt(after))) {
            after++;
        }
        return after < text.length() && text.charAt(after) == ':';
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
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
