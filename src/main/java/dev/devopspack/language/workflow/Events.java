package dev.devopspack.language.workflow;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The events that start workflows.
///
/// @see <a
///   href="https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows">Events
///   that trigger workflows</a>
final class Events {

    /// @param types its activity types; empty where it has none
    /// @param filters the keys that narrow it, beside `types`
    record Event(List<String> types, Set<String> filters) {}

    private static final Set<String> BRANCHES = Set.of("branches", "branches-ignore");
    private static final Set<String> BRANCHES_AND_PATHS =
            Set.of("branches", "branches-ignore", "paths", "paths-ignore");

    private static final String PULL_REQUEST =
            "assigned unassigned labeled unlabeled opened edited closed reopened synchronize"
                    + " converted_to_draft locked unlocked enqueued dequeued milestoned demilestoned"
                    + " ready_for_review review_requested review_request_removed"
                    + " auto_merge_enabled auto_merge_disabled stacked";

    private static final String COMMENT = "created edited deleted";

    private static final Map<String, Event> ALL = new TreeMap<>();

    static {
        event("branch_protection_rule", COMMENT);
        event("check_run", "created rerequested completed requested_action");
        event("check_suite", "completed");
        event("create", "");
        event("delete", "");
        event("deployment", "");
        event("deployment_status", "");
        event(
                "discussion",
                "created edited deleted transferred pinned unpinned labeled unlabeled locked"
                        + " unlocked category_changed answered unanswered");
        event("discussion_comment", COMMENT);
        event("fork", "");
        event("gollum", "");
        event("image_version", "created ready deleted", Set.of("names", "versions"));
        event("issue_comment", COMMENT);
        event(
                "issues",
                "opened edited deleted transferred pinned unpinned closed reopened assigned"
                        + " unassigned labeled unlabeled locked unlocked milestoned demilestoned"
                        + " field_added field_removed typed untyped");
        event("label", COMMENT);
        event("merge_group", "checks_requested", BRANCHES);
        event("milestone", "created closed opened edited deleted");
        event("page_build", "");
        event("project", "created closed reopened edited deleted");
        event("project_card", "created moved converted edited deleted");
        event("project_column", "created updated moved deleted");
        event("public", "");
        event("pull_request", PULL_REQUEST, BRANCHES_AND_PATHS);
        event("pull_request_comment", COMMENT);
        event("pull_request_review", "submitted edited dismissed");
        event("pull_request_review_comment", COMMENT);
        event("pull_request_target", PULL_REQUEST, BRANCHES_AND_PATHS);
        event(
                "push",
                "",
                Set.of(
                        "branches",
                        "branches-ignore",
                        "paths",
                        "paths-ignore",
                        "tags",
                        "tags-ignore"));
        event("registry_package", "published updated");
        event("release", "published unpublished created edited deleted prereleased released");
        event("repository_dispatch", "");
        event("schedule", "");
        event("status", "");
        event("watch", "started");
        event("workflow_call", "");
        event("workflow_dispatch", "");
        event(
                "workflow_run",
                "completed requested in_progress",
                Set.of("workflows", "branches", "branches-ignore"));
    }

    private Events() {}

    private static void event(String name, String types) {
        event(name, types, Set.of());
    }

    private static void event(String name, String types, Set<String> filters) {
        List<String> list = types.isEmpty() ? List.of() : List.of(types.split(" "));
        ALL.put(name, new Event(list, filters));
    }

    static Optional<Event> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    static Set<String> names() {
        return ALL.keySet();
    }

    /// Every key that narrows some event.
    static Set<String> filters() {
        return Set.of(
                "branches",
                "branches-ignore",
                "paths",
                "paths-ignore",
                "tags",
                "tags-ignore",
                "types",
                "workflows",
                "names",
                "versions");
    }
}
