package dev.devopspack.manager.conduct;

import dev.devopspack.task.InvalidInput;

/// A place that asks for what the agent may not do.
///
/// @param where a JSON pointer below the task (`/request`, `/input/steps/0`) or `file:line`
public record Refusal(PolicyTable.Refused refused, String where) {

    /// What is refused, why, and the way that is open.
    public InvalidInput asInput() {
        return new InvalidInput(
                where,
                refused.title() + " is refused: " + withoutFullStop(refused.why()),
                refused.instead());
    }

    private static String withoutFullStop(String sentence) {
        return sentence.substring(0, sentence.length() - 1);
    }
}
