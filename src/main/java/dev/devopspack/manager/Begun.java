package dev.devopspack.manager;

import dev.devopspack.manager.run.RunId;

/// What became of a request whose caller does not wait.
public sealed interface Begun {

    /// It is stored and will be done, whatever becomes of this process.
    record Queued(RunId run) implements Begun {}

    /// It brought files that are judged and forgotten, so it was not stored and is done already.
    record Done(RunResult result) implements Begun {}
}
