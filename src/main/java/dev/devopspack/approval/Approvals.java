package dev.devopspack.approval;

import dev.devopspack.approval.Approval.Status;
import dev.devopspack.approval.Refusal.Code;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.CommitAuthor;
import dev.devopspack.change.Digest;
import dev.devopspack.change.Hidden;
import dev.devopspack.change.Requester;
import dev.devopspack.change.Target;
import dev.devopspack.change.Transactions;
import dev.devopspack.identity.NotAllowed;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.Secrets;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// Approval requests: opened, looked at, ended. Nothing here decides; {@link Decisions} does.
public final class Approvals {

    /// What ends by time is ended in batches of this size.
    private static final int SWEEP = 500;

    /// All who are ever named as authors of one change set: a submission names up to a hundred, and
    /// the same files can be submitted again.
    private static final int MAX_AUTHORS = 1_000;

    private static final int ID_LENGTH = 26;

    /// What a pipeline returns to lies within these, or people look for it.
    private static final int EARLIER = 50;

    private static final Set<Status> USED =
            Set.of(Status.CONSUMED, Status.SUCCEEDED, Status.FAILED, Status.UNKNOWN);

    private static final Duration WITHIN = Duration.ofHours(1);

    private static final List<Status> LIVE =
            List.of(Status.PENDING, Status.APPROVED, Status.RESERVED);

    private final ApprovalPolicy policy;
    private final ApprovalStore store;
    private final Trail trail;
    private final Transactions transactions;
    private final Secrets secrets;
    private final Clock clock;
    private final int mostAnHour;

    /// @param mostAnHour how often one requester may ask people within an hour
    public Approvals(
            ApprovalPolicy policy,
            ApprovalStore store,
            AuditLog log,
            Transactions transactions,
            Secrets secrets,
            Clock clock,
            int mostAnHour) {
        this.mostAnHour = mostAnHour;
        this.policy = policy;
        this.store = store;
        this.trail = new Trail(log);
        this.transactions = transactions;
        this.secrets = secrets;
        this.clock = clock;
    }

    public sealed interface Opened {

        record New(Approval approval) implements Opened {}

        /// The same was asked before and still waits, or is approved and not used yet.
        record Existing(Approval approval) implements Opened {}

        record Refused(Refusal refusal) implements Opened {}
    }

    /// As the other one, with a text that does not depend on the time.
    public Opened open(ChangeSet changeSet, Digest verdicts, Rendering rendering, Principal by) {
        return open(changeSet, verdicts, _ -> rendering, by);
    }

    /// Asks people about a change set, once: the same digest with the same verdicts, text and
    /// policy is the same request. One with other verdicts or another text takes the older one's
    /// place.
    ///
    /// The caller has seen to it that the other gates open.
    ///
    /// @param verdicts the digest of the other gates' verdicts
    /// @param rendering the exact text that people will read and sign, for the time at which they
    ///   are asked: the text names that time and those that follow from it
    /// @throws IllegalArgumentException if the text holds characters that cannot be seen
    public Opened open(
            ChangeSet changeSet,
            Digest verdicts,
            Function<Instant, Rendering> rendering,
            Principal by) {
        if (!changeSet.manifest().policy().equals(policy.digest())) {
            return new Opened.Refused(
                    new Refusal(
                            Code.POLICY_CHANGED,
                            "the approval policy was changed since the change set was made",
                            "Make the change set again."));
        }
        return transactions.inOne(
                () -> openNow(changeSet, verdicts, at -> readable(rendering.apply(at)), by));
    }

    private static Rendering readable(Rendering rendering) {
        if (!Hidden.marked(rendering.text()).equals(rendering.text())) {
            throw new IllegalArgumentException("the text to sign holds invisible characters");
        }
        return rendering;
    }

    /// Takes the rows of all requests for the change set, before anything about it is written into
    /// the log: whoever holds the log waits for no row.
    public void hold(ChangeSetId changeSet) {
        store.ofChangeSet(changeSet).stream()
                .map(approval -> approval.request().id())
                .sorted(Comparator.comparing(ApprovalId::value))
                .forEach(store::lock);
    }

