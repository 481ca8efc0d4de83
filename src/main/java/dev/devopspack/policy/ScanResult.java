package dev.devopspack.policy;

import dev.devopspack.change.Digest;
import dev.devopspack.language.kubernetes.KubernetesVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Everything one scan found, in an order that depends on the files alone.
///
/// @param ruleset the digest of the rules that judged
/// @param files how many files were looked at
/// @param configuration how many of them are configuration: Terraform, YAML, JSON and the like
/// @param resources how many resources the configuration declares
/// @param unjudged resources of which no rule judged anything, by type
/// @param tallies how often each rule held, in the order of their ids
/// @param findings what does not hold, whether suppressed or not
/// @param unknowns what the files do not tell; the message says why
/// @param unreadable what could not be read
/// @param errors rules that could not be evaluated: with one of these nothing has passed
/// @param suppressions comments that ask to overlook a finding
/// @param kubernetes the release that the manifests were judged for; none where no file is one
public record ScanResult(
        Digest ruleset,
        int files,
        int configuration,
        int resources,
        Map<String, Integer> unjudged,
        List<Tally> tallies,
        List<Finding> findings,
        List<Finding> unknowns,
        List<Unreadable> unreadable,
        List<RuleError> errors,
        List<Suppression> suppressions,
        Optional<KubernetesVersion> kubernetes) {

    public ScanResult {
        unjudged = new TreeMap<>(unjudged);
        tallies = List.copyOf(tallies);
        findings = List.copyOf(findings);
        unknowns = List.copyOf(unknowns);
        unreadable = List.copyOf(unreadable);
        errors = List.copyOf(errors);
        suppressions = List.copyOf(suppressions);
    }

    /// How often one rule was evaluated, and with which answer.
    public record Tally(String rule, Severity severity, int passed, int failed, int unknown) {

        public int evaluations() {
            return passed + failed + unknown;
        }
    }

    /// A file or a part of one that is not what it should be.
    public record Unreadable(String file, int line, int column, String message) {
        public String text() {
            return file + ":" + line + ":" + column + ": " + message;
        }

        private Unreadable at(UnaryOperator<Spot> spots) {
            Spot spot = spots.apply(new Spot(file, line, column));
            return new Unreadable(spot.file(), spot.line(), spot.column(), message);
        }
    }

    /// A rule that failed to give an answer.
    public record RuleError(String rule, String file, int line, String message) {
        public String text() {
            return rule + " at " + file + ":" + line + ": " + message;
        }

        private RuleError at(UnaryOperator<Spot> spots) {
            Spot spot = spots.apply(new Spot(file, line, 1));
            return new RuleError(rule, spot.file(), spot.line(), message);
        }
    }

    /// A comment in a file that asks to overlook findings.
    ///
    /// @param id the check it names, as it is written; `*` where it names none
    /// @param tool whose spelling it is
    /// @param reason empty where none is given
    /// @param covers the findings that it would overlook
    public record Suppression(
            String id, String tool, String reason, String file, int line, List<Finding> covers) {
        public Suppression {
            covers = List.copyOf(covers);
        }

        /// Whether a plain scan follows it: our own spelling needs a reason.
        public boolean counts() {
            return !tool.equals("devops-pack") || !reason.isBlank();
        }

        private Suppression at(UnaryOperator<Spot> spots) {
            Spot spot = spots.apply(new Spot(file, line, 1));
            List<Finding> moved = each(covers, finding -> ScanResult.moved(finding, spots));
            return new Suppression(id, tool, reason, spot.file(), spot.line(), moved);
        }
    }

    /// The same without findings that people accept: they neither hold nor fail.
    public ScanResult accepting(List<Finding> accepted) {
        Map<String, Integer> fewer = new TreeMap<>();
        accepted.forEach(finding -> fewer.merge(finding.rule(), 1, Integer::sum));
        List<Finding> left = new ArrayList<>(findings);
        accepted.forEach(finding -> {
            if (!left.remove(finding)) {
                throw new IllegalArgumentException("the scan has no finding " + finding.text());
            }
        });
        return new ScanResult(
                ruleset,
                files,
                configuration,
                resources,
                unjudged,
                tallies.stream()
                        .map(tally ->
                                new Tally(
                                        tally.rule(),
                                        tally.severity(),
                                        tally.passed(),
                                        tally.failed() - fewer.getOrDefault(tally.rule(), 0),
                                        tally.unknown()))
                        .toList(),
                left,
                unknowns,
                unreadable,
                errors,
                suppressions,
                kubernetes);
    }

    /// The findings that no comment excuses. What a plain scan ends with; a gate looks at all.
    public List<Finding> open() {
        Set<Finding> excused = excused();
        return excused.isEmpty()
                ? findings
                : findings.stream().filter(finding -> !excused.contains(finding)).toList();
    }

    /// The findings that a comment excuses.
    Set<Finding> excused() {
        return suppressions.stream()
                .filter(Suppression::counts)
                .flatMap(suppression -> suppression.covers().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// The same without these findings.
    ScanResult without(Collection<Finding> left) {
        Set<Finding> gone = new HashSet<>(left);
        return with(finding -> !gone.contains(finding), unreadable, suppressions);
    }

    /// The same, of files that somebody left out: nobody knows what is in them.
    public ScanResult withUnseen(List<Unreadable> unseen) {
        List<Unreadable> all = new ArrayList<>(unreadable);
        all.addAll(unseen);
        return with(_ -> true, all, suppressions);
    }

    /// What it says of some of the files; how often the rules held stays that of all, because what
    /// one file says of another cannot be taken apart.
    public ScanResult of(Predicate<String> files) {
        return with(
                finding -> files.test(finding.file()),
                unreadable.stream().filter(each -> files.test(each.file())).toList(),
                suppressions.stream().filter(each -> files.test(each.file())).toList());
    }

    /// The same where what was judged stands elsewhere, in the file that it was made of.
    ///
    /// @param spots from the file and line that were judged; what becomes the same is told once
    public ScanResult at(UnaryOperator<Spot> spots) {
        return new ScanResult(
                ruleset,
                files,
                configuration,
                resources,
                unjudged,
                tallies,
                each(findings, finding -> moved(finding, spots)),
                each(unknowns, finding -> moved(finding, spots)),
                each(unreadable, file -> file.at(spots)),
                each(errors, error -> error.at(spots)),
                each(suppressions, suppression -> suppression.at(spots)),
                kubernetes);
    }

    private static <T> List<T> each(List<T> all, UnaryOperator<T> moved) {
        return all.stream().map(moved).distinct().toList();
    }

    private static Finding moved(Finding finding, UnaryOperator<Spot> spots) {
        Spot spot = spots.apply(new Spot(finding.file(), finding.line(), finding.column()));
        return new Finding(
                finding.rule(),
                finding.title(),
                finding.severity(),
                spot.file(),
                spot.line(),
                spot.column(),
                finding.resource(),
                finding.message(),
                finding.mend(),
                finding.source());
    }

    /// @param line from 1; 0 where it is about the file as a whole
    /// @param column from 1; 0 where unknown
    public record Spot(String file, int line, int column) {}

    private ScanResult with(
            Predicate<Finding> kept, List<Unreadable> unread, List<Suppression> excuses) {
        return new ScanResult(
                ruleset,
                files,
                configuration,
                resources,
                unjudged,
                tallies,
                findings.stream().filter(kept).toList(),
                unknowns.stream().filter(kept).toList(),
                unread,
                errors,
                excuses,
                kubernetes);
    }

    /// Whether all was read and nothing that weighs is open: advice alone refuses no scan.
    public boolean passes() {
        return complete()
                && open().stream().allMatch(finding -> finding.severity() == Severity.INFO);
    }

    /// Whether every file could be read and every rule gave an answer.
    public boolean complete() {
        return unreadable.isEmpty() && errors.isEmpty();
    }

    /// The severity-weighted share of evaluations that held; none where nothing that weighs was
    /// judged. What the files leave unknown counts as not held.
    public Optional<Score> score() {
        long earned = 0;
        long possible = 0;
        for (Tally tally : tallies) {
            earned += (long) tally.passed() * tally.severity().weight();
            possible += (long) tally.evaluations() * tally.severity().weight();
        }
        return possible == 0 ? Optional.empty() : Optional.of(new Score(earned, possible));
    }

    public int evaluations() {
        return tallies.stream().mapToInt(Tally::evaluations).sum();
    }
}
