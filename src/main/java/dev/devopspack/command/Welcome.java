package dev.devopspack.command;

import dev.devopspack.change.Canonical;
import dev.devopspack.identity.AssistantSetup;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a started server says: addresses, configuration to paste, the link to enrol.
public final class Welcome {

    private Welcome() {}

    /// @param token an API token to put into the configurations, where there is one to show
    /// @param enrolment the one-time link of the first admin, as long as there is none
    public static String text(
            String baseUrl, Path dataFolder, Optional<String> token, Optional<String> enrolment) {
        String mcp = baseUrl + "/mcp";
        String bearer = token.orElse("YOUR_TOKEN");
        StringBuilder out = new StringBuilder();
        out.append(
                """

                DevOps Pack is ready.

                  Page         %s/
                  MCP          %s
                  Data folder  %s
                """
                        .formatted(baseUrl, mcp, dataFolder));
        if (enrolment.isPresent()) {
            out.append(
                    """

                    1. Enrol the first admin: open this link once, in a browser with a passkey
                         %s
                    """
                            .formatted(enrolment.get()));
        }
        out.append("\nConnect an assistant:\n");
        for (AssistantSetup setup : AssistantSetup.all(mcp, bearer)) {
            out.append("  %-13s ".formatted(setup.client()))
                    .append(
                            setup.file().isEmpty()
                                    ? setup.text()
                                    : setup.file() + "\n    " + setup.text())
                    .append('\n');
        }
        if (token.isPresent()) {
            out.append(
                    """

                    TRIAL: the token stands for the person 'Trial requester', who cannot approve. One approver suffices.
                    For work that counts set DEVOPS_PACK_DATABASE_URL to a PostgreSQL: the strict policy is its default.
                    """);
        }
        return out.toString();
    }

    /// The same for a log in JSON: one object on one line, without a token.
    public static String json(
            String baseUrl, Path dataFolder, Optional<String> enrolment, Instant now) {
        Map<String, Object> line = line("INFO", "DevOps Pack is ready", now);
        line.put("page", baseUrl + "/");
        line.put("mcp", baseUrl + "/mcp");
        line.put("dataFolder", dataFolder.toString());
        enrolment.ifPresent(link -> line.put("enrolment", link));
        return Canonical.text(line);
    }

    /// Why the server does not start, for a log in JSON: nobody writes one yet, or no longer.
    public static String failure(String message, Instant now) {
        return Canonical.text(line("ERROR", message, now));
    }

    private static Map<String, Object> line(String level, String message, Instant now) {
        Map<String, Object> line = new TreeMap<>();
        line.put("timestamp", now.toString());
        line.put("level", level);
        line.put("loggerName", Welcome.class.getName());
        line.put("message", message);
        return line;
    }
}
