package dev.devopspack.approval.enforcement.terraform;

import dev.devopspack.approval.enforcement.ForeignJson;
import dev.devopspack.change.Hidden;
import dev.devopspack.task.InvalidInput;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;

/// What a run asks.
///
/// @param run the run's id, for example `run-i3Df5to9ELvibKpQ`
/// @param plan where the plan's JSON is, on the configured server
/// @param callback where the answer goes, on the configured server
/// @param token reads this run's plan and answers its task; never kept
/// @see <a
///   href="https://developer.hashicorp.com/terraform/enterprise/api-docs/run-tasks/run-tasks-integration">
///   Run tasks integration API</a>
record RunQuestion(
        String organization, String workspace, String run, URI plan, URI callback, String token) {

    /// What the platform sends to see whether anybody answers.
    private static final String TEST_TOKEN = "test-token";

    private static final int MAX_LENGTH = 500;

    private static final Pattern RUN = Pattern.compile("run-[A-Za-z0-9]{1,60}");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{1,4000}");
    private static final Pattern PLAN =
            Pattern.compile("/api/v2/plans/plan-[A-Za-z0-9]{1,60}/json-output");
    private static final Pattern CALLBACK =
            Pattern.compile("/api/v2/task-results/[A-Za-z0-9-]{1,60}/callback");

    static Map<String, Object> read(String body) {
        return ForeignJson.object("question", body);
    }

    static boolean isTest(Map<String, Object> question) {
        return TEST_TOKEN.equals(question.get("access_token"));
    }

    /// @throws InvalidInput if it is no question of a run with a plan, or leads elsewhere
    static RunQuestion of(Map<String, Object> question, URI api) {
        String token = String.valueOf(question.get("access_token"));
        if (!TOKEN.matcher(token).matches()) {
            throw refusal("'access_token' is missing or no token");
        }
        String run = text(question, "run_id");
        if (!RUN.matcher(run).matches()) {
            throw refusal("'run_id' has another form");
        }
        return new RunQuestion(
                text(question, "organization_name"),
                text(question, "workspace_name"),
                run,
                address(question, "plan_json_api_url", PLAN, api),
                address(question, "task_result_callback_url", CALLBACK, api),
                token);
    }

    /// The run's token goes along: it must go nowhere else.
    private static URI address(Map<String, Object> question, String name, Pattern path, URI api) {
        String text = text(question, name);
        String prefix = api.toString();
        if (!text.startsWith(prefix + "/")
                || !path.matcher(text.substring(prefix.length())).matches()) {
            throw refusal("'" + name + "' is no such address at " + api);
        }
        return URI.create(text);
    }

    private static String text(Map<String, Object> question, String name) {
        if (question.get(name) instanceof String text
                && !text.isBlank()
                && text.length() <= MAX_LENGTH
                && Hidden.firstIn(text) < 0) {
            return text;
        }
        throw refusal("'" + name + "' is missing or no plain text");
    }

    private static InvalidInput refusal(String problem) {
        return new InvalidInput(
                "question",
                problem,
                "Let the run task ask after the plan (post-plan) or before the apply (pre-apply).");
    }

    @Override
    public String toString() {
        return "RunQuestion[" + run + "]";
    }
}
