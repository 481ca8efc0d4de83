package dev.devopspack.manager;

import dev.devopspack.manager.run.StepResult;

/// What is kept beside the result of a task, in the same transactions.
interface Milestones {

    /// Of a task that is asked for alone: its caller waits for it.
    Milestones NONE =
            new Milestones() {
                @Override
                public boolean begin() {
                    return true;
                }

                @Override
                public void end(StepResult result) {}
            };

    /// @return whether it begins for the first time; otherwise it goes on after an interruption
    boolean begin();

    /// @throws EndedElsewhere where another process has ended it meanwhile: nothing is kept then
    void end(StepResult result);

    /// Another process has done the same step: what this one did is not kept.
    final class EndedElsewhere extends RuntimeException {
        EndedElsewhere() {
            super("another process has ended this step");
        }
    }
}
