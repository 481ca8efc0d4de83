package dev.devopspack.manager;

import dev.devopspack.manager.Watched.Doing;
import dev.devopspack.manager.run.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The steps of the tasks that this process works on now, for whoever watches. What a task came to
/// is stored; only how far it is between two stored steps is known here alone.
@ApplicationScoped
class Watching {

    private final Map<RunId, Doing> doing = new ConcurrentHashMap<>();

    Doing of(RunId run) {
        return doing.getOrDefault(run, Doing.UNTOLD);
    }

    /// Tells what the work tells of its steps, until it is over.
    void during(RunId run, Work work) {
        doing.put(run, Doing.UNTOLD);
        try {
            work.with((done, total, message) ->
                    doing.computeIfPresent(run, (_, before) -> before.then(done, total, message)));
        } finally {
            doing.remove(run);
        }
    }

    @FunctionalInterface
    interface Work {
        void with(Progress progress);
    }
}
