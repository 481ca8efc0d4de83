package dev.devopspack.policy;

import dev.devopspack.language.data.ShippedFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// For rules whose own examples differ in more than one thing: a file for which the rule holds and
/// the smallest change that violates it.
public final class InjectionPairs {

    private static final String FILE = "profiles/injections.yaml";

    private InjectionPairs() {}

    /// @param holds an example for which the rule holds
    /// @param fails the same with one thing changed
    public record Pair(Rule.Example holds, Rule.Example fails) {}

    /// By the id of their rule.
    public static Map<String, List<Pair>> shipped() {
        Map<String, List<Pair>> pairs = new LinkedHashMap<>();
        for (YamlMap item :
                StrictYaml.read(FILE, ShippedFile.bytes("/" + FILE))
                        .only(Set.of("injections"))
                        .maps("injections")) {
            item.only(Set.of("rule", "file", "holds", "fails"));
            pairs.computeIfAbsent(item.text("rule"), _ -> new ArrayList<>()).add(pair(item));
        }
        return pairs;
    }

    private static Pair pair(YamlMap item) {
        String file = item.text("file");
        return new Pair(
                new Rule.Example(true, file, item.text("holds"), List.of()),
                new Rule.Example(false, file, item.text("fails"), List.of()));
    }
}
