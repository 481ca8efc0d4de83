package dev.devopspack.approval.delegation;

import dev.devopspack.approval.ReasonText;
import dev.devopspack.approval.Refusal;
import dev.devopspack.approval.Refusal.Code;
import dev.devopspack.approval.act.Act;
import dev.devopspack.approval.act.Acts;
import dev.devopspack.approval.act.Acts.Prepared;
import dev.devopspack.approval.act.Acts.Result;
import dev.devopspack.approval.act.Acts.Signature;
import dev.devopspack.approval.act.Acts.Signed;
import dev.devopspack.approval.act.LastDay;
import dev.devopspack.approval.act.SignedAct;
import dev.devopspack.identity.NotAllowed;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.PersonStore;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.Secrets;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/// Where an approver lets a named person decide in his place, and takes it back: signed in, and
/// each time with a passkey. No token comes here, whatever its roles, and no tool.
public final class DelegationSigning {

    /// A holiday. Who is away for longer gives the role back.
    public static final int LONGEST_DAYS = 30;

    private static final int ID_LENGTH = 16;

    private final Acts acts;
    private final DelegationStore store;
    private final PersonStore people;
    private final Secrets secrets;
    private final Clock clock;

    public DelegationSigning(
            Acts acts, DelegationStore store, PersonStore people, Secrets secrets, Clock clock) {
        this.acts = acts;
        this.store = store;
        this.people = people;
        this.secrets = secrets;
        this.clock = clock;
    }

    /// The text to sign.
    ///
    /// @param to who decides in his place
    /// @param until the last day on which it counts, in UTC
    /// @throws NotAllowed unless `by` is a signed-in person
    public Prepared prepare(
            Principal by, PersonId to, Environment environment, String reason, LocalDate until) {
        PersonId from = Acts.person(by);
        Optional<Refusal> refusal = barred(from, to, environment, until);
        if (refusal.isPresent()) {
            return new Prepared.Refused(refusal.get());
        }
        return acts.prepare(
                from,
                Act.Kind.DELEGATE,
                Map.of(
                        "to", to.toString(),
                        "name", people.find(to).map(Person::displayName).orElseThrow(),
                        "environment", environment.value(),
                        "reason", ReasonText.required("reason", reason),
                        "until", until.toString()));
    }

    /// Delegates as prepared, if the person signed it.
    ///
    /// @throws NotAllowed unless `by` is a signed-in person
    public Result<Delegation> delegate(Principal by, Signature signature) {
        return acts.sign(by, Act.Kind.DELEGATE, signature, this::delegate);
    }

    private Result<Delegation> delegate(Signed signed) {
        PersonId from = signed.person();
        Act act = signed.act();
        PersonId to = PersonId.parse(act.fact("to"));
        Environment environment = new Environment(act.fact("environment"));
        LocalDate until = LocalDate.parse(act.fact("until"));
        Optional<Refusal> refusal = barred(from, to, environment, until);
        if (refusal.isPresent()) {
            return new Result.Refused<>(refusal.get());
        }
        String id = "dl-" + secrets.id(ID_LENGTH);
        SignedAct kept = acts.keep(signed, "delegation.signed", Map.of("delegation", id));
        Delegation delegation =
                new Delegation(
                        id,
                        from,
                        to,
                        environment,
                        act.fact("reason"),
                        kept.signedAt(),
                        LastDay.end(until),
                        kept.id(),
                        null);
        store.insert(delegation);
        return new Result.Done<>(delegation);
    }

    /// The text to sign for taking one back.
    ///
    /// @throws NotAllowed unless `by` is a signed-in person
    public Prepared prepareEnd(Principal by, String id, String reason) {
        PersonId person = Acts.person(by);
        Optional<Refusal> refusal = gone(id).or(() -> stranger(person, existing(id)));
        return refusal.<Prepared>map(Prepared.Refused::new)
                .orElseGet(() ->
                        acts.prepare(
                                person,
                                Act.Kind.END_DELEGATION,
                                Map.of(
                                        "delegation", id,
                                        "environment", existing(id).environment().value(),
                                        "reason", ReasonText.required("reason", reason))));
    }

    /// Takes back what was prepared, if the person signed it. What was approved in his place and
    /// not used yet does not count any more.
    ///
    /// @throws NotAllowed unless `by` is a signed-in person
    public Result<Delegation> end(Principal by, Signature signature) {
        return acts.sign(by, Act.Kind.END_DELEGATION, signature, this::end);
    }

    private Result<Delegation> end(Signed signed) {
        PersonId person = signed.person();
        String id = signed.fact("delegation");
        Optional<Refusal> refusal = gone(id).or(() -> stranger(person, existing(id)));
        if (refusal.isPresent()) {
            return new Result.Refused<>(refusal.get());
        }
        SignedAct kept = acts.keep(signed, "delegation.ended", Map.of());
        if (!store.end(id, kept.ending())) {
            throw new InvalidInput(
                    "delegation", "it was taken back already", "Load the page again.");
        }
        return new Result.Done<>(existing(id));
    }

    private Optional<Refusal> barred(
            PersonId from, PersonId to, Environment environment, LocalDate until) {
        if (people.find(from).filter(person -> person.approvesIn(environment)).isEmpty()) {
            return refusal(
                    Code.NOT_ENTITLED,
                    "you do not approve in " + environment + " by your own right",
                    "Only an approver delegates; what was delegated to you is not passed on.");
        }
        if (from.equals(to) || people.find(to).filter(Person::active).isEmpty()) {
            return refusal(
                    Code.BAD_INPUT,
                    "this is nobody who can decide in your place",
                    "Choose another active person.");
        }
        return LastDay.barred(until, LONGEST_DAYS, clock.instant());
    }

    /// Who delegated may take it back, and an admin.
    private Optional<Refusal> stranger(PersonId person, Delegation delegation) {
        return person.equals(delegation.from())
                        || people.find(person).filter(p -> p.has(Role.ADMIN)).isPresent()
                ? Optional.empty()
                : refusal(
                        Code.NOT_ENTITLED,
                        "this is somebody else's delegation",
                        "Ask who delegated, or an admin.");
    }

    private Optional<Refusal> gone(String id) {
        return store.find(id).filter(each -> each.runs(clock.instant())).isPresent()
                ? Optional.empty()
                : refusal(
                        Code.WRONG_STATUS,
                        "there is no such delegation, or it has ended",
                        "Load the page again.");
    }

    private Delegation existing(String id) {
        return store.find(id).orElseThrow(() -> new IllegalStateException(id + " is gone"));
    }

    private static Optional<Refusal> refusal(Code code, String problem, String mend) {
        return Optional.of(new Refusal(code, problem, mend));
    }
}
