package dev.devopspack.policy.compose;

import com.google.re2j.Pattern;
import dev.devopspack.language.yaml.Yaml;
import dev.devopspack.language.yaml.YamlFile;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlSchema;
import dev.devopspack.policy.subject.Subject;
import dev.devopspack.policy.subject.SubjectReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads Compose files, known by their services.
public final class ComposeReader implements SubjectReader {

    private static final Pattern HINT =
            Pattern.compile("(?m)^[{ \\t]*[\"']?(services|volumes)[\"']?[ \\t]*:");

    private static final Set<String> TOP =
            Set.of(
                    "version",
                    "name",
                    "services",
                    "networks",
                    "volumes",
                    "configs",
                    "secrets",
                    "include",
                    "models");

    /// A service has one of these; what else is called services has none.
    private static final Set<String> OF_SERVICES =
            Set.of("image", "build", "extends", "container_name", "deploy");

    @Override
    public Reading read(Map<String, String> texts) {
        List<Subject> subjects = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Set<String> files = new HashSet<>();
        texts.forEach((name, text) -> {
            boolean mayBe = text.contains("services") || text.contains("volumes");
            if (!mayBe || !HINT.matcher(text).find()) {
                return;
            }
            YamlFile file = Yaml.read(name, text, YamlSchema.COMPOSE);
            List<YamlNode> found = file.documents().stream().filter(ComposeReader::isOne).toList();
            if (found.isEmpty()) {
                return;
            }
            files.add(name);
            found.forEach(root -> subjects.addAll(new ComposeSubjects(name, root).all()));
            file.diagnostics()
                    .forEach(each ->
                            problems.add(
                                    new Problem(
                                            name,
                                            each.span().line(),
                                            each.span().column(),
                                            each.message() + ". " + each.mend())));
        });
        return new Reading(subjects, problems, files);
    }

    private static boolean isOne(YamlNode root) {
        Set<String> keys = root.entries().keySet();
        boolean known = keys.stream().allMatch(key -> TOP.contains(key) || key.startsWith("x-"));
        boolean services =
                root.get("services").stream()
                        .flatMap(all -> all.entries().values().stream())
                        .anyMatch(each ->
                                each.value().entries().keySet().stream()
                                        .anyMatch(OF_SERVICES::contains));
        boolean volumes = keys.contains("version") && keys.contains("volumes");
        boolean other =
                keys.contains("apiVersion") || keys.contains("jobs") || keys.contains("kind");
        return services ? !other : known && volumes;
    }
}
