package dev.devopspack.specialist.security;

import dev.devopspack.policy.ComplianceAssessment;
import dev.devopspack.policy.ComplianceAssessment.Judged;
import dev.devopspack.policy.ControlState;
import dev.devopspack.policy.ControlState.NotApplicable;
import dev.devopspack.policy.ControlState.NotEvaluated;
import dev.devopspack.policy.ControlState.Satisfied;
import dev.devopspack.policy.ControlState.Violated;
import dev.devopspack.policy.Finding;
import dev.devopspack.policy.Judgement;
import dev.devopspack.policy.Scan;
import dev.devopspack.policy.ScanResult.Tally;
import dev.devopspack.policy.Score;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The states of controls in the words of a report.
///
/// @param detailed controls that are shown with everything behind them
record ComplianceReport(ComplianceAssessment assessment, Scan.Traced traced, Set<String> detailed) {

    /// Places of one violated control in its line; the facts have more.
    private static final int MAX_PLACES = 3;

    /// Violated controls in the lines.
    private static final int MAX_LINES = 30;

    /// Resources of one rule in the facts, where a control is not asked for by its id.
    private static final int MAX_RESOURCES = 10;

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(headline());
        lines.add(
                "The coverage is "
                        + assessment.coverage().text()
                        + ": "
                        + assessment.profile().automated()
                        + " of "
                        + assessment.profile().controls().size()
                        + " controls have rules or evidence."
                        + (assessment.profile().about().isEmpty()
                                ? ""
                                : " " + assessment.profile().about()));
        List<Judged> violated = of(Violated.class);
        violated.stream().limit(MAX_LINES).forEach(judged -> lines.add(violation(judged)));
        if (violated.size() > MAX_LINES) {
            lines.add("… and " + (violated.size() - MAX_LINES) + " more violated");
        }
        addIds(lines, "SATISFIED", of(Satisfied.class));
        addIds(lines, "NOT_APPLICABLE", of(NotApplicable.class));
        byReason().forEach((why, judged) -> addIds(lines, "NOT_EVALUATED (" + why + ")", judged));
        assessment.controls().stream()
                .filter(judged -> detailed.contains(judged.control().id()))
                .forEach(judged ->
                        lines.add(
                                judged.control().id()
                                        + " "
                                        + judged.control().title()
                                        + ": "
                                        + judged.state().label()
                                        + ", "
                                        + judged.state().why()));
        traced.result().unreadable().forEach(place -> lines.add("unreadable " + place.text()));
        return lines;
    }

    private String headline() {
        return assessment.profile().name()
                + " ("
                + assessment.profile().title()
                + "): "
                + of(Violated.class).size()
                + " violated, "
                + of(Satisfied.class).size()
                + " satisfied, "
                + of(NotApplicable.class).size()
                + " not applicable, "
                + of(NotEvaluated.class).size()
                + " not evaluated; conformance of what was judged "
                + assessment.conformance().map(Score::text).orElse("none");
    }

    private List<Judged> of(Class<? extends ControlState> state) {
        return assessment.controls().stream()
                .filter(judged -> state.isInstance(judged.state()))
                .toList();
    }

    private Map<String, List<Judged>> byReason() {
        return of(NotEvaluated.class).stream()
                .collect(
                        Collectors.groupingBy(
                                judged -> judged.state().why(),
                                LinkedHashMap::new,
                                Collectors.toList()));
    }

    private static void addIds(List<String> lines, String label, List<Judged> judged) {
        if (!judged.isEmpty()) {
            lines.add(label + ": " + String.join(", ", ids(judged)));
        }
    }

    private static List<String> ids(List<Judged> judged) {
        return judged.stream().map(each -> each.control().id()).toList();
    }

    private static String violation(Judged judged) {
        List<Finding> findings = judged.findings();
        String places =
                findings.stream()
                        .limit(MAX_PLACES)
                        .map(finding ->
                                finding.rule()
                                        + " "
                                        + ScanReport.at(finding)
                                        + ": "
                                        + finding.message()
                                        + ". "
                                        + finding.mend())
                        .collect(Collectors.joining(" | "));
        int more = findings.size() - MAX_PLACES;
        return "VIOLATED "
                + judged.control().id()
                + " "
                + judged.control().title()
                + " — "
                + places
                + (more > 0 ? " | and " + more + " more" : "");
    }

    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("profile", assessment.profile().name());
        facts.put("profile_digest", assessment.profile().digest().value());
        facts.put("ruleset", traced.result().ruleset().value());
        facts.put("complete", traced.result().complete());
        assessment.conformance().ifPresent(score -> facts.put("conformance", share(score)));
        facts.put("coverage", share(assessment.coverage()));
        facts.put(
                "controls",
                assessment.controls().stream()
                        .filter(judged -> !judged.rules().isEmpty() || isDetailed(judged))
                        .map(this::control)
                        .toList());
        facts.put("not_applicable", ids(of(NotApplicable.class)));
        Map<String, Object> reasons = new LinkedHashMap<>();
        byReason().forEach((why, judged) -> reasons.put(why, ids(judged)));
        facts.put("not_evaluated", reasons);
        return facts;
    }

    private boolean isDetailed(Judged judged) {
        return detailed.contains(judged.control().id());
    }

    private static Map<String, Object> share(Score score) {
        Map<String, Object> share = new LinkedHashMap<>();
        share.put("percent", score.text());
        share.put("of", score.possible());
        share.put("have", score.earned());
        return share;
    }

    private Map<String, Object> control(Judged judged) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", judged.control().id());
        document.put("title", judged.control().title());
        document.put("state", judged.state().label());
        document.put("why", judged.state().why());
        document.put(
                "rules",
                judged.rules().stream().map(tally -> rule(tally, isDetailed(judged))).toList());
        if (isDetailed(judged)) {
            document.put("rules_of_the_control", judged.control().rules());
        }
        return document;
    }

    private Map<String, Object> rule(Tally tally, boolean all) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("rule", tally.rule());
        document.put("held", tally.passed());
        document.put("failed", tally.failed());
        document.put("unknown", tally.unknown());
        List<Judgement> behind =
                traced.judgements().stream()
                        .filter(judgement -> judgement.rule().equals(tally.rule()))
                        .sorted(Comparator.comparing((Judgement judgement) -> isHeld(judgement)))
                        .toList();
        document.put(
                "resources",
                behind.stream()
                        .limit(all ? ScanReport.MAX_FACTS : MAX_RESOURCES)
                        .map(ComplianceReport::resource)
                        .toList());
        return document;
    }

    private static boolean isHeld(Judgement judgement) {
        return judgement.result() == Judgement.Result.HELD;
    }

    /// For example `FAILED main.tf:5 aws_s3_bucket.logs`.
    private static String resource(Judgement judgement) {
        return judgement.result()
                + " "
                + judgement.file()
                + ":"
                + judgement.line()
                + (judgement.resource() == null ? "" : " " + judgement.resource());
    }
}
