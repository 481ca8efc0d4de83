package dev.devopspack.specialist.incident;

import dev.devopspack.language.markdown.Block;

/// A command as it stands in a file: named, so that tools can list and run it.
///
/// @param step what it belongs to: `triage`, `mitigation`, `verify` or `undo`
record CodeBlock(String name, Part part, String step, Command command) {

    static CodeBlock check(Part part, Check check) {
        return new CodeBlock(named("triage", part, check.slug()), part, "triage", check.command());
    }

    static CodeBlock change(Part part, Mitigation step) {
        return new CodeBlock(
                named(verb(step.command()), part, step.slug()), part, "mitigation", step.command());
    }

    static CodeBlock verify(Part part, Mitigation step) {
        return new CodeBlock(named("verify", part, step.slug()), part, "verify", step.verify());
    }

    static CodeBlock undo(Part part, Mitigation step, Command undo) {
        return new CodeBlock(named(verb(undo), part, step.slug() + "_undo"), part, "undo", undo);
    }

    private static String verb(Command command) {
        return switch (command.effect()) {
            case READ_ONLY -> "look";
            case CHANGES_STATE -> "change";
            case DESTRUCTIVE -> "destroy";
        };
    }

    /// Neither a part nor a step has `_` in its name, so no two names meet.
    private static String named(String verb, Part part, String slug) {
        return verb + "_" + part.slug() + "_" + slug;
    }

    Block fence() {
        return new Block.Fence(
                "bash {name=" + name + " effect=" + command.effect().label() + "}",
                command.script().printed());
    }
}
