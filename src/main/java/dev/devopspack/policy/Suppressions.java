package dev.devopspack.policy;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.devopspack.policy.ScanResult.Suppression;
import dev.devopspack.policy.subject.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/// Reads the comments that ask to overlook a finding, in our own spelling and in those that people
/// already have in their files.
final class Suppressions {

    private static final Pattern OURS_OR_CHECKOV =
            Pattern.compile("(devops-pack|checkov):skip=([A-Za-z0-9_-]+)(?:[ \\t]*:[ \\t]*(.*))?");
    private static final Pattern TRIVY = Pattern.compile("(trivy|tfsec):ignore:([A-Za-z0-9_*-]+)");
    private static final Pattern KICS =
            Pattern.compile(
                    "kics-scan[ \\t]+(ignore-line|ignore-block|ignore|disable)(?:=([A-Za-z0-9_,-]+))?");

    private static final Pattern HADOLINT =
            Pattern.compile(
                    "hadolint[ \\t]+(global[ \\t]+)?ignore[ \\t]*=[ \\t]*([A-Za-z0-9_, \\t-]+)");

    /// How Trivy wrote its ids before it put a dash into them: `DS002`.
    private static final Pattern WITHOUT_DASH = Pattern.compile("([A-Z]{2,4})([0-9]{3})");

    /// A comment without ids overlooks everything where it stands.
    private static final Pattern ZIZMOR =
            Pattern.compile("zizmor:[ \\t]*ignore(?:\\[([A-Za-z0-9_, -]+)\\])?[ \\t]*(.*)");

    private static final Pattern CHECKOV_ANNOTATION =
            Pattern.compile(
                    "(?:checkov|bridgecrew|cortex)[.]io/skip[A-Za-z0-9_-]*[\"']?[ \\t]*:[ \\t]*[\"']?([A-Za-z0-9_-]+)(?:=(.*))?");
    private static final Pattern KUBE_LINTER_ANNOTATION =
            Pattern.compile(
                    "ignore-check[.]kube-linter[.]io/([a-z0-9-]+)[\"']?[ \\t]*:[ \\t]*(.*)");
    private static final Pattern KUBE_SCORE_ANNOTATION =
            Pattern.compile(
                    "kube-score/ignore[\"']?[ \\t]*:[ \\t]*[\"']?([a-z0-9-]+(?:[ \\t]*,[ \\t]*[a-z0-9-]+)*)");
    private static final Pattern POLARIS_ANNOTATION =
            Pattern.compile(
                    "polaris[.]fairwinds[.]com/([A-Za-z]+)-exempt[\"']?[ \\t]*:[ \\t]*[\"']?true");

    /// A finding with the lines of the thing it is about, and of the object of which that is a
    /// part. It does not hold the thing itself, so that the module it stands in can be forgotten.
    record Hit(
            Rule rule,
            Finding finding,
            int firstLine,
            int lastLine,
            int objectFirstLine,
            int objectLastLine) {

        /// The same, told of where the files speak of it.
        Hit at(Finding place) {
            return new Hit(
                    rule,
                    new Finding(
                            finding.rule(),
                            finding.title(),
                            finding.severity(),
                            place.file(),
                            place.line(),
                            place.column(),
                            place.resource(),
                            finding.message() + " (says the plan)",
                            finding.mend(),
                            finding.source()),
                    place.line(),
                    place.line(),
                    place.line(),
                    place.line());
        }

        static Hit of(Rule rule, Finding finding, Subject subject) {
            return new Hit(
                    rule,
                    finding,
                    subject.place().line(),
                    subject.lastLine(),
                    subject.objectFirstLine(),
                    subject.objectLastLine());
        }
    }

    private final String file;
    private final List<Hit> hits;
    private final String[] lines;
    private final List<Suppression> found = new ArrayList<>();

    private Suppressions(String file, String text, List<Hit> hits) {
        this.file = file;
        this.lines = text.split("\n", -1);
        this.hits = hits;
    }

    /// @param hits of this file
    static List<Suppression> in(String file, String text, List<Hit> hits) {
        boolean any =
                text.contains(":skip=")
                        || text.contains(":ignore:")
                        || text.contains("kics-scan")
                        || text.contains(".io/skip")
                        || text.contains("kube-linter.io/")
                        || text.contains("kube-score/ignore")
                        || text.contains("polaris.fairwinds.com/")
                        || text.contains("hadolint")
                        || text.contains("zizmor:");
        if (!any) {
            return List.of();
        }
        Suppressions suppressions = new Suppressions(file, text, hits);
        for (int i = 0; i < suppressions.lines.length; i++) {
            suppressions.read(i + 1);
        }
        return suppressions.found;
    }

    private void read(int line) {
        String text = lines[line - 1];
        readAnnotation(text, line);
        if (!text.contains("#") && !text.contains("//") && !text.contains("*")) {
            return;
        }
        Matcher skip = OURS_OR_CHECKOV.matcher(text);
        while (skip.find()) {
            String reason = skip.group(3) == null ? "" : skip.group(3).strip();
            String id = skip.group(2);
            add(
                    id,
                    skip.group(1),
                    reason,
                    line,
                    hit ->
                            (isInside(hit, line) || isAnywhere(skip.group(1), hit))
                                    && names(hit, id));
        }
        Matcher ignore = TRIVY.matcher(text);
        while (ignore.find()) {
            String name = ignore.group(2);
            String id = TfsecNames.id(name);
            add(name, "trivy", "", line, hit -> isAt(hit, line) && names(hit, id));
        }
        Matcher hadolint = HADOLINT.matcher(text);
        if (hadolint.find()) {
            hadolint(hadolint.group(1) != null, hadolint.group(2), line);
        }
        Matcher zizmor = ZIZMOR.matcher(text);
        if (zizmor.find()) {
            zizmor(zizmor.group(1) == null ? "*" : zizmor.group(1), zizmor.group(2), line);
        }
        Matcher kics = KICS.matcher(text);
        if (kics.find()) {
            kics(kics.group(1), kics.group(2) == null ? "" : kics.group(2), line);
        }
    }

