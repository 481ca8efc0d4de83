package dev.devopspack.approval.enforcement.github;

import dev.devopspack.approval.enforcement.ForeignJson;
import dev.devopspack.change.Hidden;
import dev.devopspack.task.InvalidInput;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;

/// One deployment that GitHub asks about: the event `deployment_protection_rule`.
///
/// @param repository for example `acme/shop`
/// @param deployment the environment's name at GitHub
/// @param commit the full commit id that will be deployed
/// @param installation of the App, whose token answers
/// @param callback where the answer goes; its server is the configured one
/// @see <a
///   href="https://docs.github.com/en/actions/how-tos/deploy/configure-and-manage-deployments/create-custom-protection-rules">
///   Creating custom deployment protection rules</a>
public record Delivery(
        String repository, String deployment, String commit, long installation, URI callback) {

    private static final int MAX_LENGTH = 300;

    private static final String ANSWERED_AT = "/deployment_protection_rule";

    private static final Pattern REPOSITORY =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}([0-9a-f]{24})?");

    /// @throws InvalidInput if it is no such event, or asks to be answered elsewhere
    static Delivery parse(String body, URI api) {
        Map<String, Object> event = ForeignJson.object("event", body);
        if (!"requested".equals(event.get("action"))) {
            throw refusal("its action is not 'requested'");
        }
        String repository = matching(map(event, "repository"), "full_name", REPOSITORY);
        return new Delivery(
                repository,
                text(event, "environment"),
                matching(map(event, "deployment"), "sha", COMMIT),
                number(map(event, "installation"), "id"),
                callback(text(event, "deployment_callback_url"), repository, api));
    }

    /// Where GitHub tells about the run that the deployment is part of.
    public URI run() {
        String text = callback.toString();
        return URI.create(text.substring(0, text.length() - ANSWERED_AT.length()));
    }

    /// Whoever can make us answer elsewhere gets the App's token there.
    private static URI callback(String text, String repository, URI api) {
        String prefix = api + "/repos/" + repository + "/actions/runs/";
        boolean ours =
                text.startsWith(prefix)
                        && text.endsWith(ANSWERED_AT)
                        && text.length() > prefix.length() + ANSWERED_AT.length()
                        && text.substring(prefix.length(), text.length() - ANSWERED_AT.length())
                                .matches("[0-9]{1,20}");
        if (!ours) {
            throw refusal("'deployment_callback_url' is no run of the repository at " + api);
        }
        return URI.create(text);
    }

    private static Map<?, ?> map(Map<String, Object> event, String name) {
        if (event.get(name) instanceof Map<?, ?> map) {
            return map;
        }
        throw refusal("'" + name + "' is missing");
    }

    private static String text(Map<?, ?> map, String name) {
        if (map.get(name) instanceof String text
                && !text.isBlank()
                && text.length() <= MAX_LENGTH
                && Hidden.firstIn(text) < 0) {
            return text;
        }
        throw refusal("'" + name + "' is missing or no plain text");
    }

    private static String matching(Map<?, ?> map, String name, Pattern shape) {
        String text = text(map, name);
        if (!shape.matcher(text).matches()) {
            throw refusal("'" + name + "' has another form");
        }
        return text;
    }

    private static long number(Map<?, ?> map, String name) {
        if (map.get(name) instanceof BigDecimal number && number.signum() > 0) {
            try {
                return number.longValueExact();
            } catch (ArithmeticException _) {
                throw refusal("'" + name + "' is no id");
            }
        }
        throw refusal("'" + name + "' is no id");
    }

    private static InvalidInput refusal(String problem) {
        return new InvalidInput("event", problem, "Send the event as GitHub makes it.");
    }
}
