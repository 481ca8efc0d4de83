package dev.devopspack.language.workflow;

import com.google.re2j.Pattern;
import dev.devopspack.language.workflow.WorkflowProblem.Kind;
import dev.devopspack.language.workflow.expression.Suggestion;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The labels of the machines that GitHub offers, as of July 2026.
///
/// @see <a
///   href="https://docs.github.com/en/actions/reference/runners/github-hosted-runners">GitHub-hosted
///   runners</a>
public final class Runners {

    private static final Set<String> HOSTED =
            new TreeSet<>(
                    List.of(
                            "ubuntu-latest",
                            "ubuntu-slim",
                            "ubuntu-26.04",
                            "ubuntu-26.04-arm",
                            "ubuntu-24.04",
                            "ubuntu-24.04-arm",
                            "ubuntu-22.04",
                            "ubuntu-22.04-arm",
                            "windows-latest",
                            "windows-2025",
                            "windows-2025-vs2026",
                            "windows-2022",
                            "windows-11-arm",
                            "macos-latest",
                            "macos-latest-large",
                            "macos-latest-xlarge",
                            "macos-26",
                            "macos-26-intel",
                            "macos-26-large",
                            "macos-26-xlarge",
                            "macos-15",
                            "macos-15-intel",
                            "macos-15-large",
                            "macos-15-xlarge",
                            "macos-14",
                            "macos-14-large",
                            "macos-14-xlarge"));

    private static final Set<String> SELF_HOSTED =
            Set.of("self-hosted", "linux", "macos", "windows", "x64", "arm", "arm64");

    /// Labels that look like GitHub's own. Companies name theirs otherwise.
    private static final Pattern LOOKS_HOSTED =
            Pattern.compile(
                    "(ubuntu|linux|windows|macos)-(latest|oldest|newest|stable|\\d+(\\.\\d+)*)"
                            + "(-(arm|arm64|intel|large|xlarge))?");

    private Runners() {}

    /// Whether GitHub gives a new machine for each job to this label.
    public static boolean isHosted(String label) {
        String lower = label.toLowerCase(Locale.ROOT);
        return HOSTED.contains(lower) || LOOKS_HOSTED.matcher(lower).matches();
    }

    static void check(Reading reading, List<Scalar> labels) {
        for (Scalar label : labels) {
            checkKnown(reading, label);
        }
        checkConflict(reading, labels);
    }

    static void checkKnown(Reading reading, Scalar label) {
        String name = label.content().strip().toLowerCase(Locale.ROOT);
        boolean isMistaken = !HOSTED.contains(name) && LOOKS_HOSTED.matcher(name).matches();
        boolean isMisspelled =
                !HOSTED.contains(name)
                        && !SELF_HOSTED.contains(name)
                        && !Template.isIn(name)
                        && distanceIsOne(name);
        if (isMistaken || isMisspelled) {
            reading.problem(
                    Kind.RUNNER,
                    label.span(),
                    "GitHub has no runner '"
                            + Reading.shortened(label.content())
                            + "'"
                            + Suggestion.of(name, HOSTED)
                                    .map(near -> "; did you mean '" + near + "'?")
                                    .orElse(""));
        }
    }

    /// `ubuntu-lastest` is a slip, `ubuntu-latest-8-cores` a name.
    private static boolean distanceIsOne(String name) {
        Optional<String> near =
                Suggestion.of(name, List.of("ubuntu-latest", "windows-latest", "macos-latest"));
        return near.isPresent() && Math.abs(near.get().length() - name.length()) <= 1;
    }

    private static void checkConflict(Reading reading, List<Scalar> labels) {
        List<String> systems = new ArrayList<>();
        for (Scalar label : labels) {
            Optional<String> system = system(label.content());
            if (system.isPresent() && systems.stream().anyMatch(s -> !s.equals(system.get()))) {
                reading.problem(
                        Kind.RUNNER,
                        label.span(),
                        "no runner has both '"
                                + labels.getFirst().content()
                                + "' and '"
                                + label.content()
                                + "'; to run on each, use a matrix");
            }
            system.ifPresent(systems::add);
        }
    }

    private static Optional<String> system(String label) {
        String lower = label.toLowerCase(Locale.ROOT);
        if (lower.startsWith("ubuntu-") || lower.equals("linux")) {
            return Optional.of("linux");
        }
        if (lower.startsWith("windows-") || lower.equals("windows")) {
            return Optional.of("windows");
        }
        return lower.startsWith("macos-") || lower.equals("macos")
                ? Optional.of("macos")
                : Optional.empty();
    }

    static boolean isUnix(List<String> labels) {
        return labels.stream()
                .anyMatch(label -> system(label).filter(s -> !s.equals("windows")).isPresent());
    }

    static boolean isWindows(List<String> labels) {
        return labels.stream()
                .anyMatch(label -> system(label).filter("windows"::equals).isPresent());
    }
}
