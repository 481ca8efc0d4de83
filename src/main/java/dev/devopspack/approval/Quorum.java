package dev.devopspack.approval;

import dev.devopspack.approval.delegation.Delegation;
import dev.devopspack.approval.delegation.Delegations;
import dev.devopspack.change.CommitAuthor;
import dev.devopspack.identity.Passkey;
import dev.devopspack.identity.PasskeyStore;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.PersonStore;
import dev.devopspack.identity.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who counts. Looks at people, roles, delegations and passkeys as they are at this moment.
public final class Quorum {

    private final PersonStore people;
    private final PasskeyStore passkeys;
    private final Delegations delegations;
    private final ApprovalStore store;

    public Quorum(
            PersonStore people,
            PasskeyStore passkeys,
            Delegations delegations,
            ApprovalStore store) {
        this.store = store;
        this.people = people;
        this.passkeys = passkeys;
        this.delegations = delegations;
    }

    /// Why the person may not approve the request; nothing where he may.
    Optional<Refusal> barred(ApprovalRequest request, PersonId person) {
        return barredFromDenying(request, person)
                .or(() ->
                        wrote(request, person)
                                ? Optional.of(
                                        new Refusal(
                                                Refusal.Code.OWN_REQUEST,
                                                "you wrote a commit of it",
                                                "Somebody else must approve it; you can deny it."))
                                : Optional.empty());
    }

    /// Why the person may not even say no. Who is named as an author may: nobody checked the claim,
    /// and whoever asks must not silence people by naming them.
    Optional<Refusal> barredFromDenying(ApprovalRequest request, PersonId person) {
        if (ownRight(request, person) || !places(person, request).isEmpty()) {
            return people.find(person).filter(Person::active).isEmpty()
                    ? Optional.of(noApprover())
                    : own(request, person);
        }
        Optional<Person> found = people.find(person);
        if (found.isEmpty() || !found.get().has(Role.APPROVER)) {
            return Optional.of(noApprover());
        }
        return Optional.of(
                new Refusal(
                        Refusal.Code.NOT_ENTITLED,
                        "you approve in "
                                + found.get().approvesText()
                                + ", not in "
                                + request.environment(),
                        "Ask an approver of " + request.environment() + " to decide."));
    }

    private static Refusal noApprover() {
        return new Refusal(
                Refusal.Code.NOT_ENTITLED,
                "you have no role APPROVER",
                "Ask an admin for the role, or ask an approver to decide.");
    }

    private Optional<Refusal> own(ApprovalRequest request, PersonId person) {
        return person.toString().equals(request.requester().person())
                ? Optional.of(
                        new Refusal(
                                Refusal.Code.OWN_REQUEST,
                                "this was asked for in your name",
                                "Somebody else must decide."))
                : Optional.empty();
    }

    /// Whether the person is among those who wrote its commits, as far as that is known.
    boolean wrote(ApprovalRequest request, PersonId person) {
        Set<CommitAuthor> authors = store.authorsOf(request.changeSet());
        return !authors.isEmpty()
                && people.find(person)
                        .filter(found -> found.commitsAs().stream().anyMatch(authors::contains))
                        .isPresent();
    }

    /// In whose place the person may decide: nobody's who wrote a commit of it.
    private List<Delegation> places(PersonId person, ApprovalRequest request) {
        return delegations.to(person, request).stream()
                .filter(each -> !wrote(request, each.from()))
                .toList();
    }

    private boolean ownRight(ApprovalRequest request, PersonId person) {
        return people.find(person)
                .filter(found -> found.approvesIn(request.environment()))
                .isPresent();
    }

    /// Why an approval of this person would add nothing: everybody in whose place he may decide is
    /// counted already.
    Optional<Refusal> idle(Approval approval, PersonId person) {
        ApprovalRequest request = approval.request();
        if (ownRight(request, person)) {
            return Optional.empty();
        }
        Set<PersonId> rights = new HashSet<>();
        countedBy(approval, rights);
        boolean adds =
                places(person, request).stream().anyMatch(each -> !rights.contains(each.from()));
        return adds
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                Refusal.Code.DECIDED_BEFORE,
                                "in whose place you may decide has been counted already",
                                "Somebody else must decide."));
    }

    /// In whose place the person decides; nothing where he does by his own right.
    Optional<Delegation> standsIn(Approval approval, PersonId person) {
        if (ownRight(approval.request(), person)) {
            return Optional.empty();
        }
        Set<PersonId> rights = new HashSet<>();
        countedBy(approval, rights);
        return places(person, approval.request()).stream()
                .filter(each -> !rights.contains(each.from()))
                .findFirst();
    }

    /// Those approvals that count: of distinct people with distinct keys, none of them the one who
    /// asked, each by a right that counts once, his own or one that was delegated to him, each with
    /// a passkey that is still his.
    List<Decision> counted(Approval approval) {
        return countedBy(approval, new HashSet<>());
    }

    /// @param rights is filled with those by whose right the counted ones decided
    private List<Decision> countedBy(Approval approval, Set<PersonId> rights) {
        ApprovalRequest request = approval.request();
        List<Decision> valid =
                approval.decisions().stream()
                        .filter(decision -> decision.choice() == Decision.Choice.APPROVE)
                        .filter(decision -> barred(request, decision.approver()).isEmpty())
                        .filter(this::stillHis)
                        .toList();
        Set<PersonId> seen = new HashSet<>();
        Set<String> keys = new HashSet<>(requesterKeys(request));
        List<Decision> counted = new ArrayList<>();
        // Own rights first: who delegated and decided himself is one person, not two.
        for (Decision decision : valid) {
            if (ownRight(request, decision.approver())
                    && seen.add(decision.approver())
                    && keys.add(decision.publicKey())) {
                rights.add(decision.approver());
                counted.add(decision);
            }
        }
        for (Decision decision : valid) {
            if (!ownRight(request, decision.approver())) {
                places(decision.approver(), request).stream()
                        .map(Delegation::from)
                        .filter(from -> !rights.contains(from))
                        .findFirst()
                        .filter(_ -> seen.add(decision.approver()))
                        .filter(_ -> keys.add(decision.publicKey()))
                        .ifPresent(from -> {
                            rights.add(from);
                            counted.add(decision);
                        });
            }
        }
        return List.copyOf(counted);
    }

    /// Whether the key is also one of the person's who asked.
    boolean isRequesters(ApprovalRequest request, String publicKey) {
        return requesterKeys(request).contains(publicKey);
    }

    private boolean stillHis(Decision decision) {
        return passkeys.isStillOf(
                decision.approver(), decision.assertion().credentialId(), decision.publicKey());
    }

    private List<String> requesterKeys(ApprovalRequest request) {
        String person = request.requester().person();
        return person == null
                ? List.of()
                : passkeys.of(PersonId.parse(person)).stream().map(Passkey::publicKey).toList();
    }
}
