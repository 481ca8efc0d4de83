package dev.devopspack.policy.dockerfile;

import dev.devopspack.language.dockerfile.Instruction;
import dev.devopspack.language.dockerfile.Word;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What the instructions so far have set for those that follow: variables, folder and shell.
final class BuildState {

    private static final Set<String> OFF = Set.of("0", "false", "off", "no", "n", "f");

    private final Map<String, String> variables = new HashMap<>();
    private List<String> shell = List.of();
    private boolean workdir;

    void follow(Instruction instruction) {
        workdir |= instruction.is("WORKDIR");
        if (instruction.is("SHELL")) {
            shell = instruction.words().stream().map(Word::text).toList();
        }
        define(instruction);
    }

    /// Takes the variables alone.
    void define(Instruction instruction) {
        instruction
                .pairs()
                .forEach(pair -> {
                    String value = pair.value();
                    variables.put(pair.name(), value == null ? "" : value);
                });
    }

    boolean workdir() {
        return workdir;
    }

    List<String> shell() {
        return shell;
    }

    boolean defines(String variable) {
        return variables.containsKey(variable);
    }

    /// Whether a variable is set to anything but a word for no.
    boolean turnsOn(String variable) {
        String value = variables.get(variable);
        return value != null && isOn(value);
    }

    static boolean isOn(String value) {
        return !OFF.contains(value.strip().toLowerCase(Locale.ROOT));
    }
}
