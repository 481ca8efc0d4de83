package dev.devopspack.review;

import dev.devopspack.task.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the changes out of a plan's JSON.
final class PlanReading {

    /// More than anyone reviews; it bounds what is listed and stored.
    private static final int MAX_CHANGES = 20_000;

    static final String ERRORED =
            "Planning ended with an error: the plan is incomplete and cannot be applied.";

    private static final String GIVE =
            "Give the output of terraform show -json PLANFILE as it was written.";

    private final Datum root;

    PlanReading(Datum root) {
        this.root = root;
    }

    /// @throws InvalidInput with the JSON pointer of the first change that cannot be understood
    static void check(Datum root) {
        PlanReading reading = new PlanReading(root);
        reading.all("resource_changes", false);
        reading.all("resource_drift", false);
        reading.outputs();
    }

    ChangePlan changes(ChangePlan.Source source) {
        List<ResourceChange> all = all("resource_changes", true);
        List<ResourceChange> shown = all.stream().filter(PlanReading::happens).toList();
        return new ChangePlan(
                source,
                shown,
                all.size() - shown.size(),
                0,
                outputs(),
                all("resource_drift", true).stream()
                        .filter(change -> change.action() != Action.NO_OP)
                        .toList(),
                notes());
    }

    private static boolean happens(ResourceChange change) {
        return change.action() != Action.NO_OP || change.moved() || change.importing();
    }

    private List<ResourceChange> all(String name, boolean withAttributes) {
        Datum list = root.at(name);
        if (!list.isNothing() && !(list instanceof Datum.Items)) {
            throw new InvalidInput("plan/" + name, "it is no list", GIVE);
        }
        if (list.items().size() > MAX_CHANGES) {
            throw new InvalidInput(
                    "plan/" + name,
                    "it holds " + list.items().size() + " changes, more than " + MAX_CHANGES,
                    "Split the stack, so that its plan can be reviewed.");
        }
        List<ResourceChange> changes = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            changes.add(change("plan/" + name + "/" + i, list.at(i), withAttributes));
        }
        return changes;
    }

    private ResourceChange change(String where, Datum item, boolean withAttributes) {
        Datum change = item.at("change");
        Action action = action(where + "/change/actions", change.at("actions"));
        Datum before = change.at("before");
        Datum after = Overlay.unknown(change.at("after"), change.at("after_unknown"));
        List<AttributeChange> attributes =
                withAttributes
                        ? Differences.between(before, after, change.at("replace_paths"))
                        : List.of();
        String address = required(where, item, "address");
        String deposed = optional(item, "deposed");
        return new ResourceChange(
                deposed == null ? address : address + " (deposed " + deposed + ")",
                required(where, item, "type"),
                item.at("name").text().orElse(""),
                item.at("provider_name").text().orElse(""),
                action,
                optional(item, "previous_address"),
                !change.at("importing").isNothing(),
                optional(item, "action_reason"),
                attributes,
                before,
                after);
    }

    private List<OutputChange> outputs() {
        List<OutputChange> changes = new ArrayList<>();
        for (Map.Entry<String, Datum> output : root.at("output_changes").members().entrySet()) {
            Datum change = output.getValue();
            Action action =
                    action(
                            "plan/output_changes/" + Shown.name(output.getKey()) + "/actions",
                            change.at("actions"));
            if (action != Action.NO_OP) {
                Datum after = Overlay.unknown(change.at("after"), change.at("after_unknown"));
                changes.add(new OutputChange(output.getKey(), action, change.at("before"), after));
            }
        }
        return changes;
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (root.at("errored").isTrue()) {
            notes.add(
                    "Planning ended with an error: the plan is incomplete and cannot be applied.");
        }
        if (root.at("complete").isFalse() || !root.at("deferred_changes").items().isEmpty()) {
            notes.add("The plan is not complete: some changes are deferred to a later plan.");
        }
        int invoked = root.at("action_invocations").items().size();
        if (invoked > 0) {
            notes.add("The plan also invokes " + invoked + " actions of providers.");
        }
        int drifted = root.at("resource_drift").items().size();
        if (drifted > 0) {
            notes.add(
                    drifted
                            + " resources were changed outside of Terraform since the state was"
                            + " written.");
        }
        return notes;
    }

    private static Action action(String where, Datum actions) {
        List<String> words = new ArrayList<>();
        for (Datum word : actions.items()) {
            words.add(word.text().orElse("?"));
        }
        return switch (String.join(" ", words)) {
            case "no-op" -> Action.NO_OP;
            case "create" -> Action.CREATE;
            case "read" -> Action.READ;
            case "update" -> Action.UPDATE;
            case "delete" -> Action.DESTROY;
            case "delete create", "create delete" -> Action.REPLACE;
            case "forget", "create forget" -> Action.FORGET;
            default ->
                    throw new InvalidInput(
                            where,
                            "the actions "
                                    + Shown.quoted(String.join(" ", words))
                                    + " are not known",
                            GIVE);
        };
    }

    private static String required(String where, Datum item, String name) {
        return item.at(name)
                .text()
                .filter(text -> !text.isEmpty())
                .orElseThrow(
                        () -> new InvalidInput(where + "/" + name, "the text is missing", GIVE));
    }

    private static @Nullable String optional(Datum item, String name) {
        return item.at(name).text().orElse(null);
    }
}
