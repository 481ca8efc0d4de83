package dev.devopspack.approval;

import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.CommitAuthor;
import dev.devopspack.change.GateId;
import dev.devopspack.change.Requester;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.PersonStore;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Looks at who is named as an author before the name counts. Nobody checks such a claim and nobody
/// takes it back, so it must not keep so many people from approving that too few are left.
public final class NamedAuthors {

    private final ApprovalPolicy policy;
    private final ApprovalStore store;
    private final PersonStore people;

    public NamedAuthors(ApprovalPolicy policy, ApprovalStore store, PersonStore people) {
        this.policy = policy;
        this.store = store;
        this.people = people;
    }

    /// A claim that is not taken: nothing of the submission is kept either.
    public static final class TooFewLeft extends InvalidInput {

        private TooFewLeft(Environment environment, long left, int needed) {
            super(
                    "authors",
                    "an author approves nothing, and beside the named ones "
                            + left
                            + " people could approve in "
                            + environment
                            + ", where "
                            + needed
                            + (needed == 1 ? " is needed" : " are needed"),
                    "Name only who wrote these commits. Where that is right, let an admin give the"
                            + " role APPROVER to somebody who wrote none, and submit it again.");
        }
    }

    /// Why these names are not taken; nothing where enough people are left, where nobody must
    /// approve, or where too few could approve without them as well.
    ///
    /// @param named by the submission that is at the door, beside those who were named before
    public Optional<TooFewLeft> against(ChangeSet changeSet, Set<CommitAuthor> named) {
        if (named.isEmpty() || !changeSet.manifest().requiredGates().contains(GateId.APPROVAL)) {
            return Optional.empty();
        }
        Environment environment = Approvals.environment(changeSet.target());
        Requester requester = changeSet.manifest().requester();
        int needed = policy.quorum(environment, requester);
        Set<CommitAuthor> before = store.authorsOf(changeSet.id());
        Set<CommitAuthor> all = new HashSet<>(before);
        all.addAll(named);
        long left = approvers(environment, requester, all);
        return left >= needed || approvers(environment, requester, before) < needed
                ? Optional.empty()
                : Optional.of(new TooFewLeft(environment, left, needed));
    }

    /// Those who could approve there by their own right. Whoever stands in for one of them counts
    /// for that one, so nobody is forgotten.
    private long approvers(
            Environment environment, Requester requester, Set<CommitAuthor> authors) {
        return people.all().stream()
                .filter(Person::active)
                .filter(person -> person.approvesIn(environment))
                .filter(person -> !person.id().toString().equals(requester.person()))
                .filter(person -> person.commitsAs().stream().noneMatch(authors::contains))
                .count();
    }
}
