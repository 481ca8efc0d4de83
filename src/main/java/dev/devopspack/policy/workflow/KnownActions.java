package dev.devopspack.policy.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.language.workflow.ActionReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Repositories of actions that are known for something: for being used by many, for being
/// archived, for a vulnerability. The facts are in `workflow/known-actions.json`, with the day on
/// which they were looked up.
final class KnownActions {

    private static final String FILE = "/workflow/known-actions.json";

    /// @param since the first version with it; empty where all older ones have it
    /// @param fixedIn the first version without it; empty where there is none
    private record Vulnerable(String advisory, String since, String fixedIn) {}

    private static final Set<String> POPULAR = new HashSet<>();
    private static final Set<String> ARCHIVED = new HashSet<>();
    private static final Map<String, String> SUPERFLUOUS = new HashMap<>();
    private static final Map<String, Vulnerable> VULNERABLE = new HashMap<>();

    static {
        try (InputStream in = KnownActions.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing");
            }
            JsonNode facts = new ObjectMapper().readTree(in);
            facts.path("popular").forEach(name -> POPULAR.add(name.asText()));
            facts.path("archived").forEach(name -> ARCHIVED.add(name.asText()));
            facts.path("superfluous")
                    .properties()
                    .forEach(entry -> SUPERFLUOUS.put(entry.getKey(), entry.getValue().asText()));
            facts.path("vulnerable")
                    .properties()
                    .forEach(entry ->
                            VULNERABLE.put(
                                    entry.getKey(),
                                    new Vulnerable(
                                            entry.getValue().path("advisory").asText(),
                                            entry.getValue().path("since").asText(""),
                                            entry.getValue().path("fixedIn").asText(""))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private KnownActions() {}

    static boolean isArchived(ActionReference uses) {
        return ARCHIVED.contains(uses.repository());
    }

    /// What does the same and is there already.
    static Optional<String> alternative(ActionReference uses) {
        return Optional.ofNullable(SUPERFLUOUS.get(uses.repository()));
    }

    /// The advisory for the version that is used.
    static Optional<String> advisory(ActionReference uses) {
        Vulnerable known = VULNERABLE.get(uses.repository());
        if (known == null || uses.version().isEmpty()) {
            return Optional.empty();
        }
        String version = uses.version().get();
        boolean isAffected =
                (known.fixedIn().isEmpty() || Versions.isOlder(version, known.fixedIn()))
                        && (known.since().isEmpty() || !Versions.isOlder(version, known.since()));
        return isAffected ? Optional.of(known.advisory()) : Optional.empty();
    }

    /// The well-known repository for which this one could be taken.
    static Optional<String> resembles(ActionReference uses) {
        String name = uses.repository();
        if (POPULAR.contains(name) || name.length() > 100) {
            return Optional.empty();
        }
        String[] parts = name.split("/", 2);
        if (parts.length < 2) {
            return Optional.empty();
        }
        return POPULAR.stream()
                .filter(popular -> isNear(parts, popular.split("/", 2)))
                .sorted()
                .findFirst();
    }

    private static boolean isNear(String[] name, String[] popular) {
        int owner = distance(name[0], popular[0]);
        int repository = distance(name[1], popular[1]);
        boolean isLongEnough = popular[1].length() >= 5 || repository == 0;
        return owner <= 1 && repository <= 1 && isLongEnough;
    }

    /// Changed, missing and additional characters, and neighbours that changed places; 2 stands for
    /// more.
    private static int distance(String one, String other) {
        if (one.equals(other)) {
            return 0;
        }
        int shared = 0;
        int least = Math.min(one.length(), other.length());
        while (shared < least && one.charAt(shared) == other.charAt(shared)) {
            shared++;
        }
        String a = one.substring(shared);
        String b = other.substring(shared);
        boolean changed = a.length() == b.length() && a.substring(1).equals(b.substring(1));
        boolean missing = a.length() + 1 == b.length() && a.equals(b.substring(1));
        boolean additional = b.length() + 1 == a.length() && b.equals(a.substring(1));
        boolean swapped =
                a.length() == b.length()
                        && a.length() >= 2
                        && a.charAt(0) == b.charAt(1)
                        && a.charAt(1) == b.charAt(0)
                        && a.substring(2).equals(b.substring(2));
        return changed || missing || additional || swapped ? 1 : 2;
    }
}
