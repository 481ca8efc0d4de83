package dev.devopspack.language.workflow;

import dev.devopspack.language.Span;
import dev.devopspack.language.yaml.YamlFile;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlNode.Entry;
import dev.devopspack.language.yaml.YamlNode.Mapping;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The file that tells Dependabot what to keep up to date.
public record DependabotFile(YamlFile file, List<Update> updates) {

    public DependabotFile {
        updates = List.copyOf(updates);
    }

    /// @param ecosystem for example `npm`
    /// @param directories what it looks at
    /// @param cooldown the mapping `cooldown`, where it is written
    /// @param cooldownDays how old a release has to be by default
    /// @param runsForeignCode whether it lets packages run their own code while it looks
    /// @param node the update as it stands in the file
    public record Update(
            String ecosystem,
            List<String> directories,
            Optional<Span> cooldown,
            OptionalLong cooldownDays,
            boolean runsForeignCode,
            Mapping node) {

        public Update {
            directories = List.copyOf(directories);
        }
    }

    static DependabotFile of(YamlFile file, Mapping root) {
        List<Update> updates = new ArrayList<>();
        for (YamlNode item : root.get("updates").map(YamlNode::items).orElse(List.of())) {
            if (item instanceof Mapping mapping) {
                updates.add(update(mapping));
            }
        }
        return new DependabotFile(file, updates);
    }

    private static Update update(Mapping update) {
        List<String> directories = new ArrayList<>();
        update.get("directory").flatMap(YamlNode::text).ifPresent(directories::add);
        update.get("directories")
                .map(YamlNode::items)
                .orElse(List.of())
                .forEach(item -> item.text().ifPresent(directories::add));
        OptionalLong days =
                update.get("cooldown")
                        .flatMap(cooldown -> cooldown.get("default-days"))
                        .map(DependabotFile::number)
                        .orElse(OptionalLong.empty());
        return new Update(
                update.get("package-ecosystem").flatMap(YamlNode::text).orElse(""),
                directories,
                update.entry("cooldown").map(Entry::node).map(Scalar::span),
                days,
                update.get("insecure-external-code-execution")
                        .flatMap(YamlNode::text)
                        .filter("allow"::equals)
                        .isPresent(),
                update);
    }

    private static OptionalLong number(YamlNode node) {
        return node instanceof Scalar scalar && scalar.value() instanceof Long number
                ? OptionalLong.of(number)
                : OptionalLong.empty();
    }
}
