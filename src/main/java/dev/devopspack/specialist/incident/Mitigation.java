package dev.devopspack.specialist.incident;

import dev.devopspack.language.shell.print.Script;
import org.jspecify.annotations.Nullable;

/// One step that helps users: what must hold before, what is run, how to see that it helped, and
/// the way back.
///
/// Sentences are our own constants with the marks of {@link
/// dev.devopspack.language.markdown.Prose}.
///
/// @param first whether it is worth trying before the cause is known
/// @param undo none where a command cannot put it back; then `undoing` says what to do
record Mitigation(
        Branch branch,
        String slug,
        String title,
        String precondition,
        Command command,
        Command verify,
        String expected,
        @Nullable Command undo,
        String undoing,
        boolean first) {

    Mitigation {
        if (command.effect() == Effect.READ_ONLY) {
            throw new IllegalArgumentException("a mitigation changes something: " + slug);
        }
        if (verify.effect() != Effect.READ_ONLY) {
            throw new IllegalArgumentException("a verification only looks: " + slug);
        }
        if (undo != null && undo.effect() == Effect.READ_ONLY) {
            throw new IllegalArgumentException("a way back changes something: " + slug);
        }
    }

    /// Begins a mitigation; the rest is given step by step.
    static Draft of(Branch branch, String slug, String title) {
        return new Draft(branch, slug, title);
    }

    /// The same, worth trying before the cause is known.
    Mitigation asFirst() {
        return new Mitigation(
                branch, slug, title, precondition, command, verify, expected, undo, undoing, true);
    }

    /// The same under another name, where a file has a block of its name already.
    Mitigation called(String name) {
        return new Mitigation(
                branch, name, title, precondition, command, verify, expected, undo, undoing, first);
    }

    static final class Draft {

        private final Branch branch;
        private final String slug;
        private final String title;
        private String precondition = "";
        private @Nullable Command command;
        private @Nullable Command verify;
        private String expected = "";

        private Draft(Branch branch, String slug, String title) {
            this.branch = branch;
            this.slug = slug;
            this.title = title;
        }

        Draft when(String condition) {
            precondition = condition;
            return this;
        }

        Draft change(Script script) {
            command = Command.change(script);
            return this;
        }

        Draft destroy(Script script) {
            command = Command.destroy(script);
            return this;
        }

        Draft verify(Script script, String expectation) {
            verify = Command.look(script);
            expected = expectation;
            return this;
        }

        Mitigation undo(String words, Script script) {
            return made(Command.change(script), words);
        }

        Mitigation noUndo(String words) {
            return made(null, words);
        }

        private Mitigation made(@Nullable Command undo, String words) {
            if (command == null || verify == null || precondition.isEmpty()) {
                throw new IllegalStateException("the mitigation is not complete: " + slug);
            }
            return new Mitigation(
                    branch,
                    slug,
                    title,
                    precondition,
                    command,
                    verify,
                    expected,
                    undo,
                    words,
                    false);
        }
    }
}
