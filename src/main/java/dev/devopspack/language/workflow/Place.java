package dev.devopspack.language.workflow;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The keys of a file that take expressions, with what each offers.
///
/// @see <a
///   href="https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#context-availability">Context
///   availability</a>
enum Place {
    RUN_NAME("run-name", "github inputs vars"),
    CONCURRENCY("concurrency", "github inputs vars"),
    ENV("env", "github inputs vars secrets"),
    CALL_INPUT_DEFAULT("on.workflow_call.inputs.<input>.default", "github inputs vars"),
    CALL_OUTPUT("on.workflow_call.outputs.<output>.value", "github inputs vars jobs"),
    JOB_NAME("jobs.<job>.name", "github inputs vars needs strategy matrix"),
    JOB_CONCURRENCY("jobs.<job>.concurrency", "github inputs vars needs strategy matrix"),
    JOB_CONTAINER("jobs.<job>.container", "github inputs vars needs strategy matrix"),
    JOB_CONTAINER_IMAGE("jobs.<job>.container.image", "github inputs vars needs strategy matrix"),
    JOB_CREDENTIALS(
            "jobs.<job>.container.credentials",
            "github inputs vars needs strategy matrix secrets env"),
    JOB_CONTAINER_ENV(
            "jobs.<job>.container.env.<name>",
            "github inputs vars needs strategy matrix secrets steps env job runner"),
    JOB_SERVICES("jobs.<job>.services", "github inputs vars needs strategy matrix"),
    JOB_CONTINUE_ON_ERROR(
            "jobs.<job>.continue-on-error", "github inputs vars needs strategy matrix"),
    JOB_TIMEOUT("jobs.<job>.timeout-minutes", "github inputs vars needs strategy matrix"),
    JOB_DEFAULTS_RUN("jobs.<job>.defaults.run", "github inputs vars needs strategy matrix env"),
    JOB_ENV("jobs.<job>.env", "github inputs vars needs strategy matrix secrets"),
    JOB_ENVIRONMENT("jobs.<job>.environment", "github inputs vars needs strategy matrix"),
    JOB_ENVIRONMENT_URL(
            "jobs.<job>.environment.url",
            "github inputs vars needs strategy matrix steps job runner env"),
    JOB_IF(
            "jobs.<job>.if",
            "github inputs vars needs",
            "always",
            "cancelled",
            "failure",
            "success"),
    JOB_OUTPUTS(
            "jobs.<job>.outputs.<output>",
            "github inputs vars needs strategy matrix secrets steps job runner env"),
    JOB_RUNS_ON("jobs.<job>.runs-on", "github inputs vars needs strategy matrix"),
    JOB_SNAPSHOT("jobs.<job>.snapshot", "github inputs vars needs strategy matrix"),
    JOB_STRATEGY("jobs.<job>.strategy", "github inputs vars needs"),
    JOB_WITH("jobs.<job>.with.<input>", "github inputs vars needs strategy matrix"),
    JOB_SECRETS("jobs.<job>.secrets.<secret>", "github inputs vars needs strategy matrix secrets"),
    STEP_IF(
            "jobs.<job>.steps.if",
            "github inputs vars needs strategy matrix steps job runner env",
            "always",
            "cancelled",
            "failure",
            "success",
            "hashfiles"),
    STEP(
            "jobs.<job>.steps",
            "github inputs vars needs strategy matrix secrets steps job runner env",
            "hashfiles"),
    ACTION_INPUT_DEFAULT(
            "inputs.<input>.default", "github strategy matrix job runner", "hashfiles"),
    ACTION_OUTPUT("outputs.<output>.value", "github inputs strategy matrix steps job runner env"),
    ACTION_STEP(
            "runs.steps", "github inputs strategy matrix steps job runner env vars", "hashfiles"),
    ACTION_STEP_IF(
            "runs.steps.if",
            "github inputs strategy matrix steps job runner env vars",
            "always",
            "cancelled",
            "failure",
            "success",
            "hashfiles"),
    ACTION_IF(
            "runs.pre-if and runs.post-if",
            "github inputs strategy matrix job runner env",
            "always",
            "cancelled",
            "failure",
            "success",
            "hashfiles"),
    ACTION_CONTAINER("runs.args and runs.env", "github inputs strategy matrix job runner env"),
    NOWHERE("this key", "");

    private final String key;
    private final Set<String> contexts;
    private final Set<String> functions;

    Place(String key, String contexts, String... functions) {
        this.key = key;
        this.contexts = contexts.isEmpty() ? Set.of() : new TreeSet<>(List.of(contexts.split(" ")));
        this.functions = Set.of(functions);
    }

    String key() {
        return key;
    }

    Set<String> contexts() {
        return contexts;
    }

    Set<String> functions() {
        return functions;
    }
}
