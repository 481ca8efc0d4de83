package dev.devopspack.policy;

import dev.devopspack.change.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A rule of a catalogue, read when something is there that it judges.
///
/// @see RuleCatalog
final class ListedRule {

    private static final String NO_CONTROLS = "-";

    private final String id;
    private final String file;
    private final Digest digest;
    private final List<String> subjects;
    private final String controls;
    private final boolean ships;
    private final Supplier<Rule> reader;
    private volatile @Nullable Rule rule;

    private ListedRule(
            String id,
            String file,
            Digest digest,
            List<String> subjects,
            String controls,
            boolean ships,
            Supplier<Rule> reader) {
        this.id = id;
        this.file = file;
        this.digest = digest;
        this.subjects = List.copyOf(subjects);
        this.controls = controls;
        this.ships = ships;
        this.reader = reader;
    }

    static ListedRule of(Rule rule) {
        return new ListedRule(
                rule.id(),
                rule.file(),
                rule.digest(),
                rule.subjects(),
                controls(rule),
                false,
                () -> rule);
    }

    /// @param line of the index: path, id, SHA-256 of the file, subject kinds and control ids, as
    ///   {@link #line} writes it
    /// @param reader reads the rule at the path
    static ListedRule parse(String line, Function<String, Rule> reader) {
        String[] parts = line.split(" ", -1);
        return new ListedRule(
                parts[1],
                parts[0],
                new Digest("sha256:" + parts[2]),
                List.of(parts[3].split(",", -1)),
                parts[4],
                true,
                () -> reader.apply(parts[0]));
    }

    /// What the index says of a rule.
    static String line(String path, Rule rule) {
        return String.join(
                " ",
                path,
                rule.id(),
                rule.digest().hex(),
                String.join(",", rule.subjects()),
                controls(rule));
    }

    /// For example `nist-800-53=AC-3,AC-6;soc2=CC6.1`; `-` where it carries none.
    private static String controls(Rule rule) {
        if (rule.controls().isEmpty()) {
            return NO_CONTROLS;
        }
        return rule.controls().entrySet().stream()
                .map(each -> each.getKey() + "=" + String.join(",", each.getValue()))
                .collect(Collectors.joining(";"));
    }

    /// The control ids that it carries, each with its framework before it: `soc2 CC6.1`.
    List<String> controls() {
        if (controls.equals(NO_CONTROLS)) {
            return List.of();
        }
        List<String> carried = new ArrayList<>();
        for (String framework : controls.split(";", -1)) {
            int equals = framework.indexOf('=');
            for (String id : framework.substring(equals + 1).split(",", -1)) {
                carried.add(framework.substring(0, equals) + " " + id);
            }
        }
        return carried;
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
