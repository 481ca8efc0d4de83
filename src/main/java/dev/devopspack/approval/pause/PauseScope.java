package dev.devopspack.approval.pause;

import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is paused.
///
/// @param subject the agent's or environment's name; empty where everything is paused
public record PauseScope(Kind kind, String subject) {

    public static final PauseScope EVERYTHING = new PauseScope(Kind.EVERYTHING, "");

    private static final Pattern AGENT = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    public enum Kind {
        EVERYTHING,
        AGENT,
        ENVIRONMENT
    }

    public PauseScope {
        switch (kind) {
            case EVERYTHING -> {
                if (!subject.isEmpty()) {
                    throw refusal("everything has no name", "Leave the name empty.");
                }
            }
            case AGENT -> {
                if (!AGENT.matcher(subject).matches()) {
                    throw refusal(
                            "this is no agent's name", "Use a name such as devops_terraform.");
                }
            }
            case ENVIRONMENT -> new Environment(subject);
        }
    }

    /// @param agent the name of who would do the work, where an agent does it
    /// @param environment where the work goes, where it goes somewhere
    boolean covers(@Nullable String agent, @Nullable Environment environment) {
        return switch (kind) {
            case EVERYTHING -> true;
            case AGENT -> subject.equals(agent);
            case ENVIRONMENT -> environment != null && subject.equals(environment.value());
        };
    }

    /// For people: `everything`, `the agent devops_terraform`, `the environment production`.
    public String words() {
        return switch (kind) {
            case EVERYTHING -> "everything";
            case AGENT -> "the agent " + subject;
            case ENVIRONMENT -> "the environment " + subject;
        };
    }

    private static InvalidInput refusal(String problem, String mend) {
        return new InvalidInput("subject", problem, mend);
    }
}
