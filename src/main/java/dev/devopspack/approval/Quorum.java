package dev.devopspack.approval;

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

/// Who counts. Looks at people, roles and passkeys as they are at this moment.
final class Quorum {

    private final PersonStore people;
    private final PasskeyStore passkeys;

    Quorum(PersonStore people, PasskeyStore passkeys) {
        this.people = people;
        this.passkeys = passkeys;
    }

    /// Why the person may not decide on the request; nothing where he may.
    Optional<Refusal> barred(ApprovalRequest request, PersonId person) {
        Optional<Person> found = people.find(person);
        if (found.isEmpty() || !found.get().has(Role.APPROVER)) {
            return Optional.of(
                    new Refusal(
                            Refusal.Code.NOT_ENTITLED,
                            "you have no role APPROVER",
                            "Ask an admin for the role, or ask an approver to decide."));
        }
        if (!found.get().approvesIn(request.environment())) {
            return Optional.of(
                    new Refusal(
                            Refusal.Code.NOT_ENTITLED,
                            "you approve in "
                                    + found.get().approvesText()
                                    + ", not in "
                                    + request.environment(),
                            "Ask an approver of " + request.environment() + " to decide."));
        }
        if (person.toString().equals(request.requester().person())) {
            return Optional.of(
                    new Refusal(
                            Refusal.Code.OWN_REQUEST,
                            "this was asked for in your name",
                            "Somebody else must decide."));
        }
        return Optional.empty();
    }

    /// Those approvals that count: of distinct people with distinct keys, none of them the one who
    /// asked, each still an active approver with the passkey that signed.
    List<Decision> counted(Approval approval) {
        List<Decision> counted = new ArrayList<>();
        Set<PersonId> seen = new HashSet<>();
        Set<String> keys = new HashSet<>(requesterKeys(approval.request()));
        for (Decision decision : approval.decisions()) {
            if (decision.choice() == Decision.Choice.APPROVE
                    && barred(approval.request(), decision.approver()).isEmpty()
                    && stillHis(decision)
                    && seen.add(decision.approver())
                    && keys.add(decision.publicKey())) {
                counted.add(decision);
            }
        }
        return List.copyOf(counted);
    }

    /// Whether the key is also one of the person's who asked.
    boolean isRequesters(ApprovalRequest request, String publicKey) {
        return requesterKeys(request).contains(publicKey);
    }

    private boolean stillHis(Decision decision) {
        return passkeys.find(decision.assertion().credentialId())
                .filter(passkey -> passkey.person().equals(decision.approver()))
                .filter(passkey -> passkey.publicKey().equals(decision.publicKey()))
                .isPresent();
    }

    private List<String> requesterKeys(ApprovalRequest request) {
        String person = request.requester().person();
        return person == null
                ? List.of()
                : passkeys.of(PersonId.parse(person)).stream().map(Passkey::publicKey).toList();
    }
}
