package dev.devopspack.policy.workflow;

import java.util.List;
import java.util.Set;

/// Tells which values of the context `github` somebody without rights in the repository may write:
/// titles, texts, names of branches, messages of commits.
///
/// @see <a href="https://docs.github.com/en/actions/concepts/security/script-injections">Script
///   injections</a>
final class UntrustedInput {

    private static final Set<String> EXACTLY =
            Set.of(
                    "github.head_ref",
                    "github.event.pull_request.head.ref",
                    "github.event.pull_request.head.label",
                    "github.event.workflow.path",
                    "github.event.workflow_run.head_branch",
                    "github.event.workflow_run.head_repository.description",
                    "github.event.check_suite.head_branch",
                    "github.event.check_run.check_suite.head_branch",
                    "github.event.deployment.ref",
                    "github.event.pull_request.milestone.title");

    /// Objects that hold such values among others.
    private static final Set<String> HOLDERS =
            Set.of(
                    "github",
                    "github.event",
                    "github.event.pull_request",
                    "github.event.pull_request.head",
                    "github.event.issue",
                    "github.event.comment",
                    "github.event.review",
                    "github.event.discussion",
                    "github.event.head_commit",
                    "github.event.commits",
                    "github.event.workflow_run");

    /// GitHub takes only letters, digits, dots, dashes and slashes in these, or makes them itself.
    private static final Set<String> NAMES_OF_THE_RUN =
            Set.of(
                    "github.action",
                    "github.api_url",
                    "github.event_name",
                    "github.graphql_url",
                    "github.job",
                    "github.ref_protected",
                    "github.ref_type",
                    "github.repository",
                    "github.repository_owner",
                    "github.repository_visibility",
                    "github.retention_days",
                    "github.server_url",
                    "github.workspace",
                    "runner.arch",
                    "runner.debug",
                    "runner.environment",
                    "runner.os",
                    "runner.temp",
                    "runner.tool_cache");

    /// Last parts of a path that hold what people wrote.
    private static final List<String> ENDINGS =
            List.of(
                    ".title",
                    ".body",
                    ".message",
                    ".page_name",
                    ".display_title",
                    ".head_branch",
                    ".head.ref",
                    ".head.label",
                    ".default_branch",
                    ".author.name",
                    ".author.email",
                    ".committer.name",
                    ".committer.email",
                    ".pusher.name",
                    ".pusher.email",
                    ".authors.name",
                    ".authors.email");

    /// Parts of a payload that only people with rights write.
    private static final List<String> TRUSTED =
            List.of("github.event.inputs.", "github.event.release.", "github.event.repository.");

    private UntrustedInput() {}

    static boolean is(String path) {
        if (EXACTLY.contains(path)) {
            return true;
        }
        boolean isPayload = path.startsWith("github.event.") || path.startsWith("github.*");
        return isPayload
                && TRUSTED.stream().noneMatch(path::startsWith)
                && ENDINGS.stream().anyMatch(path::endsWith);
    }

    /// Whether it is an object that holds such a value.
    static boolean isHolder(String path) {
        return HOLDERS.contains(path);
    }

    /// Whether no character that a shell minds can stand in it.
    static boolean isPlainName(String path) {
        return NAMES_OF_THE_RUN.contains(path);
    }

    /// Numbers, dates, commits and such: nobody puts a command into one.
    static boolean isHarmless(String path) {
        String last = path.substring(path.lastIndexOf('.') + 1);
        boolean isNumberOrHash =
                switch (last) {
                    case "number",
                            "id",
                            "node_id",
                            "sha",
                            "before",
                            "after",
                            "created_at",
                            "updated_at",
                            "run_id",
                            "run_number",
                            "run_attempt",
                            "merged",
                            "draft",
                            "job-index",
                            "job-total",
                            "merge_commit_sha",
                            "head_sha",
                            "actor_id",
                            "repository_id",
                            "repository_owner_id",
                            "workflow_sha",
                            "conclusion",
                            "outcome",
                            "result",
                            "status" ->
                            true;
                    default -> false;
                };
        return isNumberOrHash
                && (path.startsWith("github.")
                        || path.startsWith("strategy.")
                        || path.startsWith("job.")
                        || path.endsWith(".result")
                        || path.endsWith(".conclusion")
                        || path.endsWith(".outcome"));
    }
}
