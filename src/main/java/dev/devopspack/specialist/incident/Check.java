package dev.devopspack.specialist.incident;

import dev.devopspack.language.shell.print.Script;
import java.util.Arrays;
import java.util.List;

/// One step of triage: a look at something, and what to make of it.
///
/// @param slug names its block together with the part it belongs to
record Check(String slug, String title, Command command, List<Reading> readings) {

    Check {
        if (command.effect() != Effect.READ_ONLY) {
            throw new IllegalArgumentException("triage only looks: " + slug);
        }
        readings = List.copyOf(readings);
    }

    static Check of(String slug, String title, Script script, Reading... readings) {
        return new Check(slug, title, Command.look(script), Arrays.asList(readings));
    }
}
