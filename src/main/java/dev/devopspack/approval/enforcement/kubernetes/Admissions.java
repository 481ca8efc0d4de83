package dev.devopspack.approval.enforcement.kubernetes;

import dev.devopspack.approval.Approval;
import dev.devopspack.approval.ApprovalId;
import dev.devopspack.approval.ApprovalStore;
import dev.devopspack.approval.Grants;
import dev.devopspack.approval.PresentedFiles;
import dev.devopspack.approval.Refusal;
import dev.devopspack.approval.pause.Pauses;
import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.change.Digest;
import dev.devopspack.change.Transactions;
import dev.devopspack.identity.Principal;
import dev.devopspack.task.InvalidInput;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Answers clusters: what a deployer brings in must be what people approved, and each approved
/// object is taken once.
///
/// The first object of a change set consumes its grant, in the same transaction; the others follow
/// while its time lasts. A change that changes nothing is always let in, so that a deployer may go
/// on comparing.
public final class Admissions {

    /// The API server asks again when somebody else was faster at storing the same object; a minute
    /// is long for that and short for anybody who would put an old object back.
    static final Duration AGAIN = Duration.ofMinutes(1);

    /// More grants than are open for one environment at once.
    private static final int MAX_APPROVALS = 200;

    /// As many change sets as are carried out at once; each holds some thousand objects at most.
    private static final int MAX_READ = 32;

    /// A message that is longer is cut by the API server's clients.
    private static final int MAX_MESSAGE_LENGTH = 1_500;

    /// What the API server changes itself; not what a deployer changes.
    private static final Set<String> BOOKKEEPING =
            Set.of("managedFields", "resourceVersion", "generation", "creationTimestamp", "uid");

    private final List<Cluster> clusters;
    private final ApprovalStore approvals;
    private final ChangeSetStore changeSets;
    private final Grants grants;
    private final Pauses pauses;
    private final AdmissionStore store;
    private final AuditLog log;
    private final Transactions transactions;
    private final Clock clock;

