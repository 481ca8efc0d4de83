package dev.devopspack.manager;

import dev.devopspack.approval.Refusal;
import dev.devopspack.approval.pause.Pauses;
import dev.devopspack.identity.Principal;
import dev.devopspack.task.Environment;
import dev.devopspack.task.TaskType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Begins no work that is paused. What has begun is done to its end.
@ApplicationScoped
class Standstill {

    private final Pauses pauses;
    private final Refusals refusals;

    Standstill(Pauses pauses, Refusals refusals) {
        this.pauses = pauses;
        this.refusals = refusals;
    }

    /// @param agent who would do it; null where it is not known yet or a caller did it himself
    /// @param type what was asked for; none where files were submitted
    /// @throws Paused with who paused it, when and why
    void admit(
            @Nullable String agent,
            @Nullable Environment environment,
            @Nullable TaskType type,
            Principal caller,
            String client) {
        Optional<Refusal> refusal = pauses.against(agent, environment);
        if (refusal.isPresent()) {
            refusals.audit(Paused.WHERE, where(agent, environment), type, caller, client);
            throw new Paused(refusal.get());
        }
    }

    private static String where(@Nullable String agent, @Nullable Environment environment) {
        if (agent != null) {
            return agent;
        }
        return environment == null ? "everything" : environment.value();
    }

    /// The same for a judgement that keeps nothing.
    void admit() {
        pauses.against(null, null)
                .ifPresent(refusal -> {
                    throw new Paused(refusal);
                });
    }
}
