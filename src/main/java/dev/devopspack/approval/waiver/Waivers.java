package dev.devopspack.approval.waiver;

import dev.devopspack.approval.ApprovalRequest;
import dev.devopspack.approval.ApprovalStore;
import dev.devopspack.approval.Refusal;
import dev.devopspack.approval.act.ActStore;
import dev.devopspack.approval.act.Ended;
import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.CommitAuthor;
import dev.devopspack.change.Digest;
import dev.devopspack.change.Requester;
import dev.devopspack.identity.PasskeyStore;
import dev.devopspack.identity.PersonStore;
import dev.devopspack.task.Environment;
import dev.devopspack.task.StackName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which waivers count at this moment. Makes none; {@link WaiverSigning} does.
public final class Waivers {

    /// So long before its end a waiver is reminded of: two weeks hold a sprint.
    public static final Duration REMINDED = Duration.ofDays(14);

    private final WaiverStore store;
    private final ActStore acts;
    private final PersonStore people;
    private final PasskeyStore passkeys;
    private final ApprovalStore approvals;
    private final Clock clock;

    public Waivers(
            WaiverStore store,
            ActStore acts,
            PersonStore people,
            PasskeyStore passkeys,
            ApprovalStore approvals,
            Clock clock) {
        this.approvals = approvals;
        this.store = store;
        this.acts = acts;
        this.people = people;
        this.passkeys = passkeys;
        this.clock = clock;
    }

    /// Those that count for what this requester asks for there, the oldest first. One that the
    /// requester's own human signed does not.
    public List<Waiver> counting(StackName stack, Environment environment, Requester requester) {
        return store.running(stack, environment, clock.instant()).stream()
                .filter(waiver -> counts(waiver, requester))
                .toList();
    }

    private boolean counts(Waiver waiver, Requester requester) {
        return waiver.runs(clock.instant())
                && !waiver.by().toString().equals(requester.person())
                && people.find(waiver.by())
                        .filter(person -> person.approvesIn(waiver.scope().environment()))
                        .isPresent()
                && acts.find(waiver.act())
                        .filter(signed -> signed.isStillOf(waiver.by(), passkeys))
                        .isPresent();
    }

    /// Who wrote a commit of a change excuses nothing in it.
    private boolean wrote(Waiver waiver, ApprovalRequest request) {
        Set<CommitAuthor> authors = approvals.authorsOf(request.changeSet());
        return people.find(waiver.by())
                .filter(person -> person.commitsAs().stream().anyMatch(authors::contains))
                .isPresent();
    }

    /// Remembers that verdicts counted waivers.
    public void used(ChangeSetId changeSet, Digest verdicts, List<String> waivers) {
        store.used(changeSet, verdicts, waivers);
    }

    /// Why what these verdicts say is not so any more: a waiver that they counted has ended.
    public Optional<Refusal> against(ApprovalRequest request) {
        return store.usedBy(request.changeSet(), request.verdicts()).stream()
                .filter(waiver -> !counts(waiver, request.requester()) || wrote(waiver, request))
                .findFirst()
                .map(waiver ->
                        new Refusal(
                                Refusal.Code.WAIVER_ENDED,
                                "the waiver "
                                        + waiver.id()
                                        + " of "
                                        + waiver.scope().rule()
                                        + " does not count any more: "
                                        + why(waiver),
                                "Mend the finding or waive it anew; the gates then judge again."));
    }

    private String why(Waiver waiver) {
        Ended ended = waiver.ended();
        if (ended != null) {
            return "it was taken back at " + ended.at();
        }
        Instant until = waiver.until();
        return clock.instant().isBefore(until)
                ? "who signed it does not approve there any more, or wrote a commit of this change"
                : "it ended at " + until;
    }

    /// All that run now, the one that ends first first.
    public List<Waiver> running() {
        return store.running(clock.instant());
    }

    /// Those that end soon, the first first.
    public List<Waiver> endingSoon() {
        Instant soon = clock.instant().plus(REMINDED);
        return running().stream().filter(waiver -> waiver.until().isBefore(soon)).toList();
    }

    /// One that verdicts name.
    public Waiver find(String id) {
        return store.find(id).orElseThrow(() -> new IllegalStateException(id + " is gone"));
    }

    /// The newest first, also those that have ended.
    public List<Waiver> newest(int limit) {
        return store.newest(limit);
    }
}
