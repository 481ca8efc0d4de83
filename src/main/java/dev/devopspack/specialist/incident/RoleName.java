package dev.devopspack.specialist.incident;

import dev.devopspack.task.InvalidInput;
import java.util.regex.Pattern;

/// A role that people hold in turn, for example `Payments on-call`.
///
/// No address and no telephone number: a runbook is copied and kept, and people change. Whom the
/// role means tonight is the on-call schedule's answer.
public record RoleName(String value) {

    private static final Pattern SHAPE = Pattern.compile("\\p{L}[\\p{L}\\p{Nd} ,&/()'-]{0,79}");
    private static final Pattern TELEPHONE = Pattern.compile("(?:\\p{Nd}[ /()-]{0,3}){7,}");

    public RoleName {
        if (!SHAPE.matcher(value).matches() || TELEPHONE.matcher(value).find()) {
            throw new InvalidInput(
                    "role",
                    "this is no name of a role",
                    "Name the role, not a person, address or number: up to 80 letters, digits and"
                            + " spaces, for example 'Payments on-call'.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
