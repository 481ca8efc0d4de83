package dev.devopspack.approval.emergency;

import dev.devopspack.approval.ApprovalId;
import dev.devopspack.approval.ApprovalRequest;
import dev.devopspack.approval.act.ActStore;
import dev.devopspack.identity.PasskeyStore;
import dev.devopspack.identity.PersonStore;
import java.util.List;
import java.util.Optional;

/// What was let through by one person, and whether it counts at this moment. Breaks nothing itself;
/// {@link BreakGlass} does.
public final class Emergencies {

    private final BrokenGlassStore store;
    private final ActStore acts;
    private final PersonStore people;
    private final PasskeyStore passkeys;

    public Emergencies(
            BrokenGlassStore store, ActStore acts, PersonStore people, PasskeyStore passkeys) {
        this.store = store;
        this.acts = acts;
        this.people = people;
        this.passkeys = passkeys;
    }

    /// Whether one person let this through, who still approves there with the passkey that signed.
    public boolean counts(ApprovalRequest request) {
        return store.find(request.id())
                .filter(broken -> !broken.by().toString().equals(request.requester().person()))
                .filter(broken ->
                        people.find(broken.by())
                                .filter(person -> person.approvesIn(request.environment()))
                                .isPresent())
                .filter(broken ->
                        acts.find(broken.act())
                                .filter(signed -> signed.isStillOf(broken.by(), passkeys))
                                .isPresent())
                .isPresent();
    }

    public Optional<BrokenGlass> find(ApprovalId approval) {
        return store.find(approval);
    }

    /// The use that waits for a review, where there is one.
    public Optional<BrokenGlass> unreviewed() {
        return store.unreviewed();
    }

    /// The newest first.
    public List<BrokenGlass> newest(int limit) {
        return store.newest(limit);
    }
}