    private Opened openNow(
            ChangeSet changeSet,
            Digest verdicts,
            Function<Instant, Rendering> renderings,
            Principal by) {
        Instant now = clock.instant();
        Instant created = now.truncatedTo(ChronoUnit.SECONDS);
        Rendering rendering = renderings.apply(created);
        for (Approval before : store.ofChangeSet(changeSet.id())) {
            if (before.status() == Status.DENIED) {
                return new Opened.Refused(
                        new Refusal(
                                Code.DENIED_BEFORE,
                                "exactly this change set was denied: " + before.note(),
                                "Change what the reason names and make a new change set."));
            }
            if (before.statusAt(now).live()) {
                Rendering then = renderings.apply(before.request().createdAt());
                if (same(before.request(), verdicts, then)) {
                    return new Opened.Existing(before);
                }
                supersede(before, by, now);
            } else if (before.status().live()) {
                expire(before, now);
            }
        }
        Requester requester = changeSet.manifest().requester();
        if (store.askedSince(requester, created.minus(WITHIN)) >= mostAnHour) {
            return tooOften(changeSet, by);
        }
        ApprovalRequest request = request(changeSet, verdicts, rendering, created);
        if (!store.insert(request)) {
            // Somebody else opened it at the same moment.
            return store.ofChangeSet(changeSet.id()).stream()
                    .filter(other -> same(other.request(), verdicts, rendering))
                    .findFirst()
                    .<Opened>map(Opened.Existing::new)
                    .orElseThrow(() ->
                            new IllegalStateException("another request was opened meanwhile"));
        }
        trail.append(
                "approval.opened",
                by.actor(),
                request,
                Map.of(
                        "verdicts", verdicts.value(),
                        "rendering", rendering.digest().value(),
                        "policy", request.policy().value(),
                        "quorum", String.valueOf(request.quorum()),
                        "decideBy", request.decideBy().toString()));
        return new Opened.New(existing(request.id()));
    }

    private Opened tooOften(ChangeSet changeSet, Principal by) {
        trail.refusedToOpen(changeSet, by, Code.ASKED_TOO_OFTEN);
        return new Opened.Refused(
                new Refusal(
                        Code.ASKED_TOO_OFTEN,
                        "this requester asked people "
                                + mostAnHour
                                + " times within an hour: more is not read",
                        "Put what belongs together into one change set, or ask again in an"
                                + " hour."));
    }

    private ApprovalRequest request(
            ChangeSet changeSet, Digest verdicts, Rendering rendering, Instant created) {
        Environment environment = environment(changeSet.target());
        ApprovalPolicy.Terms terms = policy.terms(environment);
        return new ApprovalRequest(
                new ApprovalId("ap-" + secrets.id(ID_LENGTH)),
                changeSet.id(),
                changeSet.digest(),
                verdicts,
                rendering,
                environment,
                changeSet.target().stack(),
                changeSet.manifest().requester(),
                policy.digest(),
                policy.quorum(environment, changeSet.manifest().requester()),
                created,
                created.plus(terms.decideWithin()),
                terms.executeWithin());
    }

    /// A secret needs people wherever it goes; where nobody said where, the strictest answer holds.
    public static Environment environment(Target target) {
        return Objects.requireNonNullElse(target.environment(), Environment.PRODUCTION);
    }

    private boolean same(ApprovalRequest request, Digest verdicts, Rendering rendering) {
        return request.verdicts().equals(verdicts)
                && request.rendering().equals(rendering)
                && request.policy().equals(policy.digest());
    }

    private void supersede(Approval before, Principal by, Instant now) {
        String note = "the gates judged again or the text changed; a newer request takes its place";
        if (store.end(before.request().id(), LIVE, Status.REVOKED, note, now)) {
            trail.append("approval.revoked", by.actor(), before.request(), Map.of("why", note));
        }
    }

    /// Keeps who wrote the commits of a change set, as its submitter says: these people never count
    /// for it. Nobody gains a right by it, and who was named stays named.
    ///
    /// @return those who were not named before
    /// @throws InvalidInput if more were named by and by than a change set can have
    public Set<CommitAuthor> author(ChangeSetId changeSet, Set<CommitAuthor> authors) {
        if (authors.isEmpty()) {
            return Set.of();
        }
        Set<CommitAuthor> before = store.authorsOf(changeSet);
        Set<CommitAuthor> added = new HashSet<>(authors);
        added.removeAll(before);
        if (before.size() + added.size() > MAX_AUTHORS) {
            throw new InvalidInput(
                    "authors",
                    "more than " + MAX_AUTHORS + " were named for this change set by and by",
                    "Submit it without authors: those who were named before stay named.");
        }
        store.author(changeSet, added);
        return added;
    }