    /// Notes that stand as annotations in a Kubernetes object and hold for all of it.
    private void readAnnotation(String text, int line) {
        Matcher checkov = CHECKOV_ANNOTATION.matcher(text);
        if (checkov.find()) {
            String reason = checkov.group(2) == null ? "" : checkov.group(2);
            annotation(checkov.group(1), "checkov", reason, line);
        }
        Matcher linter = KUBE_LINTER_ANNOTATION.matcher(text);
        if (linter.find()) {
            annotation(linter.group(1), "kube-linter", linter.group(2), line);
        }
        Matcher score = KUBE_SCORE_ANNOTATION.matcher(text);
        if (score.find()) {
            for (String id : score.group(1).split("[, \\t]+")) {
                annotation(id, "kube-score", "", line);
            }
        }
        Matcher polaris = POLARIS_ANNOTATION.matcher(text);
        if (polaris.find()) {
            annotation(polaris.group(1), "polaris", "", line);
        }
    }

    private void annotation(String id, String tool, String reason, int line) {
        String plain = reason.strip().replaceAll("^[\"']|[\"']$", "");
        add(
                id,
                tool,
                plain,
                line,
                hit ->
                        hit.objectFirstLine() <= line
                                && line <= hit.objectLastLine()
                                && hit.rule().subjects().stream()
                                        .anyMatch(kind -> kind.startsWith("kubernetes/"))
                                && names(hit, id));
    }

    /// Checkov looks at comments anywhere in a Dockerfile.
    private static boolean isAnywhere(String tool, Hit hit) {
        return tool.equals("checkov") && isInDockerfile(hit);
    }

    private static boolean isInDockerfile(Hit hit) {
        return hit.rule().subjects().stream().allMatch(each -> each.startsWith("dockerfile/"));
    }

    private void hadolint(boolean everywhere, String ids, int line) {
        for (String id : ids.split("[, \\t]+")) {
            if (!id.isEmpty()) {
                add(
                        id,
                        "hadolint",
                        "",
                        line,
                        hit ->
                                (everywhere || isAt(hit, line))
                                        && isInDockerfile(hit)
                                        && names(hit, id));
            }
        }
    }

    /// It stands on a line of what it is about, or right above it.
    private void zizmor(String ids, String reason, int line) {
        for (String id : ids.split(",")) {
            String audit = id.strip();
            add(
                    audit,
                    "zizmor",
                    reason,
                    line,
                    hit -> isInWorkflow(hit) && isInside(hit, line) && names(hit, audit));
        }
    }

    private static boolean isInWorkflow(Hit hit) {
        return hit.rule().subjects().stream().allMatch(each -> each.startsWith("github/"));
    }

    private void kics(String command, String ids, int line) {
        switch (command) {
            case "ignore-line" ->
                    add(
                            "*",
                            "kics",
                            "",
                            line,
                            hit ->
                                    hit.finding().line() == line + 1
                                            || (isInDockerfile(hit)
                                                    && hit.firstLine() == line + 1));
            case "ignore-block" -> add("*", "kics", "", line, hit -> hit.firstLine() == line + 1);
            case "disable" -> {
                for (String id : ids.split(",")) {
                    add(id, "kics", "", line, hit -> names(hit, id));
                }
            }
            default -> {
                if (line == 1) {
                    add("*", "kics", "", line, hit -> true);
                }
            }
        }
    }

    private static boolean names(Hit hit, String id) {
        String plain = id.toUpperCase(Locale.ROOT).startsWith("AVD-") ? id.substring(4) : id;
        Matcher old = WITHOUT_DASH.matcher(plain);
        String dashed = old.matches() ? old.group(1) + "-0" + old.group(2) : plain;
        return id.equals("*")
                || hit.rule().answersTo(id)
                || hit.rule().answersTo(plain)
                || hit.rule().answersTo(dashed);
    }

    /// In the block, or in the comments right above it.
    private boolean isInside(Hit hit, int line) {
        return (hit.firstLine() <= line && line <= hit.lastLine())
                || hit.finding().line() == line
                || isRightAbove(line, hit.firstLine());
    }

    /// On the finding's or the block's first line, or in the comments right above one of them.
    private boolean isAt(Hit hit, int line) {
        return line == hit.finding().line()
                || line == hit.firstLine()
                || isRightAbove(line, hit.finding().line())
                || isRightAbove(line, hit.firstLine());
    }

    private boolean isRightAbove(int comment, int target) {
        if (comment >= target || target > lines.length) {
            return false;
        }
        for (int line = comment; line < target; line++) {
            String text = lines[line - 1].strip();
            if (!text.startsWith("#") && !text.startsWith("//")) {
                return false;
            }
        }
        return true;
    }

    private void add(String id, String tool, String reason, int line, Predicate<Hit> covers) {
        List<Finding> covered = hits.stream().filter(covers).map(Hit::finding).toList();
        found.add(new Suppression(id, tool, Shown.of(reason), file, line, covered));
    }
}
