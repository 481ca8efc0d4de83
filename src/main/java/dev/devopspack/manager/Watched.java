package dev.devopspack.manager;

import java.util.ArrayList;
import java.util.List;

/// A run as somebody sees it who looks after it.
///
/// @param document what was asked, as it came in
/// @param result what each task came to so far
/// @param doing the steps of the task that is worked on, where this process works on it
public record Watched(String document, RunResult result, Doing doing) {

    /// @param done how many steps are done
    /// @param total how many there are; 0 where nobody tells
    /// @param steps in words, the present one last
    public record Doing(int done, int total, List<String> steps) {

        static final Doing UNTOLD = new Doing(0, 0, List.of());

        public Doing {
            steps = List.copyOf(steps);
        }

        Doing then(int stepsDone, int stepsTotal, String message) {
            List<String> all = new ArrayList<>(steps);
            all.add(message);
            return new Doing(stepsDone, stepsTotal, all);
        }
    }
}
