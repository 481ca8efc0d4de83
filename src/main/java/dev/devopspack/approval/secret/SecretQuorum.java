package dev.devopspack.approval.secret;

import dev.devopspack.approval.Refusal;
import dev.devopspack.approval.Refusal.Code;
import dev.devopspack.approval.act.ActStore;
import dev.devopspack.approval.act.SignedAct;
import dev.devopspack.approval.delegation.Delegation;
import dev.devopspack.approval.delegation.Delegations;
import dev.devopspack.identity.Passkey;
import dev.devopspack.identity.PasskeyStore;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.PersonStore;
import dev.devopspack.task.Environment;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who counts for a secret. Looks at people, roles, delegations and passkeys as they are at this
/// moment.
public final class SecretQuorum {

    private final PersonStore people;
    private final PasskeyStore passkeys;
    private final Delegations delegations;
    private final ActStore acts;

    public SecretQuorum(
            PersonStore people, PasskeyStore passkeys, Delegations delegations, ActStore acts) {
        this.people = people;
        this.passkeys = passkeys;
        this.delegations = delegations;
        this.acts = acts;
    }

    /// How many approvals count: of distinct people with distinct keys, none of them the one who
    /// asked, each by a right that counts once, his own or one that was delegated to him, each with
    /// a passkey that is still his. Of what has ended, those that were given.
    public int counted(AskedSecret asked) {
        return asked.status() == AskedSecret.Status.PENDING
                ? rights(asked).size()
                : asked.approvals().size();
    }

    /// Why the person decides nothing about it; nothing where he may.
    Optional<Refusal> barred(AskedSecret asked, PersonId person) {
        if (!entitled(asked, person)) {
            return refusal(
                    Code.NOT_ENTITLED,
                    "you have no role APPROVER for " + environment(asked),
                    "Ask somebody who has it.");
        }
        return asked.request().person().equals(person)
                ? refusal(
                        Code.OWN_REQUEST,
                        "it was asked for in your name",
                        "Somebody else must decide.")
                : Optional.empty();
    }

    /// Whether the person approves there by his own right, or in somebody's place.
    boolean entitled(AskedSecret asked, PersonId person) {
        return people.find(person).filter(Person::active).isPresent()
                && (ownRight(asked, person) || !places(asked, person).isEmpty());
    }

    /// Why an approval of this person would add nothing: everybody in whose place he may decide is
    /// counted already.
    Optional<Refusal> idle(AskedSecret asked, PersonId person) {
        return ownRight(asked, person) || standsIn(asked, person).isPresent()
                ? Optional.empty()
                : refusal(
                        Code.DECIDED_BEFORE,
                        "in whose place you may decide has been counted already",
                        "Somebody else must decide.");
    }

    /// In whose place the person approves; nothing where he does by his own right.
    Optional<Delegation> standsIn(AskedSecret asked, PersonId person) {
        if (ownRight(asked, person)) {
            return Optional.empty();
        }
        Set<PersonId> rights = rights(asked);
        return places(asked, person).stream()
                .filter(each -> !rights.contains(each.from()))
                .findFirst();
    }

    /// In whose place the person decides who only says no: anybody's who lets him.
    Optional<Delegation> standsInToDeny(AskedSecret asked, PersonId person) {
        return ownRight(asked, person)
                ? Optional.empty()
                : places(asked, person).stream().findFirst();
    }

    /// Whether the key is also one of the person's who asked.
    boolean isRequesters(AskedSecret asked, String publicKey) {
        return requesterKeys(asked).contains(publicKey);
    }

    /// By whose right those approved that count.
    private Set<PersonId> rights(AskedSecret asked) {
        List<AskedSecret.Approval> valid =
                asked.approvals().stream()
                        .filter(each -> barred(asked, each.person()).isEmpty())
                        .filter(each -> key(each).isPresent())
                        .toList();
        Set<String> keys = new HashSet<>(requesterKeys(asked));
        Set<PersonId> rights = new HashSet<>();
        // Own rights first: who delegated and approved himself is one person, not two.
        for (AskedSecret.Approval each : valid) {
            if (ownRight(asked, each.person()) && keys.add(key(each).orElseThrow())) {
                rights.add(each.person());
            }
        }
        for (AskedSecret.Approval each : valid) {
            if (!ownRight(asked, each.person())) {
                places(asked, each.person()).stream()
                        .map(Delegation::from)
                        .filter(from -> !rights.contains(from))
                        .findFirst()
                        .filter(_ -> keys.add(key(each).orElseThrow()))
                        .ifPresent(rights::add);
            }
        }
        return rights;
    }

    /// The key that signed, while it is one of his.
    private Optional<String> key(AskedSecret.Approval approval) {
        return acts.find(approval.act())
                .filter(signed -> signed.isStillOf(approval.person(), passkeys))
                .map(SignedAct::publicKey);
    }

    private boolean ownRight(AskedSecret asked, PersonId person) {
        return people.find(person)
                .filter(found -> found.approvesIn(environment(asked)))
                .isPresent();
    }

    private List<Delegation> places(AskedSecret asked, PersonId person) {
        return delegations.to(person, environment(asked), asked.request().person().toString());
    }

    private List<String> requesterKeys(AskedSecret asked) {
        return passkeys.of(asked.request().person()).stream().map(Passkey::publicKey).toList();
    }

    private static Environment environment(AskedSecret asked) {
        return asked.request().spec().secret().environment();
    }

    private static Optional<Refusal> refusal(Code code, String problem, String mend) {
        return Optional.of(new Refusal(code, problem, mend));
    }
}
