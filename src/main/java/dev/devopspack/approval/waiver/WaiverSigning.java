package dev.devopspack.approval.waiver;

import dev.devopspack.approval.ApprovalStore;
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
import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.CommitAuthor;
import dev.devopspack.change.Hidden;
import dev.devopspack.change.Requester;
import dev.devopspack.identity.NotAllowed;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.PersonStore;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Secrets;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.StackName;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where an approver of an environment waives a finding, and takes a waiver back: signed in, and
/// each time with a passkey. No token comes here, whatever its roles, and no tool.
public final class WaiverSigning {

    /// What is accepted longer than a quarter of a year should be a rule of one's own.
    public static final int LONGEST_DAYS = 90;

    private static final int ID_LENGTH = 16;

    /// What stands in the signed text where the finding is about the file.
    private static final String NO_RESOURCE = "-";

    private final Acts acts;
    private final WaiverStore store;
    private final PersonStore people;
    private final Secrets secrets;
    private final ApprovalStore approvals;
    private final Clock clock;

    public WaiverSigning(
            Acts acts,
            WaiverStore store,
            PersonStore people,
            Secrets secrets,
            ApprovalStore approvals,
            Clock clock) {
        this.approvals = approvals;
        this.acts = acts;
        this.store = store;
        this.people = people;
        this.secrets = secrets;
        this.clock = clock;
    }

    /// A waiver as it stands now.
    ///
    /// @param changeSet on whose page it was signed
    public record Waived(Waiver waiver, ChangeSetId changeSet) {}

    /// Why this person may not waive there; nothing where he may.
    ///
    /// @throws NotAllowed unless `by` is a signed-in person
    public Optional<Refusal> barred(Principal by, Environment environment, Requester requester) {
        return barred(Acts.person(by), environment, requester.person());
    }

    /// @param changeSet on whose page it is asked for
    /// @param requester of that change set, whose own human may not waive
    /// @param until the last day on which it counts, in UTC
    /// @throws NotAllowed unless `by` is a signed-in person
    public Prepared prepare(
            Principal by,
            ChangeSetId changeSet,
            Requester requester,
            WaiverScope scope,
            String reason,
            LocalDate until) {
        PersonId person = Acts.person(by);
        Optional<Refusal> refusal =
                barred(person, scope.environment(), requester.person())
                        .or(() -> author(person, changeSet))
                        .or(() -> bounded(until));
        if (refusal.isPresent()) {
            return new Prepared.Refused(refusal.get());
        }
        Map<String, String> facts = new HashMap<>();
        facts.put("changeSet", changeSet.value());
        facts.put("rule", scope.rule());
        facts.put("file", visible(scope.file()));
        facts.put("resource", scope.resource().isEmpty() ? NO_RESOURCE : visible(scope.resource()));
        facts.put("finding", visible(scope.message()));
        facts.put("stack", scope.stack().value());
        facts.put("environment", scope.environment().value());
        facts.put("reason", ReasonText.required("reason", reason));
        facts.put("until", until.toString());
        facts.put("requester", requester.person() == null ? "nobody knows" : requester.person());
        return acts.prepare(person, Act.Kind.WAIVE, facts);
    }

    /// Waives what was prepared, if the person signed it.
    ///
    /// @throws NotAllowed unless `by` is a signed-in person
    public Result<Waived> waive(Principal by, Signature signature) {
        return acts.sign(by, Act.Kind.WAIVE, signature, this::waive);
    }

    private Result<Waived> waive(Signed signed) {
        PersonId person = signed.person();
        Act act = signed.act();
        WaiverScope scope = scope(act);
        LocalDate until = LocalDate.parse(act.fact("until"));
        Optional<Refusal> refusal =
                barred(person, scope.environment(), act.fact("requester"))
                        .or(() -> author(person, new ChangeSetId(act.fact("changeSet"))))
                        .or(() -> bounded(until));
        if (refusal.isPresent()) {
            return new Result.Refused<>(refusal.get());
        }
        String id = "wv-" + secrets.id(ID_LENGTH);
        SignedAct kept = acts.keep(signed, "waiver.signed", Map.of("waiver", id));
        Waiver waiver =
                new Waiver(
                        id,
                        scope,
                        act.fact("reason"),
                        person,
                        kept.signedAt(),
                        LastDay.end(until),
                        kept.id(),
                        null);
        store.insert(waiver);
        return new Result.Done<>(new Waived(waiver, new ChangeSetId(act.fact("changeSet"))));
    }

