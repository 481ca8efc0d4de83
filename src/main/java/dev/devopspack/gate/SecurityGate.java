package dev.devopspack.gate;

import dev.devopspack.change.GateId;
import dev.devopspack.gate.Verdict.Check;
import dev.devopspack.gate.Verdict.Check.Result;
import dev.devopspack.gate.Verdict.Status;
import dev.devopspack.policy.Finding;
import dev.devopspack.policy.ScanResult;
import dev.devopspack.policy.ScanResult.Tally;
import dev.devopspack.policy.Score;
import dev.devopspack.policy.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// `gate.security.infra`: the severity-weighted share of evaluations that held.
///
/// What is unknown counts as not held. A comment in a file excuses nothing here: whoever wrote the
/// file wrote the comment. What a person waived neither holds nor fails, and is shown apart.
public final class SecurityGate {

    public static final int THRESHOLD_PERCENT = 95;

    /// Providers whose resources reach no cloud: no rule about them is missed.
    private static final Set<String> INERT =
            Set.of("terraform", "null", "random", "time", "local", "tls", "archive", "template");

    public Verdict judge(GateInput input) {
        ScanResult scan = input.scan();
        if (scan.evaluations() == 0 && scan.complete() && input.waived().isEmpty()) {
            if (scan.configuration() == 0) {
                return nothing(
                        input,
                        "no configuration",
                        "none of the "
                                + scan.files()
                                + " files is configuration, and none holds a secret");
            }
            if (scan.resources() == 0 && unknownToUs(scan).isEmpty()) {
                return nothing(
                        input,
                        "nothing to judge",
                        (scan.files() == 1
                                        ? "its only file holds"
                                        : "the " + scan.files() + " files hold")
                                + " nothing that a rule is about, and no secret");
            }
        }
        Score score = score(scan);
        List<String> reasons = reasons(scan, score);
        return verdict(
                input,
                score,
                summary(scan, score) + waived(input) + manifests(scan),
                reasons.isEmpty()
                        ? new Status.Passed()
                        : new Status.Failed(String.join("; ", reasons)));
    }

    /// A share of nothing is no score to be proud of: the gate opens and says that it judged
    /// nothing.
    private static Verdict nothing(GateInput input, String summary, String why) {
        return verdict(input, Score.FULL, summary, new Status.NotApplicable(why));
    }

    private static Verdict verdict(GateInput input, Score score, String summary, Status status) {
        return new Verdict(
                GateId.SECURITY,
                input.changeSet(),
                input.scan().ruleset(),
                score,
                THRESHOLD_PERCENT,
                input.scan().findings(),
                checks(input),
                summary,
                status);
    }

    private static Score score(ScanResult scan) {
        boolean nothingMissed = scan.complete() && unknownToUs(scan).isEmpty();
        return scan.score().orElse(nothingMissed ? Score.FULL : Score.NONE);
    }

    private static List<String> reasons(ScanResult scan, Score score) {
        List<String> reasons = new ArrayList<>();
        scan.unreadable().stream()
                .findFirst()
                .ifPresent(first ->
                        reasons.add(
                                "it could not read "
                                        + first.text()
                                        + more(scan.unreadable().size())));
        scan.errors().stream()
                .findFirst()
                .ifPresent(first ->
                        reasons.add(
                                "a rule gave no answer: "
                                        + first.text()
                                        + more(scan.errors().size())));
        long critical = count(scan.findings(), Severity.CRITICAL);
        if (critical > 0) {
            reasons.add(
                    critical
                            + (critical == 1 ? " critical finding is" : " critical findings are")
                            + " open");
        }
        if (scan.evaluations() == 0 && !unknownToUs(scan).isEmpty()) {
            reasons.add(
                    "no rule judges any of its resources: "
                            + String.join(", ", unknownToUs(scan).keySet()));
        } else if (!score.reaches(THRESHOLD_PERCENT)) {
            reasons.add("the score is " + score.text() + ", below " + THRESHOLD_PERCENT + " %");
        }
        return reasons;
    }

    private static String more(int count) {
        return count > 1 ? " and " + (count - 1) + " more" : "";
    }

