package dev.devopspack.policy.workflow;

import com.google.re2j.Pattern;
import dev.devopspack.language.workflow.Step;
import dev.devopspack.language.workflow.Workflow;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// What a workflow does with the files of a pull request or of another run.
final class ForeignFiles {

    /// Actions that fetch what other runs left, whatever they are told.
    private static final Set<String> FETCHERS = Set.of("dawidd6/action-download-artifact");

    /// It fetches what other runs left where it is told which.
    private static final String DOWNLOAD = "actions/download-artifact";

    private static final Set<String> WITH_CODE =
            Set.of("actions/checkout", "actions/github-script");

    /// Commands and calls that bring in a pull request's files or another run's.
    private static final Pattern FETCHING =
            Pattern.compile(
                    "(?i)\\bgh[ \\t]+(pr[ \\t]+checkout|run[ \\t]+download)\\b"
                            + "|\\bgit[ \\t]+(fetch|pull|clone)\\b[^\\n]*(pull/|head_ref|head\\.(ref|sha)|head_sha|head_branch)"
                            + "|downloadArtifact\\b|\\b(artifacts_url|archive_download_url)\\b|/artifacts/[^\\s\"']+/zip");

    private ForeignFiles() {}

    /// Whether a step brings in the files of a pull request, or what another run left.
    static boolean takes(Workflow workflow) {
        return steps(workflow).anyMatch(ForeignFiles::takes);
    }

    private static boolean takes(Step step) {
        String action = action(step);
        return StepParts.checksOutForeign(step)
                || FETCHERS.contains(action)
                || (action.equals(DOWNLOAD) && step.with().containsKey("run-id"))
                || texts(step).anyMatch(text -> FETCHING.matcher(text).find());
    }

    /// Whether it runs more than actions: scripts, files of its own, workflows that it calls.
    static boolean runsCode(Workflow workflow) {
        return workflow.jobs().stream().anyMatch(job -> job.calls().isPresent())
                || steps(workflow)
                        .anyMatch(step ->
                                step.script().isPresent()
                                        || WITH_CODE.contains(action(step))
                                        || action(step).startsWith("./"));
    }

    private static Stream<Step> steps(Workflow workflow) {
        return workflow.jobs().stream().flatMap(job -> job.steps().stream());
    }

    private static String action(Step step) {
        return step.uses().map(uses -> uses.name().toLowerCase(Locale.ROOT)).orElse("");
    }

    /// The scripts of a step: its own, and what it gives to an action to run.
    private static Stream<String> texts(Step step) {
        return Stream.concat(
                step.script().stream().map(Scalar::content),
                Stream.ofNullable(step.with().get("script")).map(Scalar::content));
    }
}
