package dev.devopspack.command;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.ArtifactName;
import dev.devopspack.policy.ScanResult;
import dev.devopspack.policy.ScanResult.Spot;
import dev.devopspack.task.InvalidInput;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The files of a scan with the templates of charts replaced by what Helm makes of them, and the
/// way back from there to the templates' lines.
final class RenderedCharts {

    private static final String CHART = "Chart.yaml";
    private static final String TEMPLATES = "templates/";

    /// Each takes Helm up to some seconds.
    private static final int MAX_CHARTS = 200;

    /// Where a document begins, Helm says of which template it comes.
    private static final String SOURCE = "# Source: ";

    /// A template that makes nothing is still looked at for secrets, under a name that is no
    /// manifest's.
    private static final String UNMADE = ".tpl";

    private final Map<String, Artifact> files = new TreeMap<>();
    private final Map<String, TemplateLines> lines = new HashMap<>();
    private final List<String> notes = new ArrayList<>();

    private RenderedCharts(ScannedTree tree) {
        tree.files().forEach(file -> files.put(file.name().value(), file));
    }

    /// @param kubernetes the release to render for, for example `1.36.0`
    static RenderedCharts of(ScannedTree tree, Local local, String kubernetes) {
        RenderedCharts rendered = new RenderedCharts(tree);
        List<String> charts =
                charts(tree.names()).stream()
                        .filter(chart -> !rendered.templates(chart).isEmpty())
                        .toList();
        for (String chart : charts.subList(0, Math.min(charts.size(), MAX_CHARTS))) {
            Optional<Local.Rendered> made = rendered.made(chart, tree, local, kubernetes);
            if (made.isEmpty()) {
                rendered.notes.add(
                        "Charts are not judged, because Helm is not on the PATH: "
                                + charts.size()
                                + ". Install helm, or scan what `helm template` prints.");
                break;
            }
            if (made.get().problem().isEmpty()) {
                rendered.take(chart, made.get().manifests(), tree);
            } else {
                rendered.notes.add(
                        "Helm does not render " + shown(chart) + ": " + made.get().problem());
            }
        }
        if (charts.size() > MAX_CHARTS) {
            rendered.notes.add(
                    "Only " + MAX_CHARTS + " charts were rendered. Scan the others by themselves.");
        }
        return rendered;
    }

    /// In the order of their names.
    List<Artifact> files() {
        return List.copyOf(files.values());
    }

    /// What somebody who looks at the result must know, in whole sentences.
    List<String> notes() {
        return List.copyOf(notes);
    }

    /// The result, told of the templates.
    ScanResult placed(ScanResult result) {
        return lines.isEmpty() ? result : result.at(this::spot);
    }

    private Spot spot(Spot made) {
        TemplateLines known = lines.get(made.file());
        if (known == null) {
            return made;
        }
        String template =
                made.file().endsWith(UNMADE)
                        ? made.file().substring(0, made.file().length() - UNMADE.length())
                        : made.file();
        return new Spot(
                template, known.line(made.line()), known.column(made.line(), made.column()));
    }

    /// The folders of charts, each with a slash at its end, that are no parts of other charts.
    private static List<String> charts(Set<String> names) {
        Set<String> all =
                names.stream()
                        .filter(name -> name.equals(CHART) || name.endsWith("/" + CHART))
                        .map(name -> name.substring(0, name.length() - CHART.length()))
                        .collect(Collectors.toUnmodifiableSet());
        return all.stream()
                .filter(chart ->
                        all.stream().noneMatch(other -> chart.startsWith(other + "charts/")))
                .sorted()
                .toList();
    }

    /// The chart's own files, and those of charts in it, that Helm fills in.
    private List<String> templates(String chart) {
        return files.keySet().stream()
                .filter(name -> name.startsWith(chart))
                .filter(name -> isTemplate(name.substring(chart.length())))
                .filter(RenderedCharts::mayBecomeManifests)
                .filter(name -> text(name).contains("{{"))
                .toList();
    }

