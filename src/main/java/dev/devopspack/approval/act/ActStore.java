package dev.devopspack.approval.act;

import dev.devopspack.change.Digest;
import java.util.Optional;

/// Keeps signed acts for ever.
public interface ActStore {

    void insert(SignedAct act);

    Optional<SignedAct> find(Digest id);
}