    private static Map<String, Integer> unknownToUs(ScanResult scan) {
        return scan.unjudged().entrySet().stream()
                .filter(entry -> !INERT.contains(provider(entry.getKey())))
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                Map.Entry::getValue,
                                Integer::sum,
                                TreeMap::new));
    }

    private static String provider(String type) {
        int end = type.indexOf('_');
        return end < 0 ? type : type.substring(0, end);
    }

    private static String summary(ScanResult scan, Score score) {
        int passed = scan.tallies().stream().mapToInt(Tally::passed).sum();
        int failed = scan.tallies().stream().mapToInt(Tally::failed).sum();
        int unknown = scan.tallies().stream().mapToInt(Tally::unknown).sum();
        return score.text()
                + " (weight "
                + score.earned()
                + " of "
                + score.possible()
                + "): "
                + passed
                + " held, "
                + failed
                + " failed, "
                + unknown
                + " unknown";
    }

    private static String waived(GateInput input) {
        return input.waived().isEmpty() ? "" : ", " + input.waivedFindings() + " waived";
    }

    /// The release is a setting of the server, so whoever reads the verdict is told which it was.
    private static String manifests(ScanResult scan) {
        return scan.kubernetes()
                .map(version -> ", manifests for Kubernetes " + version.text())
                .orElse("");
    }

    /// One check a severity with its counts and weights, so that the score can be added up by hand.
    private static List<Check> checks(GateInput input) {
        ScanResult scan = input.scan();
        List<Check> checks = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            if (severity != Severity.INFO || isAdvised(scan)) {
                checks.add(check(scan, severity));
            }
        }
        int beside = unweighed(scan);
        if (beside > 0) {
            checks.add(
                    new Check(
                            "beside",
                            "Findings that say nothing of security",
                            Result.NOT_APPLICABLE,
                            beside + " found, weight 0 each"));
        }
        checks.add(readable(scan));
        input.waived().forEach(waived -> checks.add(waived.check()));
        Map<String, Integer> unknownToUs = unknownToUs(scan);
        if (!unknownToUs.isEmpty()) {
            int resources = unknownToUs.values().stream().mapToInt(Integer::intValue).sum();
            checks.add(
                    new Check(
                            "coverage",
                            "Resources that rules know",
                            Result.SKIPPED,
                            resources
                                    + " of "
                                    + scan.resources()
                                    + " resources are judged by no rule: "
                                    + String.join(", ", unknownToUs.keySet())));
        }
        return checks;
    }

    /// Findings of rules that are evaluated on nothing that weighs, such as a manifest's fields
    /// that Kubernetes does not know.
    private static int unweighed(ScanResult scan) {
        Set<String> weighed = scan.tallies().stream().map(Tally::rule).collect(Collectors.toSet());
        return (int)
                scan.findings().stream()
                        .filter(finding -> !weighed.contains(finding.rule()))
                        .count();
    }

    private static boolean isAdvised(ScanResult scan) {
        return scan.tallies().stream().anyMatch(tally -> tally.severity() == Severity.INFO);
    }

    private static Check check(ScanResult scan, Severity severity) {
        int passed = 0;
        int failed = 0;
        int unknown = 0;
        for (Tally tally : scan.tallies()) {
            if (tally.severity() == severity) {
                passed += tally.passed();
                failed += tally.failed();
                unknown += tally.unknown();
            }
        }
        int all = passed + failed + unknown;
        int weight = severity.weight();
        Result result =
                all == 0 || severity == Severity.INFO
                        ? Result.NOT_APPLICABLE
                        : failed > 0 ? Result.FAILED : unknown > 0 ? Result.UNKNOWN : Result.PASSED;
        return new Check(
                severity.label(),
                "Rules of severity " + severity.label(),
                result,
                passed
                        + " held, "
                        + failed
                        + " failed, "
                        + unknown
                        + " unknown, weight "
                        + weight
                        + " each: "
                        + (long) passed * weight
                        + " of "
                        + (long) all * weight);
    }

    private static Check readable(ScanResult scan) {
        String detail =
                scan.complete()
                        ? (scan.files() == 1 ? "1 file was" : scan.files() + " files were")
                                + " read, every rule gave an answer"
                        : scan.unreadable().size()
                                + " places could not be read, "
                                + scan.errors().size()
                                + " rules gave no answer";
        return new Check(
                "complete",
                "Every file was read and every rule answered",
                scan.complete() ? Result.PASSED : Result.FAILED,
                detail);
    }

    private static long count(List<Finding> findings, Severity severity) {
        return findings.stream().filter(finding -> finding.severity() == severity).count();
    }
}
