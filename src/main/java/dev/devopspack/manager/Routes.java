package dev.devopspack.manager;

import dev.devopspack.manager.route.Candidate;
import dev.devopspack.manager.route.Route;
import dev.devopspack.manager.route.Router;
import dev.devopspack.manager.route.Spoken;
import dev.devopspack.specialist.Capability;
import dev.devopspack.specialist.Specialist;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.Task;
import dev.devopspack.task.TaskType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds out who does a task: by its type and capability, else by what it says in plain language.
@ApplicationScoped
class Routes {

    private final Specialists specialists;
    private final Router router;

    Routes(Specialists specialists) {
        this.specialists = specialists;
        this.router = new Router(specialists.all(), specialists.terms());
    }

    /// @throws InvalidInput where nobody does it
    Destination of(Task task) {
        if (task.type().equals(TaskType.MANAGER)) {
            return byRequest(task.request());
        }
        Specialist specialist = specialists.of(task.type());
        if (task.capability() != null) {
            return found(specialist, task.capability());
        }
        return task.request() == null || !task.input().isEmpty()
                ? new Destination.Found(
                        specialist, specialist.capabilities().getFirst(), Optional.empty())
                : of(router.route(task.request(), specialist));
    }

    /// See {@link Capability#judgedInputs()}.
    Set<String> judgedInputs(Task task) {
        return specialists.judgedInputs(task);
    }

    private static Destination found(Specialist specialist, String capability) {
        return new Destination.Found(
                specialist, specialist.capability(capability), Optional.empty());
    }

    private Destination byRequest(@Nullable String request) {
        if (request == null) {
            throw new InvalidInput(
                    "/request",
                    "there is no request to route",
                    "Say in `request` what you need, or give the task a `type`.");
        }
        return of(router.route(request));
    }

    private static Destination of(Route route) {
        return switch (route) {
            case Route.Chosen chosen ->
                    new Destination.Found(
                            chosen.candidate().specialist(),
                            chosen.candidate().capability(),
                            Optional.of(chosen));
            case Route.Unsure unsure -> new Destination.AskBack(question(unsure));
            case Route.NotOffered not -> throw notOffered(not);
        };
    }

    private static InvalidInput notOffered(Route.NotOffered not) {
        InvalidInput said = Specialists.notOffered("/request", not.field());
        String nearest =
                not.nearest().isEmpty()
                        ? ""
                        : " The nearest that exists is " + not.nearest().getFirst().name() + ".";
        return new InvalidInput(
                said.where(), said.problem() + "; " + words(not.because()), said.mend() + nearest);
    }

    /// One line that explains where a request was led, for example `Routed to
    /// devops_terraform/configuration_generation (confidence 84 %): 'eks' spoke for …`.
    static String explained(Route.Chosen chosen) {
        return String.format(
                Locale.ROOT,
                "Routed to %s (confidence %d %%%s)%s",
                chosen.candidate().name(),
                percent(chosen),
                chosen.runnerUp().map(other -> ", runner-up " + other.name()).orElse(""),
                chosen.because().isEmpty() ? "." : ": " + words(chosen.because()) + ".");
    }

    static long percent(Route.Chosen chosen) {
        return Math.round(chosen.confidence() * 100);
    }

    private static String words(List<Spoken> because) {
        return because.stream().map(Spoken::text).collect(Collectors.joining(", "));
    }

    /// Asks back: who may be meant, each with a filled example of the whole task.
    private static RunResult question(Route.Unsure unsure) {
        String why =
                unsure.because().isEmpty()
                        ? "Nothing in the request says which agent is meant."
                        : "It is not clear which agent is meant: " + words(unsure.because()) + ".";
        List<Map<String, Object>> candidates =
                unsure.candidates().stream().map(Routes::candidate).toList();
        Map<String, Object> missing = new LinkedHashMap<>();
        missing.put("candidates", candidates);
        if (!candidates.isEmpty()) {
            missing.put("example", candidates.getFirst().get("example"));
        }
        return Results.askBack(
                List.of(why),
                missing,
                List.of(
                        "Send it again with the `type` of the one you mean, as in its example.",
                        "If you mean several, send them as `tasks`, one each."));
    }

    private static Map<String, Object> candidate(Candidate candidate) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("agent", candidate.specialist().agent());
        shown.put("capability", candidate.capability().name());
        shown.put("description", candidate.capability().description());
        shown.put("example", exampleOf(candidate));
        return shown;
    }

    private static Map<String, Object> exampleOf(Candidate candidate) {
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("type", candidate.specialist().taskType().value());
        task.put("capability", candidate.capability().name());
        task.put("input", candidate.capability().example());
        return Map.of("task", task);
    }
}
