package dev.devopspack.review;

import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.Manifest;
import dev.devopspack.language.hcl.evaluation.EvaluatedModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What would change between the last release of a stack and what is proposed, told from the files
/// alone: where no plan against real state was given.
///
/// It cannot foretell which changes force a replacement, and it knows nothing of what was done by
/// hand; its notes say so.
public final class SemanticDifference {

    private static final String NO_REPLACEMENTS =
            "Told from the files: which changes force a replacement is not known.";

    /// Names beside a note; the list of files holds all.
    private static final int MAX_FILES = 8;

    private final ValueMask mask;
    private final Moves moves;
    private final Map<String, ModuleView.Resource> before;
    private final Map<String, ModuleView.Resource> after;
    private final List<ResourceChange> changes = new ArrayList<>();
    private int unchanged;

    private SemanticDifference(ModuleView before, ModuleView after) {
        Secrets secrets = new Secrets();
        before.sensitive().forEach(secrets::learn);
        after.sensitive().forEach(secrets::learn);
        secrets.learned();
        this.mask = new ValueMask(secrets);
        this.moves = after.moves();
        this.before = before.resources();
        this.after = after.resources();
    }

    /// What would change: as the given plan says where there is one, else as the files say.
    ///
    /// @param released the last released change set of the stack, where there is one
    public static ChangePlan of(@Nullable ChangeSet released, ChangeSet changeSet) {
        if (changeSet.manifest().plan() != null) {
            return ChangePlan.of(changeSet.manifest().plan());
        }
        EvaluatedModule after = ModuleView.evaluate(changeSet.artifacts());
        if (released == null) {
            return between(null, after, List.of());
        }
        List<String> files = files(released.manifest(), changeSet.manifest());
        return between(ModuleView.evaluate(released.artifacts()), after, files);
    }

    private static ChangePlan between(
            @Nullable EvaluatedModule before, EvaluatedModule after, List<String> moreNotes) {
        ModuleView now = ModuleView.of(after);
        List<String> notes = new ArrayList<>();
        if (before != null) {
            notes.add(NO_REPLACEMENTS);
        }
        notes.addAll(moreNotes);
        notes.addAll(now.notes());
        SemanticDifference difference =
                new SemanticDifference(
                        before == null ? ModuleView.NONE : ModuleView.of(before), now);
        difference.compare();
        return new ChangePlan(
                before == null ? ChangePlan.Source.FIRST_RELEASE : ChangePlan.Source.DIFFERENCE,
                difference.changes,
                difference.unchanged,
                List.of(),
                List.of(),
                notes);
    }

    private void compare() {
        Set<String> met = new TreeSet<>();
        for (ModuleView.Resource old : before.values()) {
            String address = addressNow(old.address());
            ModuleView.Resource now = after.get(address);
            if (now == null || !met.add(address)) {
                gone(old);
            } else {
                kept(old, now);
            }
        }
        after.values().stream().filter(now -> !met.contains(now.address())).forEach(this::created);
    }

    /// Terraform ignores a move where something already stands at its end.
    private String addressNow(String address) {
        String moved = moves.follow(address);
        return after.containsKey(address) || (before.containsKey(moved) && !moved.equals(address))
                ? address
                : moved;
    }

    private void gone(ModuleView.Resource old) {
        Action action = moves.isForgotten(old.address()) ? Action.FORGET : Action.DESTROY;
        Datum values = mask.mask(old.type(), old.values(), Datum.Nothing.VALUE);
        changes.add(change(old, action, null, values, Datum.Nothing.VALUE));
    }

    private void kept(ModuleView.Resource old, ModuleView.Resource now) {
        String previous = old.address().equals(now.address()) ? null : old.address();
        boolean differs = !old.values().equals(now.values());
        if (differs || previous != null) {
            Action action = differs ? Action.UPDATE : Action.NO_OP;
            Datum before =
                    mask.mask(
                            old.type(),
                            old.values(),
                            Datum.Nothing.VALUE,
                            new ValueMask.Other(now.values(), Datum.Nothing.VALUE, false));
            Datum after =
                    mask.mask(
                            now.type(),
                            now.values(),
                            Datum.Nothing.VALUE,
                            new ValueMask.Other(old.values(), Datum.Nothing.VALUE, true));
            changes.add(change(now, action, previous, before, after));
        } else {
            unchanged++;
        }
    }

    private void created(ModuleView.Resource now) {
        Datum values = mask.mask(now.type(), now.values(), Datum.Nothing.VALUE);
        changes.add(change(now, Action.CREATE, null, Datum.Nothing.VALUE, values));
    }

    private ResourceChange change(
            ModuleView.Resource resource,
            Action action,
            @Nullable String previous,
            Datum before,
            Datum after) {
        return new ResourceChange(
                resource.address(),
                resource.type(),
                resource.name(),
                resource.provider(),
                action,
                previous,
                action == Action.CREATE && moves.isImported(resource.address()),
                null,
                Differences.between(before, after, Datum.Nothing.VALUE),
                before,
                after);
    }

    /// One note for the files that differ, are new or gone, for what no resource shows.
    private static List<String> files(Manifest before, Manifest after) {
        List<String> changed = after.filesThatDifferFrom(before);
        if (changed.isEmpty()) {
            return List.of("All files are those of the last release.");
        }
        Map<String, List<String>> byKind = new TreeMap<>();
        for (String name : changed) {
            String kind =
                    before.artifacts().find(name).isEmpty()
                            ? "new"
                            : after.artifacts().find(name).isEmpty() ? "removed" : "changed";
            byKind.computeIfAbsent(kind, _ -> new ArrayList<>()).add(name);
        }
        List<String> notes = new ArrayList<>();
        byKind.forEach((kind, names) ->
                notes.add(
                        "Files "
                                + kind
                                + " since the last release ("
                                + names.size()
                                + "): "
                                + TextLines.list(names, MAX_FILES)
                                + "."));
        return notes;
    }
}
