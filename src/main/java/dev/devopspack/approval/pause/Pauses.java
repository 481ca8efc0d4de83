package dev.devopspack.approval.pause;

import dev.devopspack.approval.ApprovalRequest;
import dev.devopspack.approval.Refusal;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.change.Origin;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.PersonStore;
import dev.devopspack.task.Environment;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether work may begin: read from the store each time, so that a pause holds at once on every
/// replica. Pauses nothing itself; {@link KillSwitch} does.
public final class Pauses {

    private final PauseStore store;
    private final PersonStore people;
    private final ChangeSetStore changeSets;

    public Pauses(PauseStore store, PersonStore people, ChangeSetStore changeSets) {
        this.store = store;
        this.people = people;
        this.changeSets = changeSets;
    }

    /// Those that hold now, the widest first.
    public List<Pause> active() {
        return store.active();
    }

    /// The newest first, with those that were lifted.
    public List<Pause> newest(int limit) {
        return store.newest(limit);
    }

    /// Why no work of this kind begins; nothing where it may.
    ///
    /// @param agent who would do it, where an agent does
    /// @param environment where it goes, where it goes somewhere
    public Optional<Refusal> against(@Nullable String agent, @Nullable Environment environment) {
        return store.active().stream()
                .filter(pause -> pause.scope().covers(agent, environment))
                .findFirst()
                .map(this::refusal);
    }

    /// Why nobody approves or uses this now: its environment is paused, or the agent that made it.
    public Optional<Refusal> against(ApprovalRequest request) {
        List<Pause> active = store.active();
        if (active.isEmpty()) {
            return Optional.empty();
        }
        String agent =
                changeSets
                        .find(request.changeSet())
                        .map(ChangeSet::manifest)
                        .map(manifest ->
                                switch (manifest.origin()) {
                                    case Origin.Generated made -> made.agent();
                                    case Origin.Submitted _ -> null;
                                })
                        .orElse(null);
        return active.stream()
                .filter(pause -> pause.scope().covers(agent, request.environment()))
                .findFirst()
                .map(this::refusal);
    }

    /// Who paused what, when and why, in one sentence.
    public String sentence(Pause pause) {
        String who = people.find(pause.by()).map(Person::displayName).orElse("an admin");
        return pause.scope().words()
                + " is paused since "
                + pause.since().truncatedTo(ChronoUnit.SECONDS)
                + " by "
                + who
                + ": "
                + pause.reason();
    }

    private Refusal refusal(Pause pause) {
        return new Refusal(
                Refusal.Code.PAUSED,
                sentence(pause),
                "Wait until an admin lifts the pause on the page /pauses, then ask again.");
    }
}
