package dev.devopspack.specialist.incident;

import dev.devopspack.language.shell.print.Script;

/// What is run in one step.
///
/// A command that is called read-only is made of nothing but what {@link ReadOnly} knows.
record Command(Script script, Effect effect) {

    Command {
        if (effect == Effect.READ_ONLY) {
            ReadOnly.check(script);
        }
    }

    static Command look(Script script) {
        return new Command(script, Effect.READ_ONLY);
    }

    /// Stops at the first failure: a half-made change is not built upon.
    static Command change(Script script) {
        return new Command(script.stoppingAtFailure(), Effect.CHANGES_STATE);
    }

    static Command destroy(Script script) {
        return new Command(script.stoppingAtFailure(), Effect.DESTRUCTIVE);
    }
}
