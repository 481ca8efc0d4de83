package dev.devopspack.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
        try (InputStream in = InjectionPairs.class.getClassLoader().getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing in the program");
            }
            Map<String, List<Pair>> pairs = new LinkedHashMap<>();
            for (YamlMap item :
                    StrictYaml.read(FILE, in.readAllBytes())
                            .only(Set.of("injections"))
                            .maps("injections")) {
                item.only(Set.of("rule", "file", "holds", "fails"));
                pairs.computeIfAbsent(item.text("rule"), rule -> new ArrayList<>())
                        .add(
                                new Pair(
                                        new Rule.Example(
                                                true,
                                                item.text("file"),
                                                item.text("holds"),
                                                List.of()),
                                        new Rule.Example(
                                                false,
                                                item.text("file"),
                                                item.text("fails"),
                                                List.of())));
            }
            return pairs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