    /// @throws NotAllowed unless `by` is a signed-in person
    public Prepared prepareEnd(Principal by, String id, String reason) {
        PersonId person = Acts.person(by);
        Optional<Refusal> refusal = gone(id);
        if (refusal.isPresent()) {
            return new Prepared.Refused(refusal.get());
        }
        WaiverScope scope = existing(id).scope();
        return barred(person, scope.environment(), null)
                .<Prepared>map(Prepared.Refused::new)
                .orElseGet(() ->
                        acts.prepare(
                                person,
                                Act.Kind.END_WAIVER,
                                Map.of(
                                        "waiver", id,
                                        "rule", scope.rule(),
                                        "stack", scope.stack().value(),
                                        "environment", scope.environment().value(),
                                        "reason", ReasonText.required("reason", reason))));
    }

    /// Takes back what was prepared, if the person signed it. What was approved with it and not
    /// used yet is not usable any more.
    ///
    /// @throws NotAllowed unless `by` is a signed-in person
    public Result<Waived> end(Principal by, Signature signature) {
        return acts.sign(by, Act.Kind.END_WAIVER, signature, this::end);
    }

    private Result<Waived> end(Signed signed) {
        PersonId person = signed.person();
        String id = signed.fact("waiver");
        Optional<Refusal> refusal =
                gone(id).or(() -> barred(person, existing(id).scope().environment(), null));
        if (refusal.isPresent()) {
            return new Result.Refused<>(refusal.get());
        }
        SignedAct kept = acts.keep(signed, "waiver.ended", Map.of());
        if (!store.end(id, kept.ending())) {
            throw new InvalidInput("waiver", "it was taken back already", "Load the page again.");
        }
        Waiver ended = existing(id);
        ChangeSetId madeOn =
                acts.find(ended.act())
                        .map(act -> new ChangeSetId(act.act().fact("changeSet")))
                        .orElseThrow(() -> new IllegalStateException(ended.act() + " is gone"));
        return new Result.Done<>(new Waived(ended, madeOn));
    }

    private static WaiverScope scope(Act act) {
        String resource = act.fact("resource");
        return new WaiverScope(
                act.fact("rule"),
                act.fact("file"),
                resource.equals(NO_RESOURCE) ? "" : resource,
                act.fact("finding"),
                new StackName(act.fact("stack")),
                new Environment(act.fact("environment")));
    }

    /// What is waived must be what a person can read.
    private static String visible(String text) {
        if (Hidden.firstIn(text) >= 0) {
            throw new InvalidInput(
                    "finding",
                    "it holds characters that cannot be seen",
                    "Mend the file: what cannot be read cannot be waived.");
        }
        return text;
    }

    private Optional<Refusal> barred(
            PersonId person, Environment environment, @Nullable String requester) {
        Optional<Person> found = people.find(person);
        if (found.isEmpty() || !found.get().approvesIn(environment)) {
            return refusal(
                    Code.NOT_ENTITLED,
                    "you do not approve in " + environment,
                    "Ask an approver of " + environment + ".");
        }
        return person.toString().equals(requester)
                ? refusal(
                        Code.OWN_REQUEST,
                        "the change set was asked for in your name",
                        "Somebody else must waive.")
                : Optional.empty();
    }

    private Optional<Refusal> author(PersonId person, ChangeSetId changeSet) {
        Set<CommitAuthor> authors = approvals.authorsOf(changeSet);
        return people.find(person)
                        .filter(found -> found.commitsAs().stream().anyMatch(authors::contains))
                        .isPresent()
                ? refusal(
                        Code.OWN_REQUEST,
                        "you wrote a commit of the change set",
                        "Somebody else must waive.")
                : Optional.empty();
    }

    private Optional<Refusal> bounded(LocalDate until) {
        return LastDay.barred(until, LONGEST_DAYS, clock.instant());
    }

    private Optional<Refusal> gone(String id) {
        return store.find(id).filter(waiver -> waiver.runs(clock.instant())).isPresent()
                ? Optional.empty()
                : refusal(
                        Code.WRONG_STATUS,
                        "there is no such waiver, or it has ended",
                        "Load the page again.");
    }

    private Waiver existing(String id) {
        return store.find(id).orElseThrow(() -> new IllegalStateException(id + " is gone"));
    }

    private static Optional<Refusal> refusal(Code code, String problem, String mend) {
        return Optional.of(new Refusal(code, problem, mend));
    }
}
