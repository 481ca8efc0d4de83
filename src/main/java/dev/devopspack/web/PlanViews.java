package dev.devopspack.web;

import dev.devopspack.change.Artifacts;
import dev.devopspack.change.Hidden;
import dev.devopspack.gate.quality.TerraformQuality;
import dev.devopspack.manager.ChangeSetView;
import dev.devopspack.review.Action;
import dev.devopspack.review.AttributeChange;
import dev.devopspack.review.ChangePlan;
import dev.devopspack.review.ResourceChange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// What changes, grouped by what happens to it: what goes first, tags alone last and folded.
final class PlanViews {

    /// A person reads no more rows of one kind; the signed text names the whole list's digest.
    private static final int MAX_ROWS = 400;

    /// Beyond it a change is better read in the file.
    private static final int MAX_ATTRIBUTES = 40;

    /// A longer list of new resources is folded, so that what follows is found.
    private static final int MANY_CREATED = 60;

    private PlanViews() {}

    /// What changes, in a line: of a pipeline or a runbook, which make no resources, the files.
    static String headline(ChangeSetView view) {
        Artifacts artifacts = view.changeSet().artifacts();
        if (!view.plan().changes().isEmpty() || TerraformQuality.applies(artifacts)) {
            return view.plan().counts().text();
        }
        int files = artifacts.list().size();
        return files + (files == 1 ? " file" : " files") + ", no infrastructure resources";
    }

    static ChangeSetPage.PlanView of(ChangePlan plan) {
        List<ChangeSetPage.PlanGroup> groups = new ArrayList<>();
        for (Action action : Action.values()) {
            List<ResourceChange> all = plan.with(action);
            add(
                    groups,
                    action,
                    all.stream().filter(Predicate.not(ResourceChange::tagsOnly)).toList());
        }
        List<ResourceChange> tags =
                plan.changes().stream().filter(ResourceChange::tagsOnly).toList();
        if (!tags.isEmpty()) {
            groups.add(group("~", "only tags change", Pill.QUIET, false, tags));
        }
        List<String> notes = new ArrayList<>();
        notes.add(capitalised(plan.source().sentence()) + ".");
        notes.addAll(plan.notes());
        if (plan.unchanged() > 0) {
            notes.add(plan.unchanged() + " stay as they are.");
        }
        return new ChangeSetPage.PlanView(String.join(" ", notes), groups);
    }

    private static void add(
            List<ChangeSetPage.PlanGroup> groups, Action action, List<ResourceChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        switch (action) {
            case DESTROY -> groups.add(group("−", "destroyed", Pill.BAD, true, changes));
            case REPLACE -> groups.add(group("±", "replaced", Pill.BAD, true, changes));
            case UPDATE -> groups.add(group("~", "changed", Pill.WAIT, true, changes));
            case CREATE ->
                    groups.add(group("+", "created", "", changes.size() <= MANY_CREATED, changes));
            case FORGET ->
                    groups.add(group("!", "left to go on unmanaged", Pill.WAIT, true, changes));
            case READ -> groups.add(group("≤", "read", Pill.QUIET, false, changes));
            case NO_OP -> groups.add(group("=", "moved or imported", Pill.QUIET, true, changes));
        }
    }

    private static ChangeSetPage.PlanGroup group(
            String sign, String title, String tone, boolean open, List<ResourceChange> changes) {
        return new ChangeSetPage.PlanGroup(
                sign,
                changes.size() > MAX_ROWS ? title + " (the first " + MAX_ROWS + ")" : title,
                tone,
                changes.size(),
                open,
                changes.stream().limit(MAX_ROWS).map(PlanViews::row).toList());
    }

    private static ChangeSetPage.PlanRow row(ResourceChange change) {
        boolean compared = change.action() == Action.UPDATE || change.action() == Action.REPLACE;
        return new ChangeSetPage.PlanRow(
                Hidden.marked(change.address()),
                reason(change),
                compared
                        ? change.attributes().stream()
                                .limit(MAX_ATTRIBUTES)
                                .map(PlanViews::attribute)
                                .toList()
                        : List.of());
    }

    private static String reason(ResourceChange change) {
        List<String> reasons = new ArrayList<>();
        if (!change.replacePaths().isEmpty()) {
            reasons.add("because of " + String.join(", ", change.replacePaths()));
        }
        if (change.reason() != null) {
            reasons.add(change.reason().replace('_', ' '));
        }
        if (change.moved()) {
            reasons.add("moved from " + change.previousAddress());
        }
        if (change.importing()) {
            reasons.add("imported");
        }
        return Hidden.marked(String.join("; ", reasons));
    }

    private static ChangeSetPage.Attribute attribute(AttributeChange change) {
        return new ChangeSetPage.Attribute(
                Hidden.marked(change.path()), change.beforeText(), change.afterText());
    }

    private static String capitalised(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
