package dev.devopspack.specialist;

import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The values of a blueprint's inputs: what the caller gave, checked, and defaults for the rest.
///
/// @param values by input name, in the blueprint's order; inputs without a value are not in it
/// @param assumed the names of inputs that the caller left to us
/// @param missing inputs that somebody has to give
public record BlueprintValues(
        Map<String, Object> values, List<String> assumed, List<Outcome.MissingInput> missing) {

    /// @param given the caller's resource without its type
    /// @param pointer where the resource stands in the task
    /// @throws InvalidInput if a name is unknown or a value cannot be used
    public static BlueprintValues resolve(
            Blueprint blueprint,
            Map<String, Object> given,
            Environment environment,
            String pointer) {
        List<String> names = blueprint.inputNames();
        for (String name : given.keySet()) {
            if (!names.contains(name)) {
                throw InputReader.unknown(name, names, pointer);
            }
        }
        Map<String, Object> known = new LinkedHashMap<>();
        known.put(Blueprint.ENVIRONMENT, environment.value());
        List<String> assumed = new ArrayList<>();
        List<Outcome.MissingInput> missing = new ArrayList<>();
        for (BlueprintInput input : blueprint.inputs()) {
            String place = Pointer.child(pointer, input.name());
            Object value = given.get(input.name());
            if (value != null) {
                known.put(input.name(), input.check(value, place));
                continue;
            }
            Optional<Object> usual = input.defaultValue(known);
            if (usual.isPresent()) {
                known.put(input.name(), input.check(usual.get(), place));
                assumed.add(input.name());
            } else if (input.required() || input.mustBeGiven()) {
                missing.add(
                        new Outcome.MissingInput(
                                place, input.description(), input.schema(), input.example()));
            }
        }
        if (missing.isEmpty()) {
            checkTogether(blueprint, known, pointer);
        }
        known.remove(Blueprint.ENVIRONMENT);
        return new BlueprintValues(known, List.copyOf(assumed), List.copyOf(missing));
    }

    private static void checkTogether(
            Blueprint blueprint, Map<String, Object> known, String pointer) {
        for (BlueprintInput input : blueprint.inputs()) {
            Object value = known.get(input.name());
            if (value != null) {
                input.checkTogether(value, known, Pointer.child(pointer, input.name()));
            }
        }
    }

    /// What the caller left to us and what was taken, for example `region: eu-west-1`.
    public List<String> assumptions() {
        return assumed.stream()
                .filter(name -> !isEmpty(name))
                .map(name ->
                        name + ": " + Blueprint.words(Objects.requireNonNull(values.get(name))))
                .toList();
    }

    /// What the caller should know before: notes about inputs that have no value.
    public List<String> notes(Blueprint blueprint) {
        return blueprint.notes().stream()
                .filter(note -> note.without().map(this::isEmpty).orElse(true))
                .map(Blueprint.Note::text)
                .toList();
    }

    private boolean isEmpty(String name) {
        Object value = values.get(name);
        return switch (value) {
            case null -> true;
            case List<?> items -> items.isEmpty();
            case Map<?, ?> pairs -> pairs.isEmpty();
            default -> false;
        };
    }

    /// The blueprint's line for people with the values in it.
    public String summary(Blueprint blueprint) {
        return Blueprint.fill(blueprint.summary(), values);
    }
}
