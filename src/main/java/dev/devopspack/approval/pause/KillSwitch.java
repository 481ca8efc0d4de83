package dev.devopspack.approval.pause;

import dev.devopspack.approval.ReasonText;
import dev.devopspack.approval.Refusal;
import dev.devopspack.approval.Refusal.Code;
import dev.devopspack.approval.act.Act;
import dev.devopspack.approval.act.Acts;
import dev.devopspack.approval.act.Acts.Prepared;
import dev.devopspack.approval.act.Acts.Result;
import dev.devopspack.approval.act.Acts.Signature;
import dev.devopspack.approval.act.Acts.Signed;
import dev.devopspack.approval.act.SignedAct;
import dev.devopspack.identity.NotAllowed;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.PersonStore;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.Secrets;
import dev.devopspack.task.InvalidInput;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where an admin pauses work and lifts the pause again: signed in, and each time with a passkey.
/// No token comes here, whatever its roles, and no tool.
public final class KillSwitch {

    private static final int ID_LENGTH = 16;

    /// What stands in the signed text where everything is paused.
    private static final String NO_SUBJECT = "-";

    private final Acts acts;
    private final PauseStore store;
    private final PersonStore people;
    private final Set<String> agents;
    private final Secrets secrets;

    /// @param agents the names of those there are: pausing one that is not there would pause nobody
    public KillSwitch(
            Acts acts, PauseStore store, PersonStore people, Set<String> agents, Secrets secrets) {
        this.acts = acts;
        this.store = store;
        this.people = people;
        this.agents = Set.copyOf(agents);
        this.secrets = secrets;
    }

    /// @param reason in the admin's own words, told to whoever is refused; not empty
    /// @throws NotAllowed unless `by` is a signed-in person
    public Prepared preparePause(Principal by, PauseScope scope, String reason) {
        PersonId person = Acts.person(by);
        Optional<Refusal> refusal = barred(person).or(() -> unknown(scope)).or(() -> held(scope));
        return refusal.<Prepared>map(Prepared.Refused::new)
                .orElseGet(() ->
                        acts.prepare(
                                person,
                                Act.Kind.PAUSE,
                                Map.of(
                                        "scope", scope.kind().name(),
                                        "subject", subject(scope),
                                        "reason", reason(reason))));
    }

    /// Pauses what was prepared, if the admin signed it.
    ///
    /// @throws NotAllowed unless `by` is a signed-in person
    public Result<Pause> pause(Principal by, Signature signature) {
        return acts.sign(by, Act.Kind.PAUSE, signature, this::pause);
    }

    private Result<Pause> pause(Signed signed) {
        PersonId person = signed.person();
        PauseScope scope = scope(signed.act());
        Optional<Refusal> refusal = barred(person).or(() -> unknown(scope)).or(() -> held(scope));
        if (refusal.isPresent()) {
            return new Result.Refused<>(refusal.get());
        }
        String id = "pause-" + secrets.id(ID_LENGTH);
        SignedAct act = acts.keep(signed, "pause.began", facts(id, scope));
        Pause pause =
                new Pause(
                        id,
                        scope,
                        act.act().fact("reason"),
                        person,
                        act.signedAt(),
                        act.id(),
                        null);
        if (!store.insert(pause)) {
            // Another admin signed the same at this moment: nothing of this one is kept.
            throw new InvalidInput(
                    "scope", scope.words() + " is paused already", "Load the page again.");
        }
        return new Result.Done<>(pause);
    }

    /// @param reason why work may go on; not empty
    /// @throws NotAllowed unless `by` is a signed-in person
    public Prepared prepareLift(Principal by, String id, String reason) {
        PersonId person = Acts.person(by);
        Optional<Refusal> refusal = barred(person).or(() -> gone(id));
        if (refusal.isPresent()) {
            return new Prepared.Refused(refusal.get());
        }
        PauseScope scope = existing(id).scope();
        return acts.prepare(
                person,
                Act.Kind.LIFT,
                Map.of(
                        "pause", id,
                        "scope", scope.kind().name(),
                        "subject", subject(scope),
                        "reason", reason(reason)));
    }

    /// Lifts what was prepared, if the admin signed it.
    ///
    /// @throws NotAllowed unless `by` is a signed-in person
    public Result<Pause> lift(Principal by, Signature signature) {
        return acts.sign(by, Act.Kind.LIFT, signature, this::lift);
    }

    private Result<Pause> lift(Signed signed) {
        PersonId person = signed.person();
        String id = signed.fact("pause");
        Optional<Refusal> refusal = barred(person).or(() -> gone(id));
        if (refusal.isPresent()) {
            return new Result.Refused<>(refusal.get());
        }
        SignedAct act = acts.keep(signed, "pause.lifted", facts(id, scope(signed.act())));
        if (!store.lift(id, act.ending())) {
            throw new InvalidInput("pause", "it was lifted already", "Load the page again.");
        }
        return new Result.Done<>(existing(id));
    }

    private static Map<String, String> facts(String id, PauseScope scope) {
        return scope.kind() == PauseScope.Kind.ENVIRONMENT
                ? Map.of("pause", id, "environment", scope.subject())
                : Map.of("pause", id);
    }

    private static String subject(PauseScope scope) {
        return scope.subject().isEmpty() ? NO_SUBJECT : scope.subject();
    }

    private static PauseScope scope(Act act) {
        String subject = act.fact("subject");
        return new PauseScope(
                PauseScope.Kind.valueOf(act.fact("scope")),
                subject.equals(NO_SUBJECT) ? "" : subject);
    }

    private static String reason(String reason) {
        return ReasonText.required("reason", reason);
    }

    /// Looks at the person's roles as they are at this moment.
    private Optional<Refusal> barred(PersonId person) {
        return people.find(person).filter(found -> found.has(Role.ADMIN)).isPresent()
                ? Optional.empty()
                : refusal(
                        Code.NOT_ENTITLED,
                        "you have no role ADMIN",
                        "Ask an admin to pause or to lift.");
    }

    private Optional<Refusal> unknown(PauseScope scope) {
        return scope.kind() != PauseScope.Kind.AGENT || agents.contains(scope.subject())
                ? Optional.empty()
                : refusal(
                        Code.BAD_INPUT,
                        "there is no agent '" + scope.subject() + "'",
                        "Choose one of the catalogue.");
    }

    private Optional<Refusal> held(PauseScope scope) {
        return store.active().stream().anyMatch(pause -> pause.scope().equals(scope))
                ? refusal(
                        Code.WRONG_STATUS,
                        scope.words() + " is paused already",
                        "There is nothing to do.")
                : Optional.empty();
    }

    private Optional<Refusal> gone(String id) {
        return store.find(id).filter(Pause::active).isPresent()
                ? Optional.empty()
                : refusal(
                        Code.WRONG_STATUS,
                        "there is no such pause, or it was lifted already",
                        "Load the page again.");
    }

    private Pause existing(String id) {
        return store.find(id).orElseThrow(() -> new IllegalStateException(id + " is gone"));
    }

    private static Optional<Refusal> refusal(Code code, String problem, String mend) {
        return Optional.of(new Refusal(code, problem, mend));
    }
}