    /// Who wrote its commits, as its submitters said; checked by nobody.
    public Set<CommitAuthor> authorsOf(ChangeSetId changeSet) {
        return store.authorsOf(changeSet);
    }

    public Optional<Approval> find(ApprovalId id) {
        return store.find(id);
    }

    /// The other uses of grants of the same stack in the same environment, what changed last first.
    ///
    /// @return nothing where there is no such approval
    public Optional<List<Approval>> earlier(ApprovalId id) {
        return store.find(id)
                .map(Approval::request)
                .map(request ->
                        store.ofStack(request.stack(), request.environment(), SWEEP).stream()
                                .filter(other -> !other.request().id().equals(id))
                                .filter(other -> USED.contains(other.status()))
                                .sorted(Comparator.comparing(Approval::changedAt).reversed())
                                .limit(EARLIER)
                                .toList());
    }

    /// All requests for the change set, the newest first.
    public List<Approval> ofChangeSet(ChangeSetId changeSet) {
        return store.ofChangeSet(changeSet);
    }

    /// The newest first.
    public List<Approval> newest(int limit) {
        return store.newest(limit);
    }

    /// Those that wait for people, the nearest deadline first.
    public List<Approval> pending(int limit) {
        Instant now = clock.instant();
        return store.pending(limit).stream()
                .filter(approval -> approval.statusAt(now) == Status.PENDING)
                .toList();
    }

    /// Takes a request or an unused grant back.
    ///
    /// @param by signed in: an approver, an admin or the human who asked
    /// @return nothing where it was done
    /// @throws NotAllowed if `by` may not
    public Optional<Refusal> revoke(ApprovalId id, Principal by, String reason) {
        return transactions.inOne(() -> {
            Approval approval = store.lock(id).orElse(null);
            if (approval == null) {
                return Optional.of(unknown(id));
            }
            checkMayRevoke(approval, by);
            String why = ReasonText.of(reason);
            Instant now = clock.instant();
            if (!approval.statusAt(now).live() || !store.end(id, LIVE, Status.REVOKED, why, now)) {
                return Optional.of(
                        new Refusal(
                                Code.WRONG_STATUS,
                                "it is " + approval.statusAt(now) + " already",
                                "There is nothing to take back."));
            }
            trail.append("approval.revoked", by.actor(), approval.request(), Map.of("why", why));
            return Optional.empty();
        });
    }

    private static void checkMayRevoke(Approval approval, Principal by) {
        boolean may =
                switch (by.kind()) {
                    case SYSTEM -> true;
                    case TOKEN, WORKLOAD -> false;
                    case SESSION ->
                            by.roles().contains(Role.APPROVER)
                                    || by.roles().contains(Role.ADMIN)
                                    || asked(approval).test(by);
                };
        if (!may) {
            throw new NotAllowed(
                    "only an approver, an admin or the human who asked takes an approval back",
                    "Sign in on the page as one of them.");
        }
    }

    private static Predicate<Principal> asked(Approval approval) {
        return by ->
                by.person() != null
                        && by.person().toString().equals(approval.request().requester().person());
    }

    /// Ends what has run out of time. Reading does not depend on it: {@link Approval#statusAt} is
    /// right without.
    ///
    /// @return how many it ended
    public int sweep() {
        Instant now = clock.instant();
        // Each for itself: with the log held, the row of the next one may belong to somebody who
        // waits for the log.
        return (int)
                transactions.inOne(() -> store.due(now, SWEEP)).stream()
                        .filter(due -> transactions.inOne(() -> expire(due, now)))
                        .count();
    }

    private boolean expire(Approval approval, Instant now) {
        String note =
                approval.status() == Status.PENDING
                        ? "nobody decided in time"
                        : "the grant was not used in time";
        List<Status> from = List.of(approval.status());
        boolean ended = store.end(approval.request().id(), from, Status.EXPIRED, note, now);
        if (ended) {
            trail.append("approval.expired", "system", approval.request(), Map.of("why", note));
        }
        return ended;
    }

    private Approval existing(ApprovalId id) {
        return store.find(id)
                .orElseThrow(() -> new IllegalStateException("approval " + id + " is gone"));
    }

    static Refusal unknown(ApprovalId id) {
        return new Refusal(
                Code.UNKNOWN_APPROVAL,
                "there is no approval '" + id + "'",
                "Use the id from the answer that opened it.");
    }
}
