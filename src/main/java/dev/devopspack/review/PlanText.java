package dev.devopspack.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes what would change: destroys and replacements in full, then what is changed in place with
/// its attributes, then what is created, by type.
final class PlanText {

    /// A person cannot review more destroys in one sitting; such a change is refused by its length.
    private static final int MAX_DESTROYS = 500;

    private static final int MAX_UPDATES = 100;
    private static final int MAX_ATTRIBUTES = 12;
    private static final int MAX_TYPES = 100;
    private static final int MAX_NAMES = 8;
    private static final int MAX_OUTPUTS = 40;

    private final TextLines out;
    private final ChangePlan plan;

    PlanText(TextLines out, ChangePlan plan) {
        this.out = out;
        this.plan = plan;
    }

    void write() {
        out.heading("WHAT CHANGES");
        out.field("known from", plan.source().sentence());
        out.field("counts", plan.counts().text());
        out.field("unchanged", Integer.toString(plan.unchanged()));
        out.field("full list", plan.digest().value());
        for (String note : plan.notes()) {
            out.field("note", Shown.sentence(note));
        }
        each("DESTROYS", Action.DESTROY, MAX_DESTROYS);
        each("REPLACES", Action.REPLACE, MAX_DESTROYS);
        each("CHANGES IN PLACE", Action.UPDATE, MAX_UPDATES);
        created();
        others("FORGETS (leaves the state, goes on existing)", Action.FORGET);
        others("MOVES OR IMPORTS", Action.NO_OP);
        outputs();
        drift();
    }

    private void each(String title, Action action, int max) {
        List<ResourceChange> changes = plan.with(action);
        if (changes.isEmpty()) {
            return;
        }
        title(title, changes.size());
        for (ResourceChange change : changes.stream().limit(max).toList()) {
            out.line("    " + head(change));
            if (action != Action.DESTROY) {
                attributes(change);
            }
        }
        left(changes.size(), max);
    }

    private void attributes(ResourceChange change) {
        if (change.tagsOnly()) {
            out.line("        tags only (" + change.attributes().size() + " attributes)");
            return;
        }
        List<AttributeChange> forcedFirst = new ArrayList<>(change.attributes());
        forcedFirst.sort((a, b) -> Boolean.compare(b.forcesReplacement(), a.forcesReplacement()));
        for (AttributeChange attribute : forcedFirst.stream().limit(MAX_ATTRIBUTES).toList()) {
            out.line(
                    "        "
                            + Shown.path(attribute.path())
                            + ": "
                            + attribute.beforeText()
                            + " -> "
                            + attribute.afterText()
                            + (attribute.forcesReplacement() ? "  (forces replacement)" : ""));
        }
        left(forcedFirst.size(), MAX_ATTRIBUTES);
    }

    private void created() {
        List<ResourceChange> changes = plan.with(Action.CREATE);
        if (changes.isEmpty()) {
            return;
        }
        title("CREATES", changes.size());
        Map<String, List<String>> byType = new TreeMap<>();
        for (ResourceChange change : changes) {
            byType.computeIfAbsent(change.type(), _ -> new ArrayList<>())
                    .add(change.address() + from(change));
        }
        byType.entrySet().stream()
                .limit(MAX_TYPES)
                .forEach(type ->
                        out.line(
                                "    + "
                                        + Shown.name(type.getKey())
                                        + " ("
                                        + type.getValue().size()
                                        + "): "
                                        + TextLines.list(type.getValue(), MAX_NAMES)));
        left(byType.size(), MAX_TYPES);
    }

    private void others(String title, Action action) {
        List<ResourceChange> changes = plan.with(action);
        if (!changes.isEmpty()) {
            title(title, changes.size());
            changes.stream().limit(MAX_UPDATES).forEach(change -> out.line("    " + head(change)));
            left(changes.size(), MAX_UPDATES);
        }
    }

    private void outputs() {
        if (!plan.outputs().isEmpty()) {
            title("OUTPUTS", plan.outputs().size());
            for (OutputChange output : plan.outputs().stream().limit(MAX_OUTPUTS).toList()) {
                out.line(
                        "    "
                                + output.action().sign()
                                + " "
                                + Shown.name(output.name())
                                + ": "
                                + Shown.value(output.before())
                                + " -> "
                                + Shown.value(output.after()));
            }
            left(plan.outputs().size(), MAX_OUTPUTS);
        }
    }

    private void drift() {
        if (!plan.drift().isEmpty()) {
            title("CHANGED OUTSIDE OF TERRAFORM", plan.drift().size());
            plan.drift().stream()
                    .limit(MAX_UPDATES)
                    .forEach(change -> out.line("    " + head(change)));
            left(plan.drift().size(), MAX_UPDATES);
        }
    }

    private static String head(ResourceChange change) {
        String reason = change.reason();
        return change.action().sign()
                + " "
                + Shown.name(change.address())
                + (change.moved() ? "  moved from " + Shown.name(previous(change)) : "")
                + (change.importing() ? "  imported" : "")
                + (reason == null ? "" : "  " + Shown.name(reason));
    }

    private static String from(ResourceChange change) {
        return change.moved() ? " (moved from " + previous(change) + ")" : "";
    }

    private static String previous(ResourceChange change) {
        String previous = change.previousAddress();
        return previous == null ? "" : previous;
    }

    private void title(String title, int count) {
        out.line("  " + title + " (" + count + ")");
    }

    private void left(int size, int max) {
        if (size > max) {
            out.line("        … and " + (size - max) + " more, in the full list");
        }
    }
}
