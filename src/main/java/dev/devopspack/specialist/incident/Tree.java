package dev.devopspack.specialist.incident;

import java.util.Arrays;
import java.util.List;

/// A decision tree: questions that end in branches or in waking somebody.
sealed interface Tree {

    /// @param text a constant of ours, ends in a question mark
    record Question(String text, List<Answer> answers) implements Tree {
        public Question {
            answers = List.copyOf(answers);
            if (answers.size() < 2) {
                throw new IllegalArgumentException("a question has two answers or more: " + text);
            }
        }
    }

    record Answer(String label, Tree then) {}

    record Found(Branch branch) implements Tree {}

    /// Nothing known fits.
    record Escalate(Branch.Helper helper) implements Tree {}

    static Tree ask(String text, Answer... answers) {
        return new Question(text, Arrays.asList(answers));
    }

    static Answer yes(Tree then) {
        return new Answer("yes", then);
    }

    static Answer no(Tree then) {
        return new Answer("no", then);
    }

    static Answer answer(String label, Tree then) {
        return new Answer(label, then);
    }

    static Tree found(Branch branch) {
        return new Found(branch);
    }
}
