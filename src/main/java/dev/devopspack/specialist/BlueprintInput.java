package dev.devopspack.specialist;

import dev.devopspack.task.InvalidInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One input of a blueprint: what a caller may say, and which variable of the files it fills.
public final class BlueprintInput {

    /// Where a value goes.
    public enum Target {
        /// A variable of the files.
        VARIABLE,
        /// A setting of the place that keeps the state.
        BACKEND
    }

    private final BlueprintFile.Input written;
    private final InputType type;
    private final Constraints constraints;
    private final Target target;
    private final String targetName;

    BlueprintInput(BlueprintFile.Input written, InputType type, Target target, String targetName) {
        this.written = written;
        this.type = type;
        this.constraints = new Constraints(written);
        this.target = target;
        this.targetName = targetName;
    }

    public String name() {
        return written.name();
    }

    public String description() {
        return written.description();
    }

    public InputType type() {
        return type;
    }

    public boolean required() {
        return Boolean.TRUE.equals(written.required());
    }

    /// Whether a module cannot do without it although it usually follows from other inputs.
    boolean mustBeGiven() {
        return written.defaultBy() != null;
    }

    public Target target() {
        return target;
    }

    /// The name of the variable or setting that this fills.
    public String targetName() {
        return targetName;
    }

    /// A value that would be accepted.
    public Object example() {
        Object example = written.example();
        if (example != null) {
            return example;
        }
        List<Object> choices = written.choices();
        if (choices != null) {
            return choices.getFirst();
        }
        return written.defaultValue() != null ? written.defaultValue() : true;
    }

    /// @return the value in the form in which it is kept
    /// @throws InvalidInput if it is not of the type or outside what is allowed
    Object check(Object given, String pointer) {
        return constraints.check(type, given, pointer);
    }

    /// The value where the caller gave none.
    ///
    /// @param known the values of the inputs before this one, and of the environment
    Optional<Object> defaultValue(Map<String, Object> known) {
        if (written.defaultValue() != null) {
            return Optional.of(written.defaultValue());
        }
        if (written.defaultBy() != null) {
            return chosen(written.defaultBy(), known);
        }
        return Optional.ofNullable(written.defaultText())
                .map(text -> Blueprint.fill(text, known))
                .filter(text -> !Blueprint.hasPlaceholder(text))
                .map(Object.class::cast);
    }

    /// The only value that is allowed here, if the other inputs leave no choice.
    Optional<Object> fixedValue(Map<String, Object> known) {
        return written.fixedBy() == null ? Optional.empty() : chosen(written.fixedBy(), known);
    }

    /// Compares the value with those of other inputs.
    ///
    /// @throws InvalidInput if they do not go together
    void checkTogether(Object value, Map<String, Object> known, String pointer) {
        bound(written.atLeast(), known)
                .filter(least -> (Integer) value < least)
                .ifPresent(
                        least -> outOfOrder(value, "at least", written.atLeast(), least, pointer));
        bound(written.atMost(), known)
                .filter(most -> (Integer) value > most)
                .ifPresent(most -> outOfOrder(value, "at most", written.atMost(), most, pointer));
        Object start = written.startsWith() == null ? null : known.get(written.startsWith());
        if (start != null && value instanceof List<?> items) {
            for (int i = 0; i < items.size(); i++) {
                checkStart(String.valueOf(items.get(i)), start, Pointer.item(pointer, i));
            }
        }
        fixedValue(known)
                .filter(only -> !only.equals(value))
                .ifPresent(only -> {
                    throw new InvalidInput(
                            pointer,
                            "'" + name() + "' is " + value,
                            "Here it is always " + only + ": leave it out.");
                });
    }

    private void checkStart(String item, Object start, String pointer) {
        if (!item.startsWith(start.toString())) {
            throw new InvalidInput(
                    pointer,
                    "'" + Pointer.shown(item) + "' does not belong to '" + start + "'",
                    "Change it or " + written.startsWith() + ".");
        }
    }

    private void outOfOrder(
            Object value, String relation, @Nullable String other, int bound, String pointer) {
        throw new InvalidInput(
                pointer,
                "'" + name() + "' is " + value + " where " + other + " is " + bound,
                "Use " + relation + " " + bound + ".");
    }

    private static Optional<Integer> bound(@Nullable String other, Map<String, Object> known) {
        return Optional.ofNullable(other)
                .map(known::get)
                .filter(Integer.class::isInstance)
                .map(Integer.class::cast);
    }

    private static Optional<Object> chosen(BlueprintFile.Choice choice, Map<String, Object> known) {
        Object by = known.get(choice.input());
        Object value = by == null ? null : choice.values().get(by.toString());
        return Optional.ofNullable(value != null ? value : choice.otherwise());
    }

    /// The JSON schema of the value.
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>(constraints.schema(type));
        schema.put("description", description());
        if (written.defaultValue() != null) {
            schema.put("default", written.defaultValue());
        }
        if (written.example() != null) {
            schema.put("examples", List.of(written.example()));
        }
        return schema;
    }

    BlueprintFile.Input written() {
        return written;
    }
}
