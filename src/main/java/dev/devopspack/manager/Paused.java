package dev.devopspack.manager;

import dev.devopspack.approval.Refusal;
import dev.devopspack.task.InvalidInput;

/// What is asked for is paused by an admin. The caller did nothing wrong and may ask again later.
public final class Paused extends InvalidInput {

    /// Where a refusal says it is.
    static final String WHERE = "paused";

    Paused(Refusal refusal) {
        super(WHERE, refusal.problem(), refusal.mend());
    }
}
