package dev.devopspack.review;

import dev.devopspack.change.Artifacts;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.SecretReference;
import dev.devopspack.review.Fact.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Computes what is risky about a change, and what was looked for and is not there.
///
/// Facts come with their addresses, the gravest first. What cannot be told is said to be not known;
/// it is never taken for fine.
public final class RiskFacts {

    private static final ReviewData DATA = ReviewData.read("/review/risks.yaml");
    private static final Map<String, List<String>> GROUPS = DATA.lists("groups");
    private static final Map<String, List<String>> RIGHTS = DATA.lists("rights");
    private static final Map<String, List<String>> POLICIES = DATA.lists("policies");
    private static final List<ValueTest> EXPOSURES = tests("exposures");
    private static final List<ValueTest> GRANTS = tests("grants");
    private static final List<ValueTest> PROTECTIONS = tests("protections");
    private static final List<String> PUBLIC_ADDRESSES = DATA.list("publicAddresses");
    private static final List<String> OFFICIAL = DATA.list("officialProviders");

    private static final List<String> REGISTRIES = DATA.list("officialRegistries");

    private final ChangePlan plan;
    private final FactList facts = new FactList();
    private final List<ResourceChange> written;

    private RiskFacts(ChangePlan plan) {
        this.plan = plan;
        this.written =
                plan.changes().stream()
                        .filter(change ->
                                switch (change.action()) {
                                    case CREATE, UPDATE, REPLACE -> true;
                                    case DESTROY, FORGET, READ, NO_OP -> false;
                                })
                        .toList();
    }

    /// @param released the last released change set of the stack, where there is one
    public static List<Fact> of(
            ChangePlan plan, ChangeSet changeSet, @Nullable ChangeSet released) {
        RiskFacts risks = new RiskFacts(plan);
        risks.ofPlan();
        risks.ofFiles(changeSet.artifacts(), released == null ? null : released.artifacts());
        risks.ofSecrets(changeSet.manifest().secrets());
        return risks.facts.sorted();
    }

    private static List<ValueTest> tests(String name) {
        return DATA.records(name).stream().map(ValueTest::of).toList();
    }

    private void ofPlan() {
        losses();
        exposures();
        grants();
        policies();
        protections();
        rights();
        publicAddresses();
        origin();
    }

    private void losses() {
        Set<ResourceChange> grouped = new HashSet<>();
        GROUPS.forEach((group, types) -> {
            for (Action action : List.of(Action.DESTROY, Action.REPLACE)) {
                List<ResourceChange> lost =
                        plan.with(action).stream()
                                .filter(change -> types.contains(change.type()))
                                .toList();
                grouped.addAll(lost);
                facts.addChanges(Level.DANGER, action.label() + "s " + counted(lost, group), lost);
            }
        });
        for (Action action : List.of(Action.DESTROY, Action.REPLACE)) {
            List<ResourceChange> others =
                    plan.with(action).stream().filter(change -> !grouped.contains(change)).toList();
            facts.addChanges(
                    Level.CAUTION,
                    action.label() + "s " + counted(others, "other resources"),
                    others);
        }
        List<ResourceChange> forgotten = plan.with(Action.FORGET);
        facts.addChanges(
                Level.CAUTION,
                "forgets " + counted(forgotten, "resources") + ", to go on unmanaged",
                forgotten);
    }

    private void exposures() {
        boolean clean = judge(EXPOSURES, "public exposure");
        if (clean && !written.isEmpty() && plan.notCompared() == 0) {
            facts.add(Level.OK, "no public endpoint");
        }
    }

    private void grants() {
        judge(GRANTS, "the rights given");
    }

    private void protections() {
        judge(PROTECTIONS, "protection against deletion");
    }

    /// @return whether all could be told and nothing was bad
    private boolean judge(List<ValueTest> tests, String about) {
        boolean clean = true;
        Set<String> notKnown = new TreeSet<>();
        for (ResourceChange change : written) {
            for (ValueTest test : tests) {
                if (!test.type().equals(change.type())) {
                    continue;
                }
                switch (test.judge(change.after())) {
                    case BAD -> {
                        clean = false;
                        bad(change, test);
                    }
                    case NOT_KNOWN -> notKnown.add(change.address());
                    case FINE -> {}
                }
            }
        }
        if (!notKnown.isEmpty()) {
            facts.addIfAny(Level.CAUTION, "not known before it is applied: " + about, notKnown);
        }
        return clean && notKnown.isEmpty();
    }

    private void bad(ResourceChange change, ValueTest test) {
        boolean wasSo =
                change.action() == Action.UPDATE
                        && test.judge(change.before()) == ValueTest.Result.BAD;
        boolean protection = PROTECTIONS.contains(test) && change.action() == Action.CREATE;
        if (wasSo) {
            facts.add(Level.CAUTION, test.says() + ", as before", change.address());
        } else {
            facts.add(protection ? Level.CAUTION : Level.DANGER, test.says(), change.address());
        }
    }

    private void policies() {
        for (ResourceChange change : written) {
            for (String path : POLICIES.getOrDefault(change.type(), List.of())) {
                for (Datum document : Paths.values(change.after(), path)) {
                    for (PolicyDocument.Trait trait : PolicyDocument.traits(document)) {
                        policy(change, path, trait);
                    }
                }
            }
        }
    }

