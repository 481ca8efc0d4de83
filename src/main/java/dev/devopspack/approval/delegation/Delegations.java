package dev.devopspack.approval.delegation;

import dev.devopspack.approval.ApprovalRequest;
import dev.devopspack.approval.act.ActStore;
import dev.devopspack.identity.PasskeyStore;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.PersonStore;
import dev.devopspack.task.Environment;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which delegations count at this moment. Makes none; {@link DelegationSigning} does.
public final class Delegations {

    private final DelegationStore store;
    private final ActStore acts;
    private final PersonStore people;
    private final PasskeyStore passkeys;
    private final Clock clock;

    public Delegations(
            DelegationStore store,
            ActStore acts,
            PersonStore people,
            PasskeyStore passkeys,
            Clock clock) {
        this.store = store;
        this.acts = acts;
        this.people = people;
        this.passkeys = passkeys;
        this.clock = clock;
    }

    /// By which delegations the person may decide on this request, the oldest first.
    ///
    /// Who delegated must approve there by his own right at this moment, with the passkey that
    /// signed; the human behind the request delegates nothing about it.
    public List<Delegation> to(PersonId person, ApprovalRequest request) {
        return to(person, request.environment(), request.requester().person());
    }

    /// The same for what is asked for an environment.
    ///
    /// @param requester the human behind it, where he is known
    public List<Delegation> to(
            PersonId person, Environment environment, @Nullable String requester) {
        return store.running(person, clock.instant()).stream()
                .filter(each -> each.environment().equals(environment))
                .filter(each -> !each.from().toString().equals(requester))
                .filter(this::stillHis)
                .toList();
    }

    /// Whether anybody lets this person decide on anything.
    public boolean any(PersonId person) {
        return people.find(person).filter(Person::active).isPresent()
                && store.running(person, clock.instant()).stream().anyMatch(this::stillHis);
    }

    private boolean stillHis(Delegation delegation) {
        return people.find(delegation.from())
                        .filter(person -> person.approvesIn(delegation.environment()))
                        .isPresent()
                && acts.find(delegation.act())
                        .filter(signed -> signed.isStillOf(delegation.from(), passkeys))
                        .isPresent();
    }

    /// The newest first, also those that have ended.
    public List<Delegation> newest(int limit) {
        return store.newest(limit);
    }
}
