package dev.devopspack.specialist.security;

import dev.devopspack.policy.Finding;
import dev.devopspack.policy.Rule;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Score;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The steps of mending, the one that matters most first.
///
/// @param steps one for each thing to type, whichever rules ask for it
/// @param patches what a machine can mend of them
record HardeningPlan(ScanReport report, List<Step> steps, Patches patches) {

    /// More than a person does in one sitting; the facts have all.
    private static final int MAX_LINES = 20;

    /// A patch that is longer is read from the facts.
    private static final int MAX_PATCH_LINES = 150;

    /// Places of one step that are named in its line.
    private static final int MAX_PLACES = 6;

    /// @param why what happens to somebody who leaves it as it is
    /// @param gain the weight that holds once it is mended
    /// @param after the score with this step and all before it done
    record Step(Finding first, List<Finding> places, String why, int gain, Optional<Score> after) {

        List<String> rules() {
            return places.stream().map(Finding::rule).distinct().toList();
        }
    }

    static HardeningPlan of(ScanReport report, RuleCatalog rules, Patches patches) {
        Map<String, List<Finding>> byMend =
                report.open().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Finding::mend, LinkedHashMap::new, Collectors.toList()));
        List<List<Finding>> ordered = new ArrayList<>(byMend.values());
        ordered.sort(
                Comparator.comparing((List<Finding> group) -> group.getFirst().severity())
                        .thenComparing(group -> -gain(group))
                        .thenComparing(group -> group.getFirst().rule()));
        List<Step> steps = new ArrayList<>();
        long gained = 0;
        for (List<Finding> group : ordered) {
            Finding first = group.getFirst();
            int gain = gain(group);
            gained += gain;
            steps.add(
                    new Step(
                            first,
                            group,
                            rules.find(first.rule()).map(Rule::why).orElse(""),
                            gain,
                            after(report, gained)));
        }
        return new HardeningPlan(report, List.copyOf(steps), patches);
    }

    private static int gain(List<Finding> group) {
        return group.stream().mapToInt(finding -> finding.severity().weight()).sum();
    }

    private static Optional<Score> after(ScanReport report, long gained) {
        return report.scan().score().map(now -> new Score(now.earned() + gained, now.possible()));
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(report.headline());
        patched().ifPresent(lines::add);
        patches.withheld()
                .forEach(file -> lines.add(file + ": no patch, its lines hold a secret."));
        for (int i = 0; i < Math.min(steps.size(), MAX_LINES); i++) {
            lines.add((i + 1) + ". " + line(steps.get(i)));
        }
        if (steps.size() > MAX_LINES) {
            lines.add("… and " + (steps.size() - MAX_LINES) + " more steps");
        }
        if (!report.scan().unknowns().isEmpty()) {
            lines.add(
                    "What the files do not tell counts as not held: give those variables values"
                            + " (`security_scanning` lists them).");
        }
        report.scan()
                .unreadable()
                .forEach(place -> lines.add("First mend what cannot be read: " + place.text()));
        lines.addAll(diffs());
        return lines;
    }

    private Optional<String> patched() {
        return patches.list().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        patches.list().size()
                                + (patches.list().size() == 1 ? " patch mends " : " patches mend ")
                                + report.open().stream().filter(patches::mends).count()
                                + " findings (steps marked +): applied, "
                                + ScanReport.scoreText(patches.after())
                                + ". Each was parsed and judged again.");
    }

    private boolean isPatched(Step step) {
        return step.places().stream().allMatch(patches::mends);
    }

    /// The patches themselves where they are short; they are among the facts in any case.
    private List<String> diffs() {
        List<String> lines =
                patches.list().stream().flatMap(patch -> patch.diff().lines()).toList();
        if (lines.size() > MAX_PATCH_LINES) {
            return List.of("The patches have " + lines.size() + " lines: see `patches`.");
        }
        return lines;
    }

    private String line(Step step) {
        Finding first = step.first();
        List<String> all = step.places().stream().map(ScanReport::at).distinct().toList();
        String places = all.stream().limit(MAX_PLACES).collect(Collectors.joining(", "));
        int more = all.size() - MAX_PLACES;
        return (isPatched(step) ? "+ " : "")
                + first.severity().label()
                + " "
                + String.join(", ", step.rules())
                + " at "
                + places
                + (more > 0 ? " and " + more + " more" : "")
                + ": "
                + first.mend()
                + " Why: "
                + step.why().replaceAll("\\s+", " ")
                + step.after().map(score -> " Score then " + score.text() + ".").orElse("");
    }

    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        report.scan().score().ifPresent(score -> facts.put("score", score.text()));
        facts.put("complete", report.scan().complete());
        facts.put("steps", steps.stream().map(this::step).toList());
        facts.put("patches", patches.facts());
        patches.after().score().ifPresent(score -> facts.put("score_with_patches", score.text()));
        return facts;
    }

    private Map<String, Object> step(Step step) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("rules", step.rules());
        document.put("title", step.first().title());
        document.put("severity", step.first().severity().label());
        document.put("why", step.why());
        document.put("mend", step.first().mend());
        document.put(
                "places",
                step.places().stream()
                        .limit(ScanReport.MAX_FACTS)
                        .map(HardeningPlan::place)
                        .distinct()
                        .toList());
        document.put("gain", step.gain());
        document.put("patched", isPatched(step));
        step.after().ifPresent(score -> document.put("score_after", score.text()));
        return document;
    }

    private static Map<String, Object> place(Finding finding) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("file", finding.file());
        document.put("line", finding.line());
        if (finding.resource() != null) {
            document.put("resource", finding.resource());
        }
        document.put("message", finding.message());
        return document;
    }
}
