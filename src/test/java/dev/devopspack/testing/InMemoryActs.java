package dev.devopspack.testing;

import dev.devopspack.approval.ApprovalId;
import dev.devopspack.approval.act.ActStore;
import dev.devopspack.approval.act.Ended;
import dev.devopspack.approval.act.SignedAct;
import dev.devopspack.approval.delegation.Delegation;
import dev.devopspack.approval.delegation.DelegationStore;
import dev.devopspack.approval.emergency.BrokenGlass;
import dev.devopspack.approval.emergency.BrokenGlassStore;
import dev.devopspack.approval.pause.Pause;
import dev.devopspack.approval.pause.PauseStore;
import dev.devopspack.approval.waiver.Waiver;
import dev.devopspack.approval.waiver.WaiverStore;
import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.PersonId;
import dev.devopspack.task.Environment;
import dev.devopspack.task.StackName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The stores of signed acts and of what they began in memory, each method one step.
public final class InMemoryActs implements ActStore {

    public final PauseStore pauses = new Pauses();
    public final WaiverStore waivers = new Waivers();
    public final DelegationStore delegations = new Delegations();
    public final BrokenGlassStore brokenGlass = new Uses();

    private final Map<Digest, SignedAct> rows = new LinkedHashMap<>();

    @Override
    public synchronized void insert(SignedAct act) {
        if (rows.putIfAbsent(act.id(), act) != null) {
            throw new IllegalStateException("there is such an act already");
        }
    }

    @Override
    public synchronized Optional<SignedAct> find(Digest id) {
        return Optional.ofNullable(rows.get(id));
    }

    private static final class Pauses implements PauseStore {

        private final Map<String, Pause> rows = new LinkedHashMap<>();

        @Override
        public synchronized boolean insert(Pause pause) {
            if (active().stream().anyMatch(other -> other.scope().equals(pause.scope()))) {
                return false;
            }
            rows.put(pause.id(), pause);
            return true;
        }

        @Override
        public synchronized boolean lift(String id, Ended lifted) {
            Pause pause = rows.get(id);
            if (pause == null || !pause.active()) {
                return false;
            }
            rows.put(
                    id,
                    new Pause(
                            id,
                            pause.scope(),
                            pause.reason(),
                            pause.by(),
                            pause.since(),
                            pause.act(),
                            lifted));
            return true;
        }

        @Override
        public synchronized Optional<Pause> find(String id) {
            return Optional.ofNullable(rows.get(id));
        }

        @Override
        public synchronized List<Pause> active() {
            return rows.values().stream()
                    .filter(Pause::active)
                    .sorted(
                            Comparator.comparing((Pause pause) -> pause.scope().kind())
                                    .thenComparing(Pause::since)
                                    .thenComparing(Pause::id))
                    .toList();
        }

        @Override
        public synchronized List<Pause> newest(int limit) {
            return new ArrayList<>(rows.values()).reversed().stream().limit(limit).toList();
        }
    }

    private static final class Waivers implements WaiverStore {

        private final Map<String, Waiver> rows = new LinkedHashMap<>();
        private final Map<String, Set<String>> uses = new HashMap<>();

        @Override
        public synchronized void insert(Waiver waiver) {
            rows.put(waiver.id(), waiver);
        }

        @Override
        public synchronized boolean end(String id, Ended ended) {
            Waiver waiver = rows.get(id);
            if (waiver == null || waiver.ended() != null) {
                return false;
            }
            rows.put(
                    id,
                    new Waiver(
                            id,
                            waiver.scope(),
                            waiver.reason(),
                            waiver.by(),
                            waiver.since(),
                            waiver.until(),
                            waiver.act(),
                            ended));
            return true;
        }

        @Override
        public synchronized Optional<Waiver> find(String id) {
            return Optional.ofNullable(rows.get(id));
        }

        @Override
        public synchronized List<Waiver> running(
                StackName stack, Environment environment, Instant now) {
            return rows.values().stream()
                    .filter(waiver -> waiver.runs(now))
                    .filter(waiver -> waiver.scope().stack().equals(stack))
                    .filter(waiver -> waiver.scope().environment().equals(environment))
                    .toList();
        }

        @Override
        public synchronized List<Waiver> running(Instant now) {
            return rows.values().stream()
                    .filter(waiver -> waiver.runs(now))
                    .sorted(Comparator.comparing(Waiver::until).thenComparing(Waiver::id))
                    .toList();
        }

        @Override
        public synchronized List<Waiver> newest(int limit) {
            return new ArrayList<>(rows.values()).reversed().stream().limit(limit).toList();
        }

        @Override
        public synchronized void used(
                ChangeSetId changeSet, Digest verdicts, List<String> waivers) {
            uses.computeIfAbsent(changeSet + " " + verdicts, _ -> new LinkedHashSet<>())
                    .addAll(waivers);
        }

        @Override
        public synchronized List<Waiver> usedBy(ChangeSetId changeSet, Digest verdicts) {
            return uses.getOrDefault(changeSet + " " + verdicts, Set.of()).stream()
                    .map(rows::get)
                    .toList();
        }
    }

    private static final class Delegations implements DelegationStore {

        private final Map<String, Delegation> rows = new LinkedHashMap<>();

        @Override
        public synchronized void insert(Delegation delegation) {
            rows.put(delegation.id(), delegation);
        }

        @Override
        public synchronized boolean end(String id, Ended ended) {
            Delegation before = rows.get(id);
            if (before == null || before.ended() != null) {
                return false;
            }
            rows.put(
                    id,
                    new Delegation(
                            id,
                            before.from(),
                            before.to(),
                            before.environment(),
                            before.reason(),
                            before.since(),
                            before.until(),
                            before.act(),
                            ended));
            return true;
        }

        @Override
        public synchronized Optional<Delegation> find(String id) {
            return Optional.ofNullable(rows.get(id));
        }

        @Override
        public synchronized List<Delegation> running(PersonId to, Instant now) {
            return rows.values().stream()
                    .filter(each -> each.to().equals(to) && each.runs(now))
                    .toList();
        }

        @Override
        public synchronized List<Delegation> newest(int limit) {
            return new ArrayList<>(rows.values()).reversed().stream().limit(limit).toList();
        }
    }

    private static final class Uses implements BrokenGlassStore {

        private final Map<ApprovalId, BrokenGlass> rows = new LinkedHashMap<>();

        @Override
        public synchronized boolean insert(BrokenGlass broken) {
            return unreviewed().isEmpty() && rows.putIfAbsent(broken.approval(), broken) == null;
        }

        @Override
        public synchronized boolean review(ApprovalId approval, BrokenGlass.Review review) {
            BrokenGlass before = rows.get(approval);
            if (before == null || before.reviewed()) {
                return false;
            }
            rows.put(
                    approval,
                    new BrokenGlass(
                            approval,
                            before.by(),
                            before.incident(),
                            before.reason(),
                            before.at(),
                            before.act(),
                            before.skipped(),
                            review));
            return true;
        }

        @Override
        public synchronized Optional<BrokenGlass> find(ApprovalId approval) {
            return Optional.ofNullable(rows.get(approval));
        }

        @Override
        public synchronized Optional<BrokenGlass> unreviewed() {
            return rows.values().stream().filter(each -> !each.reviewed()).findFirst();
        }

        @Override
        public synchronized List<BrokenGlass> newest(int limit) {
            return new ArrayList<>(rows.values()).reversed().stream().limit(limit).toList();
        }
    }
}
