package dev.devopspack.policy.workflow;

import dev.devopspack.language.Span;
import dev.devopspack.language.workflow.ActionFile;
import dev.devopspack.language.workflow.Concurrency;
import dev.devopspack.language.workflow.Permissions;
import dev.devopspack.language.workflow.Workflow;
import dev.devopspack.language.yaml.YamlFile;
import dev.devopspack.policy.subject.Subject;
import java.util.List;
import java.util.Optional;

/// The subjects that are about a whole file.
final class WorkflowParts {

    private WorkflowParts() {}

    static Subject workflow(Workflow workflow, FileFacts facts) {
        Span span = workflow.span();
        Draft draft =
                new Draft("github/Workflow", "workflow", facts.file(), span, span.line())
                        .put("name", workflow.name())
                        .put("events", facts.events())
                        .put("privileged", facts.privileged())
                        .put("startedByAnybody", facts.startedByAnybody())
                        .put("takesForeign", ForeignFiles.takes(workflow))
                        .put("runsCode", ForeignFiles.runsCode(workflow))
                        .put("onlyCalled", facts.onlyCalled())
                        .put("permissions", level(workflow.permissions()))
                        .put("ownPermissions", level(workflow.permissions()))
                        .put(
                                "jobsWithoutPermissions",
                                workflow.jobs().stream()
                                        .filter(job -> job.permissions().isEmpty())
                                        .count())
                        .put("concurrency", concurrency(workflow))
                        .put("dispatchInputs", dispatchInputs(workflow))
                        .at(
                                workflow.triggersSpan(),
                                "events",
                                "privileged",
                                "startedByAnybody",
                                "takesForeign",
                                "runsCode",
                                "dispatchInputs");
        workflow.permissions()
                .ifPresent(permissions ->
                        draft.at(permissions.span(), "permissions", "ownPermissions"));
        workflow.concurrency()
                .ifPresent(concurrency -> draft.at(concurrency.span(), "concurrency"));
        return draft.subject(true);
    }

    /// `none` where nothing is written, `read-all`, `write-all`, `empty` or `some`.
    static String level(Optional<Permissions> permissions) {
        return permissions
                .map(written -> written.all().orElse(written.grants().isEmpty() ? "empty" : "some"))
                .orElse("none");
    }

    /// `none`, `partly` where a group has no word on what happens to running ones, or `whole`.
    private static String concurrency(Workflow workflow) {
        boolean anyWhole =
                workflow.concurrency().flatMap(Concurrency::cancels).isPresent()
                        || (!workflow.jobs().isEmpty()
                                && workflow.jobs().stream()
                                        .allMatch(job ->
                                                job.concurrency()
                                                        .flatMap(Concurrency::cancels)
                                                        .isPresent()));
        boolean any =
                workflow.concurrency().isPresent()
                        || workflow.jobs().stream().anyMatch(job -> job.concurrency().isPresent());
        return anyWhole ? "whole" : any ? "partly" : "none";
    }

    private static List<String> dispatchInputs(Workflow workflow) {
        return workflow.file().documents().stream()
                .flatMap(root -> root.get("on").stream())
                .flatMap(on -> on.get("workflow_dispatch").stream())
                .flatMap(dispatch -> dispatch.get("inputs").stream())
                .flatMap(inputs -> inputs.entries().keySet().stream())
                .toList();
    }

    static Subject action(ActionFile action, FileFacts facts) {
        Span span = action.span();
        return new Draft("github/ActionFile", "action", facts.file(), span, span.line())
                .put("name", action.name())
                .put("using", action.using())
                .put("inputs", action.inputs())
                .subject(true);
    }

    /// One subject for each scope of the token that is named.
    ///
    /// @param place `workflow` or the address of a job
    /// @param jobs how many jobs it is for
    static List<Subject> permissions(
            YamlFile file, Permissions permissions, String place, long jobs) {
        return permissions.grants().stream()
                .map(grant -> permission(file, grant, place, jobs))
                .toList();
    }

    private static Subject permission(
            YamlFile file, Permissions.Grant grant, String place, long jobs) {
        int line = grant.span().line();
        boolean explained =
                file.commentOn(line).isPresent()
                        || file.commentOn(line - 1).filter(YamlFile.Comment::alone).isPresent();
        return new Draft(
                        "github/Permission",
                        place.equals("workflow") ? "workflow" : place,
                        file.name(),
                        grant.span(),
                        line)
                .put("scope", grant.scope())
                .put("level", grant.level())
                .put("ofWorkflow", place.equals("workflow"))
                .put("jobs", jobs)
                .put("explained", explained)
                .subject(false);
    }
}
