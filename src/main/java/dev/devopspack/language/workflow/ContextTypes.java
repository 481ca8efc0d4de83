package dev.devopspack.language.workflow;

import dev.devopspack.language.workflow.expression.Type;
import java.util.Map;
import java.util.TreeMap;

/// What the contexts hold that are the same in every file.
///
/// @see <a
///   href="https://docs.github.com/en/actions/reference/workflows-and-actions/contexts">Contexts</a>
final class ContextTypes {

    static final Type ENV = Type.anyOf(Type.TEXT);
    static final Type VARS = Type.anyOf(Type.TEXT);
    static final Type SECRETS = Type.anyOf(Type.TEXT);

    static final Type RUNNER =
            texts("name", "os", "arch", "temp", "tool_cache", "debug", "environment", "workspace");

    static final Type STRATEGY =
            Type.only(
                    Map.of(
                            "fail-fast", Type.BOOL,
                            "job-index", Type.NUMBER,
                            "job-total", Type.NUMBER,
                            "max-parallel", Type.NUMBER));

    static final Type JOB = job();

    /// Without `event`, which depends on what starts the workflow.
    private static final Map<String, Type> GITHUB = github();

    private ContextTypes() {}

    static Type github(Type event) {
        TreeMap<String, Type> github = new TreeMap<>(GITHUB);
        github.put("event", event);
        return Type.only(github);
    }

    private static Map<String, Type> github() {
        TreeMap<String, Type> github = new TreeMap<>();
        for (String name :
                ("action action_path action_ref action_repository action_status actor actor_id"
                                + " api_url artifact_cache_size_limit base_ref env event_name"
                                + " event_path graphql_url head_ref job path ref ref_name ref_type"
                                + " repository repository_id repository_owner repository_owner_id"
                                + " repository_visibility repositoryurl retention_days run_id"
                                + " run_number run_attempt secret_source server_url sha token"
                                + " triggering_actor workflow workflow_ref workflow_sha workspace")
                        .split(" ")) {
            github.put(name, Type.TEXT);
        }
        github.put("ref_protected", Type.BOOL);
        return github;
    }

    private static Type job() {
        TreeMap<String, Type> job = new TreeMap<>();
        for (String name :
                "status workflow_file_path workflow_ref workflow_repository workflow_sha"
                        .split(" ")) {
            job.put(name, Type.TEXT);
        }
        job.put("check_run_id", Type.NUMBER);
        job.put("container", texts("id", "network"));
        job.put(
                "services",
                Type.anyOf(
                        Type.only(
                                Map.of(
                                        "id", Type.TEXT,
                                        "network", Type.TEXT,
                                        "ports", Type.ANY))));
        return Type.only(job);
    }

    /// A step that ran, by what its outputs are.
    static Type step(Type outputs) {
        return Type.only(Map.of("outputs", outputs, "conclusion", Type.TEXT, "outcome", Type.TEXT));
    }

    /// A job that ran, by what its outputs are.
    static Type finishedJob(Type outputs) {
        return Type.only(Map.of("outputs", outputs, "result", Type.TEXT));
    }

    static Type texts(String... names) {
        TreeMap<String, Type> texts = new TreeMap<>();
        for (String name : names) {
            texts.put(name, Type.TEXT);
        }
        return Type.only(texts);
    }
}
