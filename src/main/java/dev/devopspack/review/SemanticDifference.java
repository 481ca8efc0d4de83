package dev.devopspack.review;

import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What would change between the last release of a stack and what is proposed, told from the files
/// alone: where no plan against real state was given.
///
/// Each root module is compared with the one that the last release had in the same folder.
///
/// It cannot foretell which changes force a replacement, and it knows nothing of what was done by
/// hand; its notes say so.
public final class SemanticDifference {

    private static final String NO_REPLACEMENTS =
            "Told from the files: which changes force a replacement is not known.";

    /// Names beside a note; the list of files holds all.
    private static final int MAX_FILES = 8;

    /// Each costs an evaluation of its own; what stands in more of them is said not to be compared.
    static final int MAX_ROOTS = 50;

    private final String folder;
    private final ValueMask mask;
    private final Moves moves;
    private final Map<String, ModuleView.Resource> before;
    private final Map<String, ModuleView.Resource> after;
    private final List<ResourceChange> changes = new ArrayList<>();
    private int unchanged;

    /// Of one root module.
    private SemanticDifference(
            String folder, Secrets secrets, ModuleView before, ModuleView after) {
        this.folder = folder;
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
        RootModules after = RootModules.of(changeSet.artifacts());
        if (released == null) {
            return between(ChangePlan.Source.FIRST_RELEASE, RootModules.NONE, after, List.of());
        }
        List<String> notes = new ArrayList<>();
        notes.add(NO_REPLACEMENTS);
        notes.addAll(files(released.manifest(), changeSet.manifest()));
        return between(
                ChangePlan.Source.DIFFERENCE, RootModules.of(released.artifacts()), after, notes);
    }

    private static ChangePlan between(
            ChangePlan.Source source, RootModules before, RootModules after, List<String> notes) {
        SortedSet<String> folders = new TreeSet<>(before.folders());
        folders.addAll(after.folders());
        Set<String> compared =
                folders.stream()
                        .limit(MAX_ROOTS)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        Map<String, ModuleView> then = views(before, compared);
        Map<String, ModuleView> now = views(after, compared);
        Secrets secrets = new Secrets();
        then.values().forEach(view -> view.sensitive().forEach(secrets::learn));
        now.values().forEach(view -> view.sensitive().forEach(secrets::learn));
        secrets.learned();
        List<ResourceChange> changes = new ArrayList<>();
        int unchanged = 0;
        for (String folder : compared) {
            SemanticDifference difference =
                    new SemanticDifference(
                            folder,
                            secrets,
                            Objects.requireNonNull(then.get(folder)),
                            Objects.requireNonNull(now.get(folder)));
            difference.compare();
            changes.addAll(difference.changes);
            unchanged += difference.unchanged;
        }
        SortedMap<String, Integer> left = after.beyond(compared);
        before.beyond(compared).forEach((folder, count) -> left.merge(folder, count, Math::max));
        List<String> all = new ArrayList<>();
        if (!left.isEmpty()) {
            all.add(notCompared(left, folders.size() > MAX_ROOTS));
        }
        all.addAll(notes);
        all.addAll(ModuleView.notes(now.values()));
        return new ChangePlan(source, changes, unchanged, sum(left), List.of(), List.of(), all);
    }

    private static Map<String, ModuleView> views(RootModules modules, Set<String> folders) {
        Map<String, ModuleView> views = new LinkedHashMap<>();
        folders.forEach(folder -> views.put(folder, modules.view(folder)));
        return views;
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static String notCompared(SortedMap<String, Integer> left, boolean tooMany) {
        int resources = sum(left);
        return "Not compared, and in no count ("
                + resources
                + (resources == 1 ? " resource in " : " resources in ")
                + left.size()
                + (left.size() == 1 ? " folder): " : " folders): ")
                + TextLines.list(List.copyOf(left.keySet()), MAX_FILES)
                + (tooMany
                        ? ". The first " + MAX_ROOTS + " root modules are compared: submit fewer."
                        : ". No root module leads there: these folders only call each other.");
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
        String previous =
                old.address().equals(now.address())
                        ? null
                        : ModuleView.address(folder, old.address());
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
                ModuleView.address(folder, resource.address()),
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
