package dev.devopspack.language.workflow;

import dev.devopspack.language.Span;

/// What is wrong with a workflow or an action by GitHub's own syntax.
///
/// @param message a sentence without a full stop
public record WorkflowProblem(Kind kind, Span span, String message) {

    /// What the problem is about.
    public enum Kind {
        /// Keys and values: unknown, missing, of another type.
        SYNTAX("syntax"),
        EXPRESSION("expression"),
        /// Inputs and versions of an action.
        ACTION("action"),
        /// A password written out.
        CREDENTIALS("credentials"),
        /// A command to the runner that GitHub switched off.
        DEPRECATED_COMMAND("deprecated-command"),
        ENV_NAME("env-name"),
        EVENT("event"),
        GLOB("glob"),
        ID("id"),
        CONDITION("condition"),
        NEEDS("needs"),
        MATRIX("matrix"),
        PERMISSIONS("permissions"),
        RUNNER("runner"),
        SHELL("shell"),
        /// The call of a reusable workflow.
        CALL("call");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /// The kind as rules name it.
        public String label() {
            return label;
        }
    }
}