    private static boolean isTemplate(String name) {
        return name.startsWith(TEMPLATES)
                || name.startsWith("charts/") && name.contains("/" + TEMPLATES);
    }

    /// What begins with `_` holds parts for other templates, a text is for people.
    private static boolean mayBecomeManifests(String name) {
        return !name.substring(name.lastIndexOf('/') + 1).startsWith("_")
                && !name.endsWith(UNMADE)
                && !name.endsWith(".txt");
    }

    private String text(String name) {
        return Optional.ofNullable(files.get(name)).map(Artifact::text).orElse("");
    }

    private Optional<Local.Rendered> made(
            String chart, ScannedTree tree, Local local, String kubernetes) {
        Map<String, Path> places = new TreeMap<>();
        for (String name : tree.names()) {
            if (name.startsWith(chart)) {
                tree.place(name)
                        .filter(file -> mayBeRead(name, file))
                        .ifPresent(file -> places.put(name.substring(chart.length()), file));
            }
        }
        return local.rendered(places, kubernetes);
    }

    /// A link that was read leads to a file of the scan; where others lead is nobody's business.
    private boolean mayBeRead(String name, Path file) {
        return files.containsKey(name) || Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private void take(String chart, String manifests, ScannedTree tree) {
        List<String> templates = templates(chart);
        Map<String, String> bySource = bySource(manifests);
        int unmade = 0;
        for (String name : templates) {
            Artifact template = files.remove(name);
            String raw = template == null ? "" : template.text();
            String made = bySource.remove(name.substring(chart.length()));
            if (made == null || saysNothing(made)) {
                put(name + UNMADE, raw, raw);
                unmade++;
            } else {
                put(name, made, raw);
            }
        }
        // Of charts in archives, and what calls itself like nothing that is there.
        StringBuilder others = new StringBuilder();
        bySource.forEach((source, made) -> {
            if (isTemplate(source) && isName(chart + source)) {
                if (!tree.names().contains(chart + source)) {
                    put(chart + source, made, made);
                }
            } else {
                others.append(made);
            }
        });
        if (!others.isEmpty()) {
            put(chart + TEMPLATES + "others" + UNMADE + ".yaml", others.toString(), "");
        }
        notes.add(
                "Rendered "
                        + shown(chart)
                        + " with its own values"
                        + (unmade == 0
                                ? "."
                                : "; nothing came of " + unmade + " of its templates."));
    }

    private void put(String name, String text, String template) {
        files.put(name, Artifact.of(name, text));
        lines.put(name, TemplateLines.of(template, text));
    }

    private static boolean saysNothing(String made) {
        return made.lines()
                .map(String::strip)
                .allMatch(line -> line.isEmpty() || line.startsWith("#") || line.equals("---"));
    }

    private static boolean isName(String name) {
        try {
            return !new ArtifactName(name).value().isEmpty();
        } catch (InvalidInput _) {
            return false;
        }
    }

    /// @return the documents of each template, by its path in the chart
    private static Map<String, String> bySource(String manifests) {
        Map<String, StringBuilder> found = new LinkedHashMap<>();
        StringBuilder current = new StringBuilder();
        boolean begins = true;
        for (String line : manifests.lines().toList()) {
            if (begins && line.startsWith(SOURCE)) {
                String source = line.substring(SOURCE.length()).strip();
                String inChart = source.substring(source.indexOf('/') + 1);
                current = found.computeIfAbsent(inChart, name -> new StringBuilder());
                current.append("---\n");
            } else if (!line.equals("---")) {
                current.append(line).append('\n');
            }
            begins = line.equals("---");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        found.forEach((name, text) -> texts.put(name, text.toString()));
        return texts;
    }

    private static String shown(String chart) {
        return chart.isEmpty() ? "the chart" : chart.substring(0, chart.length() - 1);
    }
}
