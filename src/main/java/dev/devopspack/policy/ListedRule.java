package dev.devopspack.policy;

import dev.devopspack.change.Digest;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A rule of a catalogue, read when something is there that it judges.
///
/// @see RuleCatalog
final class ListedRule {

    private final String id;
    private final String file;
    private final Digest digest;
    private final List<String> subjects;
    private final boolean ships;
    private final Supplier<Rule> reader;
    private volatile @Nullable Rule rule;

    private ListedRule(
            String id,
            String file,
            Digest digest,
            List<String> subjects,
            boolean ships,
            Supplier<Rule> reader) {
        this.id = id;
        this.file = file;
        this.digest = digest;
        this.subjects = List.copyOf(subjects);
        this.ships = ships;
        this.reader = reader;
    }

    static ListedRule of(Rule rule) {
        return new ListedRule(
                rule.id(), rule.file(), rule.digest(), rule.subjects(), false, () -> rule);
    }

    /// @param line of the index: path, id, SHA-256 of the file and subject kinds, as {@link #line}
    ///   writes it
    /// @param reader reads the rule at the path
    static ListedRule parse(String line, Function<String, Rule> reader) {
        String[] parts = line.split(" ", -1);
        return new ListedRule(
                parts[1],
                parts[0],
                new Digest("sha256:" + parts[2]),
                List.of(parts[3].split(",", -1)),
                true,
                () -> reader.apply(parts[0]));
    }

    /// What the index says of a rule.
    static String line(String path, Rule rule) {
        return String.join(
                " ", path, rule.id(), rule.digest().hex(), String.join(",", rule.subjects()));
    }

    String id() {
        return id;
    }

    String file() {
        return file;
    }

    Digest digest() {
        return digest;
    }

    List<String> subjects() {
        return subjects;
    }

    /// Whether it comes with the program, whose tests have checked it.
    boolean ships() {
        return ships;
    }

    /// @throws IllegalStateException if the file is another one than the index says
    Rule rule() {
        Rule known = rule;
        if (known == null) {
            known = reader.get();
            if (!known.digest().equals(digest) || !known.id().equals(id)) {
                throw new IllegalStateException(
                        file
                                + " is not the file that rules/index.txt was written from. Run"
                                + " ./mvnw test -Dtest=BuiltInRulesTest -Dgolden=update");
            }
            rule = known;
        }
        return known;
    }
}