    private void policy(ResourceChange change, String path, PolicyDocument.Trait trait) {
        // A key's own policy names the actions on that key alone.
        boolean ofKey = change.type().startsWith("aws_kms_");
        boolean trust = path.equals("assume_role_policy");
        switch (trait) {
            case EVERY_ACTION, ALL_BUT, ANYONE ->
                    facts.add(Level.DANGER, trait.says(), change.address());
            case EVERY_ACTION_OF_A_SERVICE -> {
                if (!ofKey && !trust) {
                    facts.add(Level.CAUTION, trait.says(), change.address());
                }
            }
            case ANYONE_ON_CONDITION, NOT_KNOWN ->
                    facts.add(Level.CAUTION, trait.says(), change.address());
        }
    }

    private void rights() {
        RIGHTS.forEach((what, types) -> {
            for (Action action : List.of(Action.CREATE, Action.UPDATE)) {
                List<ResourceChange> given =
                        written.stream()
                                .filter(change -> change.action() == action)
                                .filter(change -> types.contains(change.type()))
                                .toList();
                facts.addChanges(
                        Level.CAUTION, action.label() + "s " + counted(given, what), given);
            }
        });
    }

    private void publicAddresses() {
        List<ResourceChange> addresses =
                plan.with(Action.CREATE).stream()
                        .filter(change -> PUBLIC_ADDRESSES.contains(change.type()))
                        .toList();
        facts.addChanges(
                Level.INFO, "creates " + counted(addresses, "public addresses"), addresses);
    }

    private void origin() {
        List<String> drifted = plan.drift().stream().map(ResourceChange::address).toList();
        if (!drifted.isEmpty()) {
            facts.addIfAny(
                    Level.CAUTION,
                    "changed outside of Terraform: " + counted(drifted, "resources"),
                    drifted);
        }
        if (plan.notCompared() > 0) {
            facts.add(
                    Level.DANGER,
                    "not known: "
                            + plan.notCompared()
                            + " resources of the files were not compared");
        }
        boolean destroys = plan.changes().stream().anyMatch(c -> c.action().destroys());
        switch (plan.source()) {
            case GIVEN_DERIVED -> {
                if (!destroys) {
                    facts.add(Level.OK, "nothing is destroyed or replaced");
                }
            }
            case GIVEN_AS_SUBMITTED ->
                    facts.add(
                            Level.CAUTION,
                            "the plan is as submitted: nobody derived it from a plan file");
            case DIFFERENCE ->
                    facts.add(Level.INFO, "no plan against real state: replacements are not known");
            case FIRST_RELEASE ->
                    facts.add(Level.INFO, "first release of this stack: what exists is not known");
        }
        if (plan.notes().stream().anyMatch(note -> note.equals(PlanReading.ERRORED))) {
            facts.add(Level.DANGER, "planning ended with an error");
        }
    }

    private void ofFiles(Artifacts artifacts, @Nullable Artifacts released) {
        SourceFacts now = SourceFacts.of(artifacts);
        SourceFacts before = released == null ? null : SourceFacts.of(released);
        facts.addIfAny(Level.DANGER, "runs commands where it is applied", now.commands());
        facts.addIfAny(
                Level.DANGER, "runs programs or asks servers while planning", now.programs());
        facts.addIfAny(Level.CAUTION, "not read, so not judged", now.unread());
        facts.addIfAny(Level.CAUTION, "takes modules from outside", now.modules());
        facts.addIfAny(
                Level.CAUTION,
                "takes providers from outside hashicorp",
                now.providers().stream().filter(RiskFacts::isOutside).toList());
        if (before != null && !bodies(before).equals(bodies(now))) {
            facts.add(Level.DANGER, "keeps the state in another place than the last release");
        }
    }

    /// The text between the braces, whatever its spaces; a file that was renamed is no change.
    private static List<String> bodies(SourceFacts facts) {
        return facts.backends().values().stream()
                .map(text -> text.replaceAll("\\s+", " "))
                .sorted()
                .toList();
    }

    private static boolean isOutside(String source) {
        String[] parts = source.split("/", -1);
        boolean registry = parts.length == 2 || REGISTRIES.contains(parts[0]);
        String namespace = parts.length < 2 ? "" : parts[parts.length - 2];
        return !registry || !OFFICIAL.contains(namespace);
    }

    private void ofSecrets(List<SecretReference> secrets) {
        if (!secrets.isEmpty()) {
            facts.addIfAny(
                    Level.CAUTION,
                    "creates or changes " + counted(secrets, "secrets"),
                    secrets.stream().map(SecretReference::name).toList());
        }
    }

    /// For example `1 data store`, `2 data stores`.
    private static String counted(List<?> items, String plural) {
        return items.size() + " " + (items.size() == 1 ? singular(plural) : plural);
    }

    private static String singular(String plural) {
        for (String[] ending : new String[][] {{"ies", "y"}, {"sses", "ss"}, {"s", ""}}) {
            if (plural.endsWith(ending[0])) {
                return plural.substring(0, plural.length() - ending[0].length()) + ending[1];
            }
        }
        return plural;
    }
}