    private final Map<ChangeSetId, ApprovedObjects> read =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(
                        Map.Entry<ChangeSetId, ApprovedObjects> eldest) {
                    return size() > MAX_READ;
                }
            };

    public Admissions(
            List<Cluster> clusters,
            ApprovalStore approvals,
            ChangeSetStore changeSets,
            Grants grants,
            Pauses pauses,
            AdmissionStore store,
            AuditLog log,
            Transactions transactions,
            Clock clock) {
        this.clusters = List.copyOf(clusters);
        this.approvals = approvals;
        this.changeSets = changeSets;
        this.grants = grants;
        this.pauses = pauses;
        this.store = store;
        this.log = log;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// @param name as it stands in the path
    /// @param secret as it was shown
    /// @return nothing where there is no such cluster or the secret is not its secret
    public Optional<Cluster> cluster(String name, String secret) {
        return clusters.stream()
                .filter(cluster -> cluster.name().equals(name) && cluster.secret().is(secret))
                .findFirst();
    }

    /// @param text the review as it came
    public Admission answer(Cluster cluster, String text) {
        Review review;
        try {
            review = Review.parse(text);
        } catch (InvalidInput e) {
            return Admission.denied("", "DevOps Pack: " + e.problem());
        }
        if (cluster.isExempt(review.user(), review.groups())) {
            return Admission.allowed(review.uid());
        }
        if (!cluster.isDeployer(review.user())) {
            return switch (cluster.others()) {
                case ALLOW -> Admission.allowed(review.uid());
                case DENY ->
                        denied(
                                review,
                                "'"
                                        + review.user()
                                        + "' is no deployer of this cluster. Let the deployer"
                                        + " bring in what was approved, or ask the operator of"
                                        + " DevOps Pack to exempt this user.");
            };
        }
        // Of two that ask the same at once, the second one waits for the first one's row.
        return transactions.inOne(() -> {
            Optional<Admission> before = store.answer(cluster.name(), review.uid());
            if (before.isPresent()) {
                return before.get();
            }
            Admission answer = judged(cluster, review);
            return store.keep(cluster.name(), answer, clock.instant())
                    ? answer
                    : store.answer(cluster.name(), review.uid())
                            .orElseThrow(() -> new IllegalStateException("an answer is gone"));
        });
    }

    private Admission judged(Cluster cluster, Review review) {
        if (!review.subresource().isEmpty()) {
            return denied(
                    review, "a deployer changes objects, not their '" + review.subresource() + "'");
        }
        return switch (review.operation()) {
            case "CREATE", "UPDATE" -> changed(cluster, review);
            case "DELETE" ->
                    denied(
                            review,
                            "no approval says that an object may go. Let somebody who is exempt"
                                    + " delete it, or approve its replacement.");
            default -> denied(review, "a deployer has no use for " + review.operation());
        };
    }

    private Admission changed(Cluster cluster, Review review) {
        if (review.operation().equals("UPDATE")
                && withoutBookkeeping(review.object())
                        .equals(withoutBookkeeping(review.stored()))) {
            return Admission.allowed(review.uid());
        }
        Optional<ObjectName> named = ApprovedObjects.nameOf(review.object());
        if (named.isEmpty()) {
            return denied(review, "the object has no apiVersion, kind or name");
        }
        ObjectName name = named.get();
        if (!name.namespace().equals(review.namespace())) {
            return denied(review, "the object names another namespace than the review");
        }
        Instant now = clock.instant();
        List<Candidate> candidates = candidates(cluster, review, name, now);
        hold(candidates);
        Optional<String> why = Optional.empty();
        for (Candidate candidate : candidates) {
            Approval approval = candidate.approval();
            Optional<String> refusal =
                    candidate
                            .difference()
                            .or(() -> pauses.against(approval.request()).map(Refusal::problem))
                            .or(() ->
                                    use(
                                            cluster,
                                            review,
                                            approval,
                                            candidate.changeSet(),
                                            name,
                                            now));
            if (refusal.isEmpty()) {
                return Admission.allowed(review.uid());
            }
            why = why.or(() -> refusal.map(reason -> approval.request().id() + ": " + reason));
        }
        return denied(
                review,
                why.orElse(
                        "no open approval for '"
                                + cluster.environment()
                                + "' holds "
                                + name
                                + ". Submit the manifest with its namespace and let people"
                                + " approve it."));
    }

    /// An open approval that holds an object of this name.
    ///
    /// @param difference between the object and what was approved
    private record Candidate(Approval approval, ChangeSet changeSet, Optional<String> difference) {}

    private List<Candidate> candidates(
            Cluster cluster, Review review, ObjectName name, Instant now) {
        List<Candidate> candidates = new ArrayList<>();
        for (Approval approval : approvals.usable(cluster.environment(), now, MAX_APPROVALS)) {
            ChangeSet changeSet = changeSet(approval.request().changeSet());
            objects(changeSet)
                    .find(name)
                    .map(approved ->
                            new Candidate(approval, changeSet, different(approved, review)))
                    .ifPresent(candidates::add);
        }
        return candidates;
    }

    /// Takes the rows of all that may be used. A use that is refused is written into the log, and
    /// the log is held until the end: whoever then took the next row would wait for somebody who
    /// has it and waits for the log. So every row comes first, in one order, and then the log.
    private void hold(List<Candidate> candidates) {
        candidates.stream()
                .filter(candidate -> candidate.difference().isEmpty())
                .map(candidate -> candidate.approval().request().id())
                .sorted(Comparator.comparing(ApprovalId::value))
                .forEach(approvals::lock);
    }

    /// What was stored never changes, so it is read once.
    private ApprovedObjects objects(ChangeSet changeSet) {
        synchronized (read) {
            return read.computeIfAbsent(
                    changeSet.id(), _ -> ApprovedObjects.in(changeSet.artifacts()));
        }
    }

    private static Optional<String> different(Map<String, Object> approved, Review review) {
        List<String> differences =
                Comparison.differences(approved, review.object(), review.stored());
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join("; ", differences));
    }

    private Optional<String> use(
            Cluster cluster,
            Review review,
            Approval approval,
            ChangeSet changeSet,
            ObjectName name,
            Instant now) {
        Principal caller = Principal.enforcer(cluster.actor(), "cluster " + cluster.name());
        Grants.Claim claim =
                new Grants.Claim(
                        approval.request().id(),
                        changeSet.digest(),
                        cluster.environment(),
                        PresentedFiles.of(changeSet.artifacts()),
                        changeSet.planFile());
        // Of the objects of one change set that come at once, one consumes its grant and the others
        // wait for it.
        boolean consumed =
                approvals
                        .lock(approval.request().id())
                        .filter(locked -> locked.status() == Approval.Status.CONSUMED)
                        .isPresent();
        // Each object is a use: roles, passkeys, waivers and pauses are looked at again.
        Optional<Refusal> refusal =
                consumed
                        ? grants.changed(approval.request().id())
                        : refusal(
                                review.dryRun()
                                        ? grants.check(caller, claim)
                                        : grants.consume(caller, claim));
        if (refusal.isPresent()) {
            return refusal.map(why -> why.problem() + ". " + why.mend());
        }
        if (review.dryRun()) {
            return Optional.empty();
        }
        Digest content = Digest.of(sorted(withoutBookkeeping(review.object())).toString());
        AdmissionStore.Taken taken =
                store.take(approval.request().id(), cluster.name(), name.toString(), content, now);
        if (!taken.content().equals(content) || !now.isBefore(taken.at().plus(AGAIN))) {
            return Optional.of(
                    "the approved object was taken before, at "
                            + taken.at()
                            + ". Ask for the approval again.");
        }
        log.append(
                AuditEntry.of(
                        "grant.admitted",
                        caller.actor(),
                        Map.of(
                                "approval", approval.request().id().value(),
                                "changeSet", changeSet.id().value(),
                                "digest", changeSet.digest().value(),
                                "environment", cluster.environment().value(),
                                "object", name.toString(),
                                "user", review.user())));
        return Optional.empty();
    }

    private static Optional<Refusal> refusal(Grants.Used used) {
        return switch (used) {
            case Grants.Used.Done _ -> Optional.empty();
            case Grants.Used.Refused refused -> Optional.of(refused.refusal());
        };
    }

    private ChangeSet changeSet(ChangeSetId id) {
        return changeSets.find(id).orElseThrow(() -> new IllegalStateException(id + " is gone"));
    }

    private static Map<String, Object> withoutBookkeeping(Map<String, Object> object) {
        Map<String, Object> copy = new LinkedHashMap<>(object);
        copy.remove("status");
        if (copy.get("metadata") instanceof Map<?, ?> metadata) {
            Map<Object, Object> kept = new HashMap<>(metadata);
            BOOKKEEPING.forEach(kept::remove);
            copy.put("metadata", kept);
        }
        return copy;
    }

    /// With the names in order, so that equal objects have equal texts.
    private static Object sorted(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, Object> copy = new TreeMap<>();
                map.forEach((key, inner) -> copy.put((String) key, sorted(inner)));
                yield copy;
            }
            case List<?> list -> list.stream().map(Admissions::sorted).toList();
            default -> value;
        };
    }

    private static Admission denied(Review review, String why) {
        String message = "DevOps Pack: " + why;
        return Admission.denied(
                review.uid(),
                message.length() <= MAX_MESSAGE_LENGTH
                        ? message
                        : message.substring(0, MAX_MESSAGE_LENGTH) + "…");
    }
}
