package dev.devopspack.policy.workflow;

import com.google.re2j.Pattern;
import dev.devopspack.language.workflow.Job;
import dev.devopspack.language.workflow.Permissions;
import dev.devopspack.language.workflow.Trigger;
import dev.devopspack.language.workflow.Workflow;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What of a whole file matters for each thing in it.
///
/// @param events what starts it; none of an action
/// @param startedByAnybody whether one of the events with full rights needs no maintainer
/// @param releaseEvent `push` or `release` where it runs for new versions, else empty
record FileFacts(
        String file,
        boolean isAction,
        List<String> events,
        boolean startedByAnybody,
        String releaseEvent,
        Optional<Permissions> permissions) {

    /// These run with the rights of the repository on what others gave.
    private static final Set<String> PRIVILEGED = Set.of("pull_request_target", "workflow_run");

    /// What happens to a pull request only by somebody with rights in the repository.
    private static final Set<String> BY_MAINTAINERS =
            Set.of(
                    "assigned",
                    "auto_merge_disabled",
                    "auto_merge_enabled",
                    "demilestoned",
                    "dequeued",
                    "enqueued",
                    "labeled",
                    "locked",
                    "milestoned",
                    "unassigned",
                    "unlabeled",
                    "unlocked");

    /// Anybody can start these, and they run with the repository's secrets.
    private static final Set<String> OPEN =
            Set.of(
                    "discussion",
                    "discussion_comment",
                    "gollum",
                    "issue_comment",
                    "issues",
                    "pull_request_target",
                    "workflow_run");

    private static final Set<String> EVERY_TAG = Set.of("*", "**");

    private static final Pattern PUBLISHING =
            Pattern.compile("(?i)\\b(publish|upload|push|deploy|release)\\b");

    FileFacts {
        events = List.copyOf(events);
    }

    static FileFacts of(Workflow workflow) {
        return new FileFacts(
                workflow.file().name(),
                false,
                workflow.triggers().stream().map(Trigger::event).toList(),
                workflow.triggers().stream().anyMatch(FileFacts::startedByAnybody),
                isTest(workflow) ? "" : releaseEvent(workflow.triggers()),
                workflow.permissions());
    }

    static FileFacts ofAction(String file) {
        return new FileFacts(file, true, List.of(), false, "", Optional.empty());
    }

    private static boolean startedByAnybody(Trigger trigger) {
        List<String> types = trigger.types();
        boolean isByMaintainer = !types.isEmpty() && BY_MAINTAINERS.containsAll(types);
        return PRIVILEGED.contains(trigger.event()) && !isByMaintainer;
    }

    /// Tests that run for pull requests, and for every tag like for every other push.
    private static boolean isTest(Workflow workflow) {
        List<Trigger> triggers = workflow.triggers();
        return triggers.stream().anyMatch(each -> each.event().equals("pull_request"))
                && triggers.stream()
                        .allMatch(each ->
                                !each.event().equals("release")
                                        && EVERY_TAG.containsAll(
                                                each.filters().getOrDefault("tags", List.of())))
                && workflow.jobs().stream()
                        .flatMap(job -> job.steps().stream())
                        .noneMatch(step ->
                                Publishers.publishes(step)
                                        || step.script()
                                                .filter(script ->
                                                        PUBLISHING.matcher(script.content()).find())
                                                .isPresent());
    }

    private static String releaseEvent(List<Trigger> triggers) {
        boolean isRelease = triggers.stream().anyMatch(t -> t.event().equals("release"));
        if (isRelease) {
            return "release";
        }
        return triggers.stream().anyMatch(FileFacts::pushesRelease) ? "push" : "";
    }

    private static boolean pushesRelease(Trigger trigger) {
        return trigger.event().equals("push")
                && (!trigger.filters().getOrDefault("tags", List.of()).isEmpty()
                        || trigger.filters().getOrDefault("branches", List.of()).stream()
                                .anyMatch(branch -> branch.contains("release")));
    }

    boolean privileged() {
        return events.stream().anyMatch(PRIVILEGED::contains);
    }

    boolean openToAll() {
        return events.stream().anyMatch(OPEN::contains);
    }

    /// Whether only other workflows start it.
    boolean onlyCalled() {
        return !events.isEmpty() && events.stream().allMatch("workflow_call"::equals);
    }

    /// What the token of a job may do, where that is written.
    Optional<Permissions> permissions(Job job) {
        return job.permissions().or(() -> permissions);
    }
}
